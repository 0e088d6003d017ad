/** What stages that ask for opinions share: nothing is right or wrong, nothing brings points, nobody goes out. */
import type { Json } from '../../../questions/question.ts';
import type { AskingRules, Decided, GradedAnswer, PlannedItem } from './stage.ts';

/** The stage's own prompts, in their order. */
export function opinionItems(
  kind: string,
  prompts: readonly Json[],
  seconds: number,
): readonly PlannedItem[] {
  return prompts.map((prompt) => ({ versionId: null, kind, prompt, seconds, points: 0, final: false }));
}

export function opinionRules({
  seconds,
  liveChart,
}: Pick<AskingRules, 'seconds' | 'liveChart'>): AskingRules {
  return {
    seconds,
    readSeconds: 0,
    points: 0,
    shuffle: false,
    autoReveal: true,
    closeWhenAllAnswered: true,
    liveChart,
    keyed: false,
  };
}

export function noPoints(graded: readonly GradedAnswer[]): Decided {
  return { points: graded.map(() => 0), out: [] };
}
