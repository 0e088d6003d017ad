/** How answers are spread: counts for options, the commonest texts for everything else. Pure. */
import { isRecord } from '../../questions/kinds/shapes.ts';
import type { Json } from '../../questions/question.ts';
import { fold } from '../../questions/vietnamese.ts';
import type { LiveTally } from '../contracts/live.ts';

/** Lines of texts that are shown. */
const LINES_MOST = 40;

/** Of the prompt as it was shown. */
export function tallyOf(prompt: Json, answers: readonly Json[]): LiveTally {
  if (isRecord(prompt) && Array.isArray(prompt.options) && answers.every(isPositions))
    return options(prompt.options.length, answers);
  if (answers.some((answer) => typeof answer === 'boolean')) return truths(answers);
  return texts(answers);
}

function isPositions(answer: Json): answer is readonly number[] {
  return Array.isArray(answer) && answer.every((position) => typeof position === 'number');
}

function options(count: number, answers: readonly (readonly number[])[]): LiveTally {
  const counts = new Array<number>(count).fill(0);
  for (const positions of answers)
    for (const position of positions) counts[position] = (counts[position] ?? 0) + 1;
  return { type: 'options', counts };
}

/** True first, then false: as buttons stand. */
function truths(answers: readonly Json[]): LiveTally {
  const right = answers.filter((answer) => answer === true).length;
  return { type: 'options', counts: [right, answers.length - right] };
}

interface Line {
  readonly forms: Map<string, number>;
  count: number;
}

/** "hà nội" and "Hà Nội" are one line, under the form that most people typed. */
function texts(answers: readonly Json[]): LiveTally {
  const lines = new Map<string, Line>();
  let all = 0;
  for (const answer of answers) {
    for (const text of textsOf(answer)) {
      all += 1;
      const key = fold(text);
      const line = lines.get(key) ?? { forms: new Map<string, number>(), count: 0 };
      lines.set(key, line);
      line.count += 1;
      line.forms.set(text, (line.forms.get(text) ?? 0) + 1);
    }
  }
  const shown = [...lines.values()]
    .map(({ forms, count }) => ({ text: commonest(forms), count }))
    .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
    .slice(0, LINES_MOST);
  const counted = shown.reduce((sum, { count }) => sum + count, 0);
  return { type: 'texts', lines: shown, others: all - counted };
}

function commonest(forms: ReadonlyMap<string, number>): string {
  let best = '';
  let most = 0;
  for (const [text, count] of forms) {
    if (count < most || (count === most && text > best)) continue;
    best = text;
    most = count;
  }
  return best;
}

/** Orders and pairs are shown as lists of places from 1. */
function textsOf(answer: Json): readonly string[] {
  if (typeof answer === 'string') return [answer];
  if (!Array.isArray(answer)) return [JSON.stringify(answer)];
  if (answer.every((one) => typeof one === 'string')) return answer;
  return [answer.map((one) => (typeof one === 'number' ? one + 1 : '–')).join(' ')];
}
