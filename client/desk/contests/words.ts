/** Paths of a draft ("rounds.0.closesAt") in words, and where in the editor they are put right. */
import { draftTexts as t } from '../../messages/desk-draft.ts';

/** A part of the editor; stands in the address as `?muc=`. */
const parts = [
  'overview',
  'basics',
  'rounds',
  'entry',
  'page',
  'reach',
  'run',
  'remedies',
  'boards',
  'results',
  'figures',
  'report',
  'log',
] as const;
export type EditorPart = (typeof parts)[number];

/** As they stand in the address. */
export const partNames: Readonly<Record<EditorPart, string>> = {
  overview: 'tong-quan',
  basics: 'thong-tin',
  rounds: 'vong-thi',
  entry: 'nguoi-du-thi',
  page: 'trang',
  reach: 'lan-toa',
  run: 'dieu-hanh',
  remedies: 'khac-phuc',
  boards: 'bang-xep-hang',
  results: 'ket-qua',
  figures: 'so-lieu',
  report: 'bao-cao',
  log: 'nhat-ky',
};

export function partOf(name: string | null): EditorPart {
  return parts.find((part) => partNames[part] === name) ?? 'overview';
}

/** Where somebody goes to change what stands at `path`. */
export function placeOf(path: string): { readonly part: EditorPart; readonly round: number | null } {
  const round = /^rounds\.(\d+)/.exec(path);
  if (round !== null) return { part: 'rounds', round: Number(round[1]) };
  if (path.startsWith('rounds')) return { part: 'rounds', round: null };
  if (/^(page|settings\.(rules|prizes))/.test(path)) return { part: 'page', round: null };
  if (/^settings\.(fields|consents|guests|names)/.test(path)) return { part: 'entry', round: null };
  if (/^settings\.(embedOrigins|reminders|retentionDays)/.test(path)) return { part: 'reach', round: null };
  return { part: 'basics', round: null };
}

/** A problem or warning, with all the places that it is about. */
export interface Gathered {
  readonly vi: string;
  readonly en: string;
  /** "Vòng 1, 2, 4 › Ma trận đề" */
  readonly words: string;
  /** The first of its places. */
  readonly path: string;
}

interface Note {
  readonly path: string;
  readonly vi: string;
  readonly en: string;
}

/** The same said of several rounds is said once. */
export function gathered(notes: readonly Note[]): Gathered[] {
  const groups = new Map<string, Note[]>();
  for (const note of notes) {
    const key = note.path.replace(/^rounds\.\d+/, 'rounds') + note.vi;
    groups.set(key, [...(groups.get(key) ?? []), note]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const numbers = group.map(({ path }) => Number(/^rounds\.(\d+)/.exec(path)?.[1] ?? '0') + 1);
    const words = wordsOf(first.path).replace(
      t.round(numbers[0] ?? 1),
      t.roundNumbers([...new Set(numbers)]),
    );
    return [
      {
        vi: first.vi,
        en: first.en,
        path: first.path,
        words: group.length === 1 ? wordsOf(first.path) : words,
      },
    ];
  });
}

/** "Vòng 2 › Đóng lúc". Unknown parts are left out: the nearest known one says enough. */
export function wordsOf(path: string): string {
  const round = /^rounds\.(\d+)(?:\.(.*))?$/.exec(path);
  if (round === null) return contestWord(path) ?? path;
  const rest = round[2] === undefined ? undefined : roundWord(round[2]);
  const name = t.round(Number(round[1]) + 1);
  return rest === undefined ? name : `${name} › ${rest}`;
}

function contestWord(path: string): string | undefined {
  const [head = '', second = '', third = ''] = path.split('.');
  if (head === 'rounds') return t.rounds;
  if (head !== 'settings') return lookUp(t, head);
  if (second === 'fields') return lookUp(t.fieldNames, third) ?? t.fields;
  if (second === 'consents') return third === '' ? t.consents : t.consentOf(Number(third) + 1);
  return lookUp(t, second);
}

function roundWord(path: string): string | undefined {
  const [head = '', second = '', third = ''] = path.split('.');
  if (head === 'title') return t.roundTitle;
  if (head !== 'settings') return lookUp(t, head);
  if (second === 'release') return lookUp(t.releaseOf, third) ?? t.release;
  if (second === 'entry')
    return (
      lookUp(t, third === 'units' ? 'entryUnits' : third === 'groups' ? 'entryGroups' : third) ?? t.entry
    );
  if (second === 'blueprint') return lookUp(t, third) ?? t.blueprint;
  return lookUp(t, second);
}

function lookUp(texts: object, name: string): string | undefined {
  const text: unknown = Reflect.get(texts, name);
  return typeof text === 'string' ? text : undefined;
}
