/**
 * A letter alone on the line below its options: "B". Once in a paper it may be anything, and the key is asked for; where most
 * questions end so, it is how this paper writes its keys.
 */
import type { WordTable } from './word-model.ts';
import type { WordLine } from './word-paper.ts';
import {
  ANY_FIRST_OPTION,
  isAnswersHeading,
  isPart,
  keyLine,
  numberedStart,
  questionStart,
} from './word-patterns.ts';

type Lines = readonly (WordLine | WordTable)[];

const LONE = /^\s*\(?([A-H]|[a-h])\)?\s*\.?\s*$/;
const LABELS = /(?:^|\s)[*#=✓✔√☑☒☐□]?\s?\(?([A-Ha-h])\s?[.)/:](?=\s|\p{L}|\d|$)/gu;

/** Options, and the lines below them that hold nothing but one of their letters. */
interface Options {
  readonly letters: Set<string>;
  readonly lone: number[];
}

/** Says of such lines that they are keys. */
export function withLoneKeys(lines: Lines): Lines {
  const all = optionsIn(lines).filter(({ letters }) => letters.size >= 2);
  const marked = all.flatMap(({ lone }) => (lone.length === 1 ? lone : []));
  if (marked.length < 2 || marked.length < all.length * 0.6) return lines;
  const keys = new Set(marked);
  return lines.map((line, i) => (keys.has(i) && 'text' in line ? { ...line, isKey: true } : line));
}

function optionsIn(lines: Lines): readonly Options[] {
  const all: Options[] = [];
  let open: Options | null = null;
  for (const [i, line] of lines.entries()) {
    const text = 'text' in line ? line.text.text : '';
    const lone = LONE.exec(text)?.[1];
    if (lone !== undefined && open?.letters.has(lone) === true) open.lone.push(i);
    else if (ANY_FIRST_OPTION.test(text)) {
      open = { letters: new Set(lettersIn(text)), lone: [] };
      all.push(open);
    } else if (!('text' in line) || endsOptions(text)) open = null;
    else for (const letter of lettersIn(text)) open?.letters.add(letter);
  }
  return all;
}

function lettersIn(text: string): readonly string[] {
  return [...text.matchAll(LABELS)].map(([, letter = '']) => letter);
}

/** Another question, a key of the usual kind, a heading. */
function endsOptions(text: string): boolean {
  const start = questionStart(text) ?? numberedStart(text);
  return start !== null || keyLine(text) !== null || isPart(text) || isAnswersHeading(text);
}
