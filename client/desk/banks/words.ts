/** How kinds and statuses of questions are called and coloured. */
import { draftTexts } from '../../messages/desk-draft.ts';

/** A kind that is newer than this page is called by its own name. */
export function kindName(kind: string): string {
  const text: unknown = Reflect.get(draftTexts.kinds, kind);
  return typeof text === 'string' ? text : kind;
}

export const statusTones = {
  draft: 'neutral',
  review: 'amber',
  approved: 'green',
  retired: 'neutral',
} as const;
