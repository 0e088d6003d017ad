/** `kprime` and `mtf`, two widespread plug-ins of Moodle: rows that are true or false each, with the right column by weight. */
import type { FoundText } from '../found-text.ts';
import { plainFound } from '../found-text.ts';
import { numberOf } from '../lms/numbers.ts';
import type { LmsBody } from '../lms/question.ts';
import { truthOf } from '../lms/truth-words.ts';
import type { MoodleElement } from './fields.ts';
import { moodleSayings } from './messages.ts';

/** Statements as pairs with "Đúng" and "Sai", which become a question of statements. */
export function readStatements(question: MoodleElement): LmsBody<FoundText> {
  const columns = question.all('column');
  if (columns.length > 2) question.remarks.error(moodleSayings.statementsColumns);
  if (question.line('scoringmethod') !== 'subpoints') question.remarks.warn(moodleSayings.statementsScoring);
  const trueColumn = columns.findIndex((column) => truthOf(column.line('responsetext')) === true);
  const rightColumns = rightColumnsOf(question);
  const pairs = question.all('row').map((row) => {
    const right = rightColumns.get(row.element.attributes.number ?? '');
    const isTrue = right === String(Math.max(0, trueColumn) + 1);
    return { left: textOfRow(row), right: plainFound(right === undefined ? '' : isTrue ? 'Đúng' : 'Sai') };
  });
  return { kind: 'matching', pairs };
}

function textOfRow(row: MoodleElement): FoundText {
  return (row.first('rowtext') ?? row.first('optiontext') ?? row).text;
}

/** Number of a row → number of the column that earns the most in it. */
function rightColumnsOf(question: MoodleElement): ReadonlyMap<string, string> {
  const best = new Map<string, { readonly column: string; readonly value: number }>();
  for (const weight of question.all('weight')) {
    const { rownumber = '', columnnumber = '' } = weight.element.attributes;
    const value = numberOf(weight.line('value')) ?? 0;
    if (value > (best.get(rownumber)?.value ?? 0)) best.set(rownumber, { column: columnnumber, value });
  }
  return new Map([...best].map(([row, { column }]) => [row, column]));
}
