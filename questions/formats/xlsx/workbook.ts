/** The parts of a workbook that say what its sheets are. */

import { otherOffice } from '../office.ts';
import { attributeOf, childOf, childrenOf, mainPart, relationsOf, treeOfPart } from '../open-xml.ts';
import type { ZipArchive } from '../zip.ts';
import { ZipError } from '../zip-error.ts';
import { sharedStringsOf } from './shared-strings.ts';
import type { WorkbookTexts } from './sheet.ts';
import { stylesOf } from './styles.ts';

export interface SheetEntry {
  readonly name: string;
  readonly part: string;
  readonly isHidden: boolean;
}

export interface Workbook {
  readonly sheets: readonly SheetEntry[];
  readonly texts: WorkbookTexts;
}

/** Reads everything but the sheets. Throws ZipError. */
export function openWorkbook(archive: ZipArchive): Workbook {
  const part = mainPart(archive, 'xl/workbook.xml');
  if (part === null || !/workbook[^/]{0,40}\.xml$/i.test(part)) throw new ZipError(otherOffice(archive));
  const root = treeOfPart(archive, part);
  const relations = relationsOf(archive, part);
  const partOfType = (type: string) =>
    [...relations.values()].find((relation) => relation.type === type)?.path ?? null;
  const strings = partOfType('sharedStrings');
  const sheets = childrenOf(childOf(root, 'sheets') ?? root, 'sheet').flatMap((sheet): SheetEntry[] => {
    const relation = relations.get(attributeOf(sheet, 'id'));
    if (relation?.path === null || relation?.type !== 'worksheet') return [];
    const state = attributeOf(sheet, 'state');
    return [
      {
        name: attributeOf(sheet, 'name'),
        part: relation.path,
        isHidden: state !== '' && state !== 'visible',
      },
    ];
  });
  const date1904 = attributeOf(childOf(root, 'workbookPr'), 'date1904');
  return {
    sheets,
    texts: {
      shared: strings === null ? [] : sharedStringsOf(archive, strings),
      styles: stylesOf(archive, partOfType('styles')),
      from1904: date1904 === '1' || date1904 === 'true',
    },
  };
}
