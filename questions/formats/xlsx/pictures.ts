/** Pictures that lie on a sheet: each one belongs to the cell under its upper left corner. */
import type { MediaShelf } from '../media.ts';
import { MEDIA_BYTES_MAX } from '../media.ts';
import { sayings } from '../message.ts';
import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  relationsOf,
  textIn,
  treeOfPart,
  type XmlNode,
} from '../open-xml.ts';
import type { ReadingBuilder } from '../reading.ts';
import { type Atom, plainLooks, StyledText, THING } from '../styled-text.ts';
import { type Cell, styledOfCell, type TableRow, textOfCell } from '../table-cells.ts';
import type { ZipArchive } from '../zip.ts';

interface Anchored {
  /** As people count rows. */
  readonly row: number;
  readonly column: number;
  readonly alt: string;
  readonly media: string;
}

/** The rows with the sheet's pictures in their cells. */
export function withPictures(
  rows: readonly TableRow[],
  archive: ZipArchive,
  part: string,
  shelf: MediaShelf,
  builder: ReadingBuilder,
): readonly TableRow[] {
  const anchored = picturesOn(archive, part, shelf, builder);
  if (anchored.length === 0) return rows;
  const all = [...rows];
  for (const picture of anchored) {
    const at = all.findLastIndex(({ number }) => number <= picture.row);
    const row = all[at];
    if (row !== undefined) all[at] = withPicture(row, picture);
  }
  return all;
}

/** Beside the table a picture belongs to the longest text of its row. */
function withPicture(row: TableRow, { column, alt, media }: Anchored): TableRow {
  const cells: Cell[] = [...row.cells];
  const lengths = cells.map((cell) => textOfCell(cell).length);
  const at = column < cells.length ? column : lengths.indexOf(Math.max(...lengths));
  const atom: Atom = { text: THING, looks: plainLooks, thing: { type: 'image', alt, media } };
  const text = textOfCell(cells[at]);
  const before = text === '' ? [] : [styledOfCell(cells[at]), StyledText.plain('\n\n')];
  const styled = StyledText.join([...before, new StyledText([atom])], '');
  cells[at] = { text, styled, looks: plainLooks, issue: null };
  return { number: row.number, cells };
}

function picturesOn(
  archive: ZipArchive,
  part: string,
  shelf: MediaShelf,
  builder: ReadingBuilder,
): readonly Anchored[] {
  const drawings = [...relationsOf(archive, part).values()].flatMap(({ type, path }) =>
    type === 'drawing' && path !== null ? [path] : [],
  );
  return drawings.flatMap((drawing) => {
    const relations = relationsOf(archive, drawing);
    return childrenOf(treeOfPart(archive, drawing)).flatMap((anchor) => {
      const media = mediaOf(anchor, relations, archive, shelf, builder);
      const from = childOf(anchor, 'from');
      if (media === null || from === undefined) return [];
      const place = (name: string) => Number(textIn(childOf(from, name) ?? from));
      const alt = attributeOf(descendantsOf(anchor, 'cNvPr')[0], 'descr');
      return [{ row: place('row') + 1, column: place('col'), alt, media }];
    });
  });
}

function mediaOf(
  anchor: XmlNode,
  relations: ReturnType<typeof relationsOf>,
  archive: ZipArchive,
  shelf: MediaShelf,
  builder: ReadingBuilder,
): string | null {
  const blip = descendantsOf(anchor, 'a:blip')[0];
  if (blip === undefined) return null;
  const relation = relations.get(attributeOf(blip, 'embed'));
  if (relation === undefined || relation.path === null) {
    builder.about.warn(sayings.imageRemote(relation?.target ?? ''));
    return null;
  }
  const fits = archive.sizeOf(relation.path) <= MEDIA_BYTES_MAX;
  const media = fits ? shelf.keep(archive.bytes(relation.path), relation.target) : null;
  if (media === null) builder.about.warn(sayings.mediaRefused(relation.target));
  return media;
}
