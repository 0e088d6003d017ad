/** What stages that ask bank questions have in common. */
import { isClozePrompt, LIVE_GAPS_MAX } from '../../../questions/kinds/cloze/prompt.ts';
import type { Json } from '../../../questions/question.ts';
import type { FieldError } from '../../contracts/errors.ts';
import type { LiveQuestion } from '../../contracts/live-stages.ts';
import type { BankNeeds } from './stage.ts';

/** Question kinds that can be answered on a phone against the clock, and graded at once. */
export const LIVE_KINDS = [
  'choice',
  'trueFalse',
  'statements',
  'shortText',
  'numeric',
  'estimate',
  'ordering',
  'matching',
  'cloze',
] as const;

/** Whether a question of a live kind is too long to be played. */
export function isTooLong(prompt: Json): boolean {
  return isClozePrompt(prompt) && prompt.gaps.length > LIVE_GAPS_MAX;
}

/** How a stage that asks bank questions begins. */
export const bankDefaults = {
  questions: [],
  blueprint: null,
  seconds: 20,
  readSeconds: 3,
  shuffleOptions: true,
  closeWhenAllAnswered: true,
  reveal: 'auto' as const,
};

type Source = Pick<BankNeeds, 'blueprint'> & { readonly questions: readonly LiveQuestion[] };

/** A stage that asks bank questions needs some. */
export function sourceProblems({ questions, blueprint }: Source): readonly FieldError[] {
  if (questions.length > 0 || (blueprint !== null && blueprint.cells.length > 0)) return [];
  return [
    {
      path: 'questions',
      vi: 'Phần thi chưa có câu hỏi nào.',
      en: 'The stage has no questions yet.',
    },
  ];
}
