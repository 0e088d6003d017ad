/** Moodle's embedded answers: `{1:MULTICHOICE:=right~wrong#feedback}` inside the text. */
import { cleanText } from '../../vietnamese.ts';
import { type FoundText, noText } from '../found-text.ts';
import { shareOfPercent } from '../lms/choice-marks.ts';
import { lmsSayings } from '../lms/messages.ts';
import { numberOf } from '../lms/numbers.ts';
import type { LmsGap, LmsNumber, LmsOption, LmsPattern } from '../lms/question.ts';
import type { Remarks } from '../reading.ts';
import { excerpt } from '../texts.ts';
import { moodleSayings } from './messages.ts';

const CODE = /\{\s*(?:(\d+)\s*)?:\s*([A-Z_]+)\s*:((?:\\[\s\S]|[^}\\]){0,5000})\}/g;
const CHOICE = /^(?:MULTICHOICE|MC)(?:_?[VHS]{1,2})?$/;
const TEXT = /^(?:SHORTANSWER|SA|MW)(_C|C)?$/;
const NUMBER = /^(?:NUMERICAL|NM)$/;

/** A text whose codes became `{{1}}`, `{{2}}` …, and what each of them asks. */
export interface FoundCloze {
  readonly raw: string;
  readonly gaps: readonly LmsGap<FoundText>[];
}

/** Takes the codes out of a text. */
export function takeGaps(raw: string, read: (raw: string) => FoundText, remarks: Remarks): FoundCloze {
  const gaps: LmsGap<FoundText>[] = [];
  const stem = raw.replace(CODE, (code, weight: string | undefined, type: string, answers: string) => {
    const gap = gapOf(type, entriesOf(answers, read), Number(weight || 1), remarks);
    if (gap === null) {
      remarks.error(moodleSayings.gapBroken(excerpt(code)));
      return code;
    }
    gaps.push(gap);
    return `{{${gaps.length}}}`;
  });
  if (gaps.length === 0) remarks.error(moodleSayings.noGaps);
  return { raw: stem, gaps };
}

interface Entry {
  readonly text: FoundText;
  readonly letters: string;
  readonly fraction: number;
  readonly feedback: FoundText;
}

/** `%50%text#feedback` between unescaped `~`. */
function entriesOf(answers: string, read: (raw: string) => FoundText): readonly Entry[] {
  const entries = answers.match(/(?:\\[\s\S]|[^~\\])+/g) ?? [];
  return entries.map((entry) => {
    const [, mark = '', percent = '', rest = ''] =
      /^\s*(=|%(-?\d+(?:[.,]\d+)?)%)?([\s\S]*)$/.exec(entry) ?? [];
    const [, answer = '', feedback] = /^((?:\\[\s\S]|&#|[^#\\])*)(?:#([\s\S]*))?$/.exec(rest) ?? [];
    const text = read(unescaped(answer));
    return {
      text,
      letters: cleanText(text.plain ?? unescaped(answer)),
      fraction: mark === '=' ? 1 : shareOfPercent(numberOf(percent) ?? 0),
      feedback: feedback === undefined ? noText : read(unescaped(feedback)),
    };
  });
}

function unescaped(text: string): string {
  return text.replace(/\\([~}#"/\\=%{])/g, '$1').trim();
}

function gapOf(
  type: string,
  entries: readonly Entry[],
  weight: number,
  remarks: Remarks,
): LmsGap<FoundText> | null {
  if (!(weight > 0)) return null;
  if (CHOICE.test(type)) {
    const options = entries.map(
      ({ text, fraction, feedback }): LmsOption<FoundText> => ({ text, fraction, feedback }),
    );
    return { kind: 'choice', weight, options };
  }
  const typed = TEXT.exec(type);
  if (typed !== null) {
    const answers = entries.map(
      ({ letters, fraction, feedback }): LmsPattern<FoundText> => ({ pattern: letters, fraction, feedback }),
    );
    return {
      kind: 'text',
      weight,
      answers: answers.filter(({ pattern }) => pattern !== ''),
      case: typed[1] !== undefined,
    };
  }
  if (!NUMBER.test(type)) return null;
  return { kind: 'number', weight, answers: entries.map((entry) => numberEntry(entry, remarks)) };
}

function numberEntry({ letters, fraction, feedback }: Entry, remarks: Remarks): LmsNumber<FoundText> {
  if (letters === '*' || letters === '') return { accepted: null, fraction: 0, feedback };
  const [value = null, tolerance = 0] = letters.split(':').map(numberOf);
  if (value !== null && tolerance !== null)
    return { accepted: { value, tolerance: Math.abs(tolerance) }, fraction, feedback };
  remarks.error(lmsSayings.numberUnreadable(excerpt(letters)));
  return { accepted: null, fraction: 0, feedback };
}
