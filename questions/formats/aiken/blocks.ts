/**
 * Lines of an Aiken file → blocks, one a question. An answer line ends a block; where it is missing, a text after a
 * blank line begins the next one, so that one broken question costs itself.
 */

export interface Option {
  readonly letter: string;
  readonly text: string;
}

export interface AikenBlock {
  /** First line, from 1. */
  readonly line: number;
  readonly raw: string;
  readonly stem: string;
  readonly options: readonly Option[];
  /** What stands on the answer line; null: there is none. */
  readonly answer: string | null;
  /** What stands on lines "FEEDBACK: …" behind the answer, joined. */
  readonly feedback: string;
  /** A blank line stands inside the stem. */
  readonly stemGap: boolean;
  readonly optionContinued: boolean;
}

const ANSWER = /^\s*(?:ANSWERS?|ĐÁP ÁN|ĐA)\s*[:.]\s*(.*)$/isu;
/** What some editors write behind the answer line: why it is the answer. */
const FEEDBACK = /^\s*(?:FEEDBACK|EXPLANATION|PHẢN HỒI|GIẢI THÍCH)\s*[:.]\s*(.*)$/isu;
const OPTION = /^\s*([A-Z])\s?[.)]\s*(.*)$/s;
const SMALL_OPTION = /^(\s*)([a-z])(?=\s?[.)]\s)/;

/** Whether a line could be taken for something other than text. */
export function looksStructural(line: string): boolean {
  return ANSWER.test(line) || OPTION.test(line) || FEEDBACK.test(line);
}

/** One block while its lines come in. */
class Growing {
  readonly line: number;
  readonly lines: string[] = [];
  readonly stem: string[] = [];
  readonly options: { letter: string; text: string }[] = [];
  /** "FEEDBACK: …" that stands before the answer line. */
  readonly feedback: string[] = [];
  /** Options stand two or four on a line. */
  crowded = false;
  optionContinued = false;

  constructor(line: number) {
    this.line = line;
  }

  finished(answer: string | null): AikenBlock {
    const stem = this.stem.join('\n').trim();
    return {
      line: this.line,
      raw: this.lines.join('\n').trimEnd(),
      stem,
      options: this.options,
      answer,
      feedback: this.feedback.join('\n'),
      stemGap: /\n\s*\n/.test(stem),
      optionContinued: this.optionContinued,
    };
  }
}

/** Splits a file into its blocks; no line with anything on it is left out. */
export function splitAiken(text: string): readonly AikenBlock[] {
  const written = text.split('\n');
  const lines = withCapitals(written);
  const blocks: AikenBlock[] = [];
  let growing: Growing | null = null;
  let gap = false;
  for (const [index, line] of lines.entries()) {
    const own = written[index] ?? line;
    if (line.trim() === '') {
      gap = true;
      growing?.lines.push(own);
      if (growing !== null && growing.options.length === 0) growing.stem.push('');
      continue;
    }
    if (growing !== null && beginsAnew(growing, line, gap)) {
      blocks.push(growing.finished(null));
      growing = null;
    }
    gap = false;
    if (growing === null && feedbackBelow(blocks, line)) continue;
    growing ??= new Growing(index + 1);
    growing.lines.push(own);
    const answer = ANSWER.exec(line)?.[1];
    if (answer === undefined) takeLine(growing, line, nextText(lines, index));
    else {
      blocks.push(growing.finished(answer.trim()));
      growing = null;
    }
  }
  if (growing !== null) blocks.push(growing.finished(null));
  return blocks;
}

/** "a. x" throughout: a file without a single capital letter before its options. */
function withCapitals(lines: readonly string[]): readonly string[] {
  if (lines.some((line) => OPTION.test(line))) return lines;
  return lines.map((line) =>
    line.replace(SMALL_OPTION, (_, space: string, letter: string) => space + letter.toUpperCase()),
  );
}

/** "FEEDBACK: …" below the answer line goes to the block that just ended; false when the line is something else. */
function feedbackBelow(blocks: AikenBlock[], line: string): boolean {
  const feedback = FEEDBACK.exec(line)?.[1];
  const done = blocks.at(-1);
  if (feedback === undefined || done === undefined || done.answer === null) return false;
  const told = [done.feedback, feedback.trim()].filter((text) => text !== '').join('\n');
  blocks[blocks.length - 1] = { ...done, raw: `${done.raw}\n${line}`, feedback: told };
  return true;
}

function beginsAnew(growing: Growing, line: string, gap: boolean): boolean {
  return gap && growing.options.length > 0 && !looksStructural(line);
}

function nextText(lines: readonly string[], index: number): string {
  return lines.slice(index + 1, index + 4).find((line) => line.trim() !== '') ?? '';
}

function takeLine(growing: Growing, line: string, next: string): void {
  const feedback = FEEDBACK.exec(line)?.[1];
  if (feedback !== undefined && growing.options.length > 0) {
    growing.feedback.push(feedback.trim());
    return;
  }
  const option = OPTION.exec(line);
  if (option !== null && growing.stem.some((text) => text !== '')) {
    takeOption(growing, option, next);
    return;
  }
  const last = growing.options.at(-1);
  if (last === undefined) growing.stem.push(line.trim());
  else {
    last.text += ` ${line.trim()}`;
    growing.optionContinued = true;
  }
}

function takeOption(growing: Growing, option: RegExpExecArray, next: string): void {
  const [line, letter = '', text = ''] = option;
  const several = splitCrowded(line);
  const nextLetter = OPTION.exec(next)?.[1] ?? '';
  const last = several.at(-1)?.letter ?? letter;
  const goesOn = nextLetter === '' || nextLetter.charCodeAt(0) === last.charCodeAt(0) + 1;
  const nextOwnLine = nextLetter !== '' && nextLetter.charCodeAt(0) === letter.charCodeAt(0) + 1;
  if (several.length > 1 && goesOn && !nextOwnLine && (letter === 'A' || growing.crowded)) {
    growing.crowded = true;
    growing.options.push(...several);
  } else growing.options.push({ letter, text: text.trim() });
}

/** "A. x   B. y" → both, as long as the letters follow one another. */
function splitCrowded(line: string): Option[] {
  const options: { letter: string; text: string }[] = [];
  for (const part of line.trim().split(/(?:^|(?<!\s)\s+)(?=[A-Z]\s?[.)]\s)/)) {
    const [, letter = '', text = ''] = OPTION.exec(part) ?? [];
    const last = options.at(-1);
    if (letter !== '' && (last === undefined || letter.charCodeAt(0) === last.letter.charCodeAt(0) + 1))
      options.push({ letter, text: text.trim() });
    else if (last !== undefined) last.text += ` ${part}`;
  }
  return options;
}
