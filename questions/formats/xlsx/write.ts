/** Writes our own workbook: readable for people, and nothing is lost on the way back. */
import ExcelJS from 'exceljs';
import type { Question } from '../../question.ts';
import type { WriteOptions, Writing } from '../format.ts';
import { Losses } from '../losses.ts';
import type { Media } from '../media.ts';
import { neutralised } from '../table-cells.ts';
import { letterOf } from '../texts.ts';
import { DATA_TITLE, LEADING, type OwnColumn, TRAILING } from './columns.ts';
import { CELL_MAX, cellsOf, dataCells, type OwnCells } from './own-row.ts';
import { BELOW, FONT, fitHeight, printedUnder } from './printing.ts';

interface Layout {
  readonly options: number;
  readonly data: number;
}

/** Writes every kind; only pictures that are not at hand are lost. */
export async function writeXlsx(
  questions: readonly Question[],
  { title, media }: WriteOptions,
): Promise<Writing> {
  const losses = new Losses();
  const rows = questions.map((question) => ({ cells: cellsOf(question), data: dataCells(question) }));
  const layout = {
    options: Math.max(4, ...rows.map(({ cells }) => cells.options.length)),
    data: Math.max(1, ...rows.map(({ data }) => data.length)),
  };
  const workbook = new ExcelJS.Workbook();
  workbook.title = title;
  const sheet = questionSheet(workbook, layout);
  for (const { cells, data } of rows) addQuestion(sheet, rowOf(cells, layout, data));
  const pictures = new Pictures(workbook, sheet, layout, media);
  for (const [index, question] of questions.entries())
    if (!pictures.add(question, index + 2)) losses.add(index, 'media');
  const buffer = await workbook.xlsx.writeBuffer();
  return { bytes: new Uint8Array(buffer), losses: losses.all };
}

/** A sheet with its header; the data columns are hidden. */
export function questionSheet(workbook: ExcelJS.Workbook, { options, data }: Layout): ExcelJS.Worksheet {
  const sheet = workbook.addWorksheet('Câu hỏi', {
    views: [{ state: 'frozen', ySplit: 1 }],
    ...printedUnder(1),
  });
  const optionColumns = Array.from({ length: options }, (_, i) => ({
    header: `Phương án ${letterOf(i)}`,
    width: 18,
  }));
  const dataColumns = Array.from({ length: data }, (_, i) => ({
    header: i === 0 ? DATA_TITLE : `${DATA_TITLE} ${i + 1}`,
    width: 10,
    hidden: true,
  }));
  const named = ({ title, width }: OwnColumn) => ({ header: title, width });
  sheet.columns = [...LEADING.map(named), ...optionColumns, ...TRAILING.map(named), ...dataColumns];
  const head = sheet.getRow(1);
  head.font = { ...FONT, bold: true, color: { argb: 'FFFFFFFF' } };
  head.height = 32;
  head.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFB91C1C' } };
  head.alignment = { vertical: 'middle', wrapText: true };
  for (const column of sheet.columns)
    column.alignment = { vertical: 'top', wrapText: column.hidden !== true };
  return sheet;
}

/** A row that is as high as what is to be seen in it. */
export function addQuestion(sheet: ExcelJS.Worksheet, cells: readonly string[]): void {
  const widths = sheet.columns.flatMap(({ width = 10, hidden }) => (hidden === true ? [] : [width]));
  const row = sheet.addRow(cells);
  fitHeight(row, widths);
  for (const i of widths.keys()) row.getCell(i + 1).border = BELOW;
}

/** Cells in the order of the columns. */
export function rowOf(
  { options, byField }: OwnCells,
  layout: Layout,
  data: readonly string[],
): readonly string[] {
  const cell = ({ field }: OwnColumn) => byField.get(field) ?? '';
  const shown = [
    ...LEADING.map(cell),
    ...Array.from({ length: layout.options }, (_, i) => options[i] ?? ''),
    ...TRAILING.map(cell),
  ];
  return [...shown.map((text) => neutralised(text.slice(0, CELL_MAX - 1))), ...data];
}

const EXTENSIONS: Readonly<Record<string, 'png' | 'jpeg' | 'gif'>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/gif': 'gif',
};
const PICTURE = /\(media:([0-9a-f]{64})\)/g;
/** Of a picture on the sheet, in pixels. */
const SIDE = 96;

/** Puts the pictures of a question into its row. */
class Pictures {
  readonly #workbook: ExcelJS.Workbook;
  readonly #sheet: ExcelJS.Worksheet;
  readonly #media: ReadonlyMap<string, Media>;
  readonly #column: number;
  readonly #ids = new Map<string, number>();

  constructor(
    workbook: ExcelJS.Workbook,
    sheet: ExcelJS.Worksheet,
    layout: Layout,
    media: ReadonlyMap<string, Media>,
  ) {
    this.#workbook = workbook;
    this.#sheet = sheet;
    this.#media = media;
    const image = TRAILING.findIndex(({ field }) => field === 'image');
    this.#column = LEADING.length + layout.options + image;
  }

  /** False when one of them is not at hand. */
  add(question: Question, row: number): boolean {
    const texts = JSON.stringify([question.prompt, question.key, question.explanation]);
    const all = [...new Set([...texts.matchAll(PICTURE)].map(([, sha256 = '']) => sha256))];
    const ids = all.map((sha256) => this.#idOf(sha256));
    for (const [i, id] of ids.entries()) {
      if (id === null) continue;
      this.#sheet.addImage(id, {
        tl: { col: this.#column + i * 0.1, row: row - 1 },
        ext: { width: SIDE, height: SIDE },
        editAs: 'oneCell',
      });
    }
    const under = this.#sheet.getRow(row);
    if (all.length > 0) under.height = Math.max(under.height ?? 0, SIDE);
    return !ids.includes(null);
  }

  #idOf(sha256: string): number | null {
    const media = this.#media.get(sha256);
    const extension = EXTENSIONS[media?.type ?? ''];
    if (media === undefined || extension === undefined) return null;
    const known = this.#ids.get(sha256);
    if (known !== undefined) return known;
    const base64 = Buffer.from(media.bytes).toString('base64');
    const id = this.#workbook.addImage({ base64, extension });
    this.#ids.set(sha256, id);
    return id;
  }
}
