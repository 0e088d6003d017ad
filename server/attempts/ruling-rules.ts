/**
 * What organisers decided about a question after it was asked: it replaces or widens its key for one round. Pure. A ruling
 * stands beside the question's version, which never changes, so that taking it back is forgetting it.
 */
import type { Json } from '../../questions/question.ts';
import type { QuestionKey, Ruled } from './question-key.ts';

/** key: this is right, and what stood there is not. also: this is right too. full: everybody has it right. void: it counts for nothing. */
export type RulingKind = 'key' | 'also' | 'full' | 'void';

export interface Ruling {
  readonly kind: RulingKind;
  /** For `key` and `also`. */
  readonly key: Json | null;
}

/** The key in force after rulings, in the order in which they were made: a corrected key forgets what was accepted before it. */
export function ruledKey(key: QuestionKey, rulings: readonly Ruling[]): QuestionKey {
  if (rulings.length === 0) return key;
  let now = key.key;
  let also: readonly Json[] = [];
  let all: Ruled['all'] = null;
  for (const ruling of rulings) {
    if (ruling.kind === 'key') {
      now = ruling.key;
      also = [];
    } else if (ruling.kind === 'also') {
      if (ruling.key !== null) also = [...also, ruling.key];
    } else if (all !== 'void') all = ruling.kind;
  }
  return { ...key, key: now, ruled: { also, all } };
}

/** What people are told of it in one word; null: nothing was decided. */
export function shownRuling({ ruled }: Pick<QuestionKey, 'ruled'>): RulingKind | null {
  if (ruled === undefined) return null;
  return ruled.all ?? (ruled.also.length > 0 ? 'also' : 'key');
}
