/**
 * Files for McMix and other test software: "[<$>]" stands before each option, "[<br>]" between questions. They become the
 * labels and numbers that everybody else types, with the looks of the marks.
 */
import { plainLooks, StyledText } from './styled-text.ts';
import { letterOf } from './texts.ts';
import type { WordTable } from './word-model.ts';
import type { WordLine } from './word-paper.ts';
import { questionStart } from './word-patterns.ts';

const OPTION_MARK = /\[\s*<\s*\$\s*>\s*\]\s*/g;
const BREAK_MARK = /^\s*\[\s*<\s*br\s*\/?\s*>\s*\]\s*$/i;

type Lines = readonly (WordLine | WordTable)[];

export function withoutSoftwareMarks(lines: Lines): Lines {
  const texts = lines.flatMap((line) => ('text' in line ? [line.text.text] : []));
  if (!texts.some((text) => text.includes('<$>'))) return lines;
  const isCounted = texts.some((text) => BREAK_MARK.test(text)) && !texts.some((text) => questionStart(text));
  return new Relabeller(isCounted).relabel(lines);
}

class Relabeller {
  /** Questions have no number of their own. */
  readonly #isCounted: boolean;
  #options = 0;
  #questions = 0;
  #begins = true;

  constructor(isCounted: boolean) {
    this.#isCounted = isCounted;
  }

  relabel(lines: Lines): Lines {
    return lines.flatMap((line): Lines => {
      if (!('text' in line)) return [line];
      if (!BREAK_MARK.test(line.text.text)) return [{ ...line, text: this.#text(line.text) }];
      this.#begins = true;
      return [];
    });
  }

  #text(text: StyledText): StyledText {
    const marks = [...text.text.matchAll(OPTION_MARK)].length;
    if (marks === 0) this.#options = 0;
    const labelled = labelledOptions(text, this.#options);
    this.#options += marks;
    if (!this.#isCounted || !this.#begins || marks > 0) return labelled;
    this.#begins = false;
    this.#questions += 1;
    return StyledText.join([StyledText.plain(`Câu ${this.#questions}. `), labelled], '');
  }
}

/** Letters in the place of the marks; the first is `from`. */
function labelledOptions(text: StyledText, from: number): StyledText {
  const pieces: StyledText[] = [];
  let at = 0;
  for (const [i, { index, 0: mark }] of [...text.text.matchAll(OPTION_MARK)].entries()) {
    const looks = text.slice(index, index + mark.length).atoms[0]?.looks ?? plainLooks;
    pieces.push(text.slice(at, index), new StyledText([{ text: `${letterOf(from + i)}. `, looks }]));
    at = index + mark.length;
  }
  return StyledText.join([...pieces, text.slice(at)], '');
}
