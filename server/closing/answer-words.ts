/** Answers and keys in words, as they stood on the paper: for pages of facts that are printed. Pure. */
import { isRecord } from '../../questions/kinds/shapes.ts';
import type { Json } from '../../questions/question.ts';
import type { Bilingual } from '../contracts/errors.ts';

const same = (text: string): Bilingual => ({ vi: text, en: text });
const BLANK: Bilingual = { vi: '(bỏ trống)', en: '(blank)' };
const TRUE: Bilingual = { vi: 'Đúng', en: 'True' };
const FALSE: Bilingual = { vi: 'Sai', en: 'False' };

/** `prompt` as arranged for the paper; positions in `answer` are those that were shown. */
export function answerInWords(kind: string, prompt: Json, answer: Json | null): Bilingual {
  if (answer === null) return BLANK;
  if (typeof answer === 'boolean') return answer ? TRUE : FALSE;
  if (typeof answer === 'string' || typeof answer === 'number') return same(String(answer));
  if (!Array.isArray(answer)) return same(JSON.stringify(answer));
  const lists = isRecord(prompt) ? prompt : {};
  switch (kind) {
    case 'choice':
      return same(answer.map((place) => letter(place)).join(', '));
    case 'ordering':
      return same(answer.map((place) => letter(place)).join(' → '));
    case 'statements':
      return joined(
        answer.map((value, i) => beside(`${small(i)})`, value === null ? same('–') : truth(value))),
      );
    case 'matching':
      return same(answer.map((place, i) => `${i + 1} – ${place === null ? '…' : letter(place)}`).join('; '));
    case 'cloze':
      return same(answer.map((value, i) => `(${i + 1}) ${gapWords(lists.gaps, i, value)}`).join('; '));
    default:
      return same(answer.map((value) => (value === null ? '…' : String(value))).join('; '));
  }
}

/** What there is to choose from, with the letters that answers use. */
export function optionsInWords(kind: string, prompt: Json): string[] {
  if (!isRecord(prompt)) return [];
  const lettered = (list: unknown): string[] => texts(list).map((text, i) => `${letter(i)}. ${text}`);
  if (kind === 'choice') return lettered(prompt.options);
  if (kind === 'ordering') return lettered(prompt.items);
  if (kind === 'statements') return texts(prompt.statements).map((text, i) => `${small(i)}) ${text}`);
  if (kind === 'matching')
    return [...texts(prompt.lefts).map((text, i) => `${i + 1}. ${text}`), ...lettered(prompt.rights)];
  return [];
}

function texts(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}

function letter(place: unknown): string {
  return typeof place === 'number' ? String.fromCharCode(65 + place) : String(place);
}

function small(place: number): string {
  return String.fromCharCode(97 + place);
}

function truth(value: unknown): Bilingual {
  return value === true ? TRUE : FALSE;
}

function beside(label: string, { vi, en }: Bilingual): Bilingual {
  return { vi: `${label} ${vi}`, en: `${label} ${en}` };
}

function joined(parts: readonly Bilingual[]): Bilingual {
  return { vi: parts.map(({ vi }) => vi).join('; '), en: parts.map(({ en }) => en).join('; ') };
}

function gapWords(gaps: unknown, i: number, value: unknown): string {
  if (value === null) return '…';
  const gap: unknown = Array.isArray(gaps) ? gaps[i] : undefined;
  if (typeof value === 'number' && isRecord(gap)) return texts(gap.options)[value] ?? String(value);
  return String(value);
}
