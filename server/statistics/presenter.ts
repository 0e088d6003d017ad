/** What leaves of statistics: figures beside the question that they are about. */
import { flagsOf } from '../../questions/analysis/flags.ts';
import type { ItemStatistics, Statistics } from '../../questions/analysis/statistics.ts';
import type { Json } from '../../questions/question.ts';
import { type Ruling, ruledKey } from '../attempts/ruling-rules.ts';
import type { StatisticsReply } from '../contracts/statistics.ts';

/** A question version as statistics name it. */
export interface TalliedQuestion {
  readonly versionId: number;
  readonly questionUid: string;
  readonly version: number;
  readonly kind: string;
  readonly prompt: Json & { readonly stem: string };
  readonly topic: string;
  readonly key: Json | null;
}

export function presentStatistics(
  { paper, items }: Statistics,
  questions: ReadonlyMap<number, TalliedQuestion>,
): StatisticsReply {
  const { attempts, totals, consistency, kr20, errorRatio, standardError } = paper;
  return {
    attempts,
    totals,
    consistency,
    kr20,
    errorRatio,
    standardError,
    items: items.flatMap((item) => {
      const question = questions.get(item.item);
      return question === undefined ? [] : [presentItem(item, question)];
    }),
  };
}

function presentItem(item: ItemStatistics, question: TalliedQuestion): StatisticsReply['items'][number] {
  const texts = textsIn(question.prompt, 'options');
  const right = question.kind === 'choice' ? numbersIn(question.key, 'right') : null;
  const { questionUid, version, kind, prompt, topic } = question;
  // An option that nobody chose has figures too.
  const options = texts.map(
    (_text, option) =>
      item.options[option] ?? { option, count: 0, share: 0, meanRest: null, correlation: null },
  );
  return {
    question: questionUid,
    version,
    kind,
    stem: prompt.stem,
    topic,
    n: item.n,
    blanks: item.blanks,
    facility: item.facility,
    standardDeviation: item.standardDeviation,
    discrimination: item.discrimination,
    efficiency: item.efficiency,
    effectiveWeight: item.effectiveWeight,
    options: options.map((option) => ({
      ...option,
      text: texts[option.option] ?? '',
      right: right?.includes(option.option) ?? false,
    })),
    flags: [...flagsOf({ ...item, options }, right)],
  };
}

function listIn(from: Json | null, name: string): readonly Json[] {
  if (typeof from !== 'object' || from === null || Array.isArray(from)) return [];
  const found: unknown = Reflect.get(from, name);
  return Array.isArray(found) ? found : [];
}

const textsIn = (from: Json, name: string): string[] =>
  listIn(from, name).filter((value) => typeof value === 'string');
const numbersIn = (from: Json | null, name: string): number[] =>
  listIn(from, name).filter((value) => typeof value === 'number');

/** A key after rulings; of a choice the options that were accepted beside it are right too. */
export function keyInForce(key: Json | null, rulings: readonly Ruling[]): Json | null {
  const { key: now, ruled } = ruledKey({ key, explanation: '', citation: null }, rulings);
  const also = ruled?.also.flatMap((one) => numbersIn(one, 'right')) ?? [];
  if (also.length === 0) return now;
  return { right: [...new Set([...numbersIn(now, 'right'), ...also])] };
}
