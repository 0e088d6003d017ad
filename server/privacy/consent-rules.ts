/** What somebody may agree to or take back after the entry. Pure. */
import { GUARDIAN, guardianText } from '../contests/minor-rules.ts';
import type { ContestSettings } from '../contracts/contest-settings.ts';
import type { OwnConsent } from '../contracts/privacy.ts';

export type Given = Readonly<Record<string, { readonly at: number; readonly version: number }>>;
export interface ConsentText {
  readonly consent: string;
  readonly version: number;
  readonly vi: string;
  readonly en: string;
}

/** Purposes that the product itself acts upon, by the id that contests use for them. */
export const EMAIL_REMINDERS = 'emailReminders';

type Asked = Pick<ContestSettings, 'consents'>;

/** Every purpose that the contest asks about, or that was agreed to; a guardian's only where it was given. */
export function ownConsents({ consents }: Asked, given: Given, texts: readonly ConsentText[]): OwnConsent[] {
  const asked = new Map(consents.map((consent) => [consent.id, consent]));
  const ids = [...new Set([...asked.keys(), ...Object.keys(given)])];
  return ids.map((id) => {
    const now = id === GUARDIAN ? guardianText : asked.get(id);
    const mine = given[id];
    return {
      id,
      required: asked.get(id)?.required === true,
      given: mine === undefined ? null : { ...mine, text: textOf(id, mine.version, now, texts) },
      now: now === undefined ? null : { version: now.version, text: { vi: now.vi, en: now.en } },
    };
  });
}

function textOf(
  id: string,
  version: number,
  now: { readonly version: number; readonly vi: string; readonly en: string } | undefined,
  texts: readonly ConsentText[],
): { vi: string; en: string } | null {
  const kept = texts.find((text) => text.consent === id && text.version === version);
  const found = kept ?? (now?.version === version ? now : undefined);
  return found === undefined ? null : { vi: found.vi, en: found.en };
}

export type Refused = 'unknown' | 'required' | 'changed';

/**
 * The consents after a change; the same object when nothing changes. Refused: a purpose that the contest does not ask
 * about, taking back one without which nobody takes part (erasing one's data is the way), a text that was changed since.
 */
export function changedConsents(
  { consents }: Asked,
  before: Given,
  change: { readonly id: string; readonly given: boolean; readonly version?: number | undefined },
  now: number,
): Given | Refused {
  const asked = consents.find(({ id }) => id === change.id);
  if (!change.given) {
    if (before[change.id] === undefined) return before;
    if (asked?.required === true) return 'required';
    const { [change.id]: _taken, ...rest } = before;
    return rest;
  }
  // A guardian agrees where they are asked: at entry.
  if (asked === undefined) return 'unknown';
  if (change.version !== undefined && change.version !== asked.version) return 'changed';
  if (before[change.id]?.version === asked.version) return before;
  return { ...before, [change.id]: { at: now, version: asked.version } };
}
