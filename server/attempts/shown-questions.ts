/**
 * Questions as papers show them. The same question in the same order of its options stands on many papers, and arranging it
 * is a good part of what a start costs: what was shown lately is kept, one object for all papers that show it.
 */
import { withFormulas } from '../../questions/formulas.ts';
import { gradingOf } from '../../questions/kinds/gradings.ts';
import type { ShownQuestion } from '../contracts/attempts.ts';
import { Recent } from '../platform/recent.ts';
import type { DrawnQuestion } from './draw-rules.ts';
import { worthOf } from './marking-rules.ts';
import type { QuestionVersion } from './question-version.ts';

/** About a kilobyte each; four options have 24 orders, so all of what two hundred questions look like. */
const MOST_KEPT = 5000;

/** `others`: texts that are shown with the question, whose formulas come along. */
export function shownQuestion(
  version: QuestionVersion,
  order: readonly number[],
  others: readonly string[] = [],
): ShownQuestion {
  const arranged = gradingOf(version.kind).arrange(version.prompt, order);
  const prompt = withFormulas(arranged, others);
  return { kind: version.kind, prompt: prompt as ShownQuestion['prompt'], points: worthOf(version) };
}

export class ShownQuestions {
  readonly #kept = new Recent<string, ShownQuestion>(MOST_KEPT);

  /** To be read only: others have the same object. */
  of(version: QuestionVersion, drawn: DrawnQuestion | undefined): ShownQuestion {
    const order = drawn?.order ?? [];
    const key = `${version.id} ${order.join()}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const shown = shownQuestion(version, order);
    this.#kept.set(key, shown);
    return shown;
  }
}
