/** The parts of a document that we write: what Word needs beside the text, and pictures. */
import { strToU8 } from 'fflate';
import type { Media } from '../media.ts';

const MAIN = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};
/** Of a picture on the page, in EMU (914,400 an inch). */
const SIDE = 1_828_800;

export class DocumentParts {
  readonly #media: ReadonlyMap<string, Media>;
  /** SHA-256 → id of the relationship. */
  readonly #used = new Map<string, string>();
  #count = 0;

  constructor(media: ReadonlyMap<string, Media>) {
    this.#media = media;
  }

  /** A run with a picture; null: it is not at hand. */
  picture(sha256: string, alt: string): string | null {
    if (this.#media.get(sha256) === undefined) return null;
    const id = this.#used.get(sha256) ?? `img${this.#used.size + 1}`;
    this.#used.set(sha256, id);
    this.#count += 1;
    const said = alt.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
    const frame = `<a:xfrm><a:off x="0" y="0"/><a:ext cx="${SIDE}" cy="${SIDE}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>`;
    const picture = `<pic:pic><pic:nvPicPr><pic:cNvPr id="${this.#count}" name="${id}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${id}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>${frame}</pic:spPr></pic:pic>`;
    return `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="${SIDE}" cy="${SIDE}"/><wp:docPr id="${this.#count}" name="${id}" descr="${said}"/><a:graphic><a:graphicData uri="${DRAWING}/picture">${picture}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;
  }

  /** Every file of the archive. */
  files(body: string): Record<string, Uint8Array> {
    const pictures = [...this.#used].flatMap(([sha256, id]) => {
      const media = this.#media.get(sha256);
      return media === undefined ? [] : [{ id, media, name: `${id}.${EXTENSIONS[media.type] ?? 'png'}` }];
    });
    const links = pictures.map(
      ({ id, name }) => `<Relationship Id="${id}" Type="${OFFICE}/image" Target="media/${name}"/>`,
    );
    const files: Record<string, Uint8Array> = {
      '[Content_Types].xml': strToU8(CONTENT_TYPES),
      '_rels/.rels': strToU8(
        relationships([`<Relationship Id="d" Type="${OFFICE}/officeDocument" Target="word/document.xml"/>`]),
      ),
      'word/_rels/document.xml.rels': strToU8(
        relationships([`<Relationship Id="styles" Type="${OFFICE}/styles" Target="styles.xml"/>`, ...links]),
      ),
      'word/styles.xml': strToU8(STYLES),
      'word/document.xml': strToU8(
        `${HEAD}<w:document xmlns:w="${MAIN}" xmlns:r="${OFFICE}" xmlns:a="${DRAWING}/main" xmlns:pic="${DRAWING}/picture" xmlns:wp="${DRAWING}/wordprocessingDrawing"><w:body>${body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr></w:body></w:document>`,
      ),
    };
    for (const { name, media } of pictures) files[`word/media/${name}`] = media.bytes;
    return files;
  }
}

function relationships(all: readonly string[]): string {
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`;
}

const IMAGE_TYPES = Object.entries(EXTENSIONS)
  .map(([type, extension]) => `<Default Extension="${extension}" ContentType="${type}"/>`)
  .join('');
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const CONTENT_TYPES = `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${IMAGE_TYPES}<Override PartName="/word/document.xml" ContentType="${WORD}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${WORD}.styles+xml"/></Types>`;
/** Times New Roman 13, as official Vietnamese documents are set (Nghị định 30/2020/NĐ-CP). */
const STYLES = `${HEAD}<w:styles xmlns:w="${MAIN}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="26"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="60"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`;
