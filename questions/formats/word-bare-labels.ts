/**
 * Options whose letters have no dot: "A Huế", "B, Hà Nội", or one dot forgotten among four options. A letter alone may as well
 * begin a sentence ("A là trung điểm của BC"), so lines are options only where A, B, C … follow one another without a gap,
 * none of them reads like a sentence, and no options with dots come behind them.
 */
import { StyledText } from './styled-text.ts';
import { letterOf } from './texts.ts';
import type { WordTable } from './word-model.ts';
import type { WordLine } from './word-paper.ts';
import { FIRST_OPTION, keyLine, numberedStart, questionStart } from './word-patterns.ts';

type Lines = readonly (WordLine | WordTable)[];

interface Label {
  readonly letter: string;
  /** Where the letter ends, and where the text behind it begins. */
  readonly from: number;
  readonly to: number;
  readonly isDotted: boolean;
  /** What stands behind the letter reads on like a sentence. */
  readonly isSentence: boolean;
}

const STAR = '[*#✓✔√☑☒☐□]\\s?';
/** At the beginning of a line, or behind a tab or several spaces. */
const LABEL = new RegExp(
  `(?:^[ \\u00a0]*|\\t[ \\u00a0]*|[ \\u00a0]{2,})(?:${STAR})?[([]?([A-H])(\\s?[.):/]\\s*|[\\])]?\\s*[,;>\\]–-]\\s*|[ \\u00a0\\t]+)(?=\\S)`,
  'gu',
);
const SENTENCE =
  /^(?:là|và|hoặc|hay|có|thuộc|nằm|cắt|đi|được|bị|cho|với|không|chạy|cách|ở|đến|tới|gồm|phải|sẽ|đã|đang|thì|nói|bằng|trùng|vuông|song|nhận|tác dụng|phản ứng|tan|gặp|mua|bán|đứng|trên|đối|cũng|còn|đều|is|are|was|were|and|or|has|have|will|can|says?)(?!\p{L})|^[=<>≤≥+∈≠,;]/u;
const OPTIONS_LEAST = 3;

function labelsIn({ text }: StyledText): readonly Label[] {
  if (keyLine(text) !== null) return [];
  const found = [...text.matchAll(LABEL)];
  return found[0]?.index === 0 ? found.map(labelOf) : [];
}

function labelOf({ 0: all, 1: letter = '', 2: sign = '', index, input }: RegExpExecArray): Label {
  const to = index + all.length;
  const isDotted = /[.):/]/.test(sign);
  const from = to - sign.length;
  return { letter, from, to, isDotted, isSentence: !isDotted && SENTENCE.test(input.slice(to)) };
}

/** Gives letters that are surely options the dot that everybody else types. */
export function withDottedLabels(lines: Lines): Lines {
  const all = lines.map((line) => ('text' in line ? labelsIn(line.text) : []));
  const found: (WordLine | WordTable)[] = [...lines];
  for (let at = 0; at < lines.length; at += 1) {
    if (all[at]?.[0]?.letter !== 'A') continue;
    const end = endOfList(all, at);
    const labels = all.slice(at, end).flat();
    if (!areOptions(labels) || isFollowedByOptions(lines, end)) continue;
    const list = lines.slice(at, end).map((line, i) => dotted(line, all[at + i] ?? []));
    found.splice(at, list.length, ...list);
    at = end - 1;
  }
  return found;
}

/** Lines with labels, as far as each letter is a new one. */
function endOfList(all: readonly (readonly Label[])[], start: number): number {
  const seen = new Set<string>();
  let end = start;
  for (let labels = all[end]; labels !== undefined && labels.length > 0; labels = all[end]) {
    if (labels.some(({ letter }) => seen.has(letter))) break;
    for (const { letter } of labels) seen.add(letter);
    end += 1;
  }
  return end;
}

function areOptions(labels: readonly Label[]): boolean {
  const letters = labels.map(({ letter }) => letter).sort();
  return (
    letters.length >= OPTIONS_LEAST &&
    letters.every((letter, i) => letter === letterOf(i)) &&
    labels.some(({ isDotted }) => !isDotted) &&
    !labels.some(({ isSentence }) => isSentence)
  );
}

/** Whether options with dots come before the next question: those above are content then. */
function isFollowedByOptions(lines: Lines, from: number): boolean {
  for (const line of lines.slice(from)) {
    if (!('text' in line)) return false;
    const { text } = line.text;
    if (FIRST_OPTION.test(text)) return true;
    if (questionStart(text) !== null || numberedStart(text) !== null || keyLine(text) !== null) return false;
  }
  return false;
}

function dotted(line: WordLine | WordTable, labels: readonly Label[]): WordLine | WordTable {
  if (!('text' in line)) return line;
  const pieces: StyledText[] = [];
  let at = 0;
  for (const { from, to, isDotted } of labels) {
    if (isDotted) continue;
    pieces.push(line.text.slice(at, from), StyledText.plain('. '));
    at = to;
  }
  return { ...line, text: StyledText.join([...pieces, line.text.slice(at)], '') };
}

/** Whether lines look like options without dots that nobody could be sure of. */
export function mayBeOptions(body: readonly StyledText[]): boolean {
  const letters = body.flatMap((line) => labelsIn(line)[0]?.letter ?? []);
  return letters.length >= 2 && letters[0] === 'A' && letters[1] === 'B';
}
