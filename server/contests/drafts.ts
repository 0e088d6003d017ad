/** Rows of a contest as the draft that an organiser writes, and a draft as it may be stored. */
import { cleanText, nfc } from '../../questions/vietnamese.ts';
import type { ContestDraft, RoundDraft } from '../contracts/contest-desk.ts';
import { invalidField } from '../platform/errors.ts';
import { type ContestBefore, hasOpened } from './change-rules.ts';
import type { Standing } from './checks.ts';
import { type RoundRow, stateOf, type WholeContest } from './store.ts';

export function isPublished({ contest }: WholeContest): boolean {
  return stateOf(contest) === 'published';
}

/** A draft as it would have been written. */
export function draftOf({ contest, rounds }: WholeContest): ContestDraft {
  const { title, slug, summary, page, imageId, settings } = contest;
  return { title, slug, summary, page, image: imageId, settings, rounds: rounds.map(roundDraftOf) };
}

function roundDraftOf({ uid, title, opensAt, closesAt, durationMs, settings }: RoundRow): RoundDraft {
  return { id: uid, title, opensAt, closesAt, durationMs, settings };
}

/** The same with what change rules look at. */
export function beforeOf(whole: WholeContest): ContestBefore {
  return { ...draftOf(whole), published: isPublished(whole), rounds: whole.rounds.map(roundBeforeOf) };
}

function roundBeforeOf(round: RoundRow): ContestBefore['rounds'][number] {
  const { uid, title, opensAt, closesAt, durationMs, settings, settledAt } = round;
  return { uid, title, opensAt, closesAt, durationMs, settings, settledAt };
}

/** Which rounds of the draft people take already, and what each may ask. */
export function standingOf(whole: WholeContest, draft: ContestDraft, now: number): Standing {
  const published = isPublished(whole);
  return draft.rounds.map(({ id }) => {
    const known = whole.rounds.find(({ uid }) => uid === id);
    if (known === undefined) return { opened: false, share: null };
    return { opened: hasOpened({ published }, known, now), share: known.share };
  });
}

/** Throws `request.invalid` for a round that is named twice, or is not the contest's. */
export function demandKnownRounds(before: WholeContest, draft: ContestDraft): void {
  const ids = draft.rounds.map(({ id }) => id);
  for (const [i, id] of ids.entries()) {
    if (id === null) continue;
    if (ids.indexOf(id) !== i || !before.rounds.some(({ uid }) => uid === id))
      throw invalidField(`rounds.${i}.id`, 'Không có vòng thi này.', 'There is no such round.');
  }
}

/** Text in one form, lines tidy. Throws `request.invalid` for the character 0, which PostgreSQL takes nowhere. */
export function cleanDraft(draft: ContestDraft): ContestDraft {
  const { settings } = draft;
  if (JSON.stringify(draft).includes('\\u0000'))
    throw invalidField(
      '',
      'Có ký tự không hợp lệ (mã 0).',
      'There is a character that cannot be stored (0).',
    );
  return {
    ...draft,
    title: cleanText(draft.title),
    summary: nfc(draft.summary).trim(),
    page: nfc(draft.page),
    settings: {
      ...settings,
      rules: nfc(settings.rules),
      prizes: nfc(settings.prizes),
      consents: settings.consents.map((consent) => ({
        ...consent,
        vi: nfc(consent.vi).trim(),
        en: nfc(consent.en).trim(),
      })),
    },
    rounds: draft.rounds.map((round) => ({ ...round, title: cleanText(round.title) })),
  };
}
