/**
 * What may still change after people have begun. Pure.
 *
 * A round that has opened keeps everything that its entrants were promised or measured by; only its title, and a later
 * closing, may change, and keys and explanations may be held back until the close (a leak is stopped) or, where they were
 * not to be shown at all, be shown after it. Once any round has opened the contest's address, ranking and consents stay,
 * names may only be shown less, and less may be asked of those who enter, never more. Rounds still to come are free.
 */

import type { ContestDraft } from '../contracts/contest-desk.ts';
import type { ContestSettings, RoundSettings } from '../contracts/contest-settings.ts';
import type { FieldError } from '../contracts/errors.ts';

/** A round as it stands in the database. */
export interface RoundBefore {
  readonly uid: string;
  readonly title: string;
  readonly opensAt: number;
  readonly closesAt: number;
  readonly durationMs: number;
  readonly settings: RoundSettings;
  readonly settledAt: number | null;
}

export interface ContestBefore extends Omit<ContestDraft, 'rounds'> {
  readonly published: boolean;
  readonly rounds: readonly RoundBefore[];
}

const NAMES_SHOW = { full: 2, short: 1, number: 0 } as const;
const ASKS = { no: 0, optional: 1, required: 2 } as const;

/** Whether people take, or took, this round. */
export function hasOpened(
  contest: Pick<ContestBefore, 'published'>,
  round: { readonly opensAt: number },
  now: number,
): boolean {
  return contest.published && round.opensAt <= now;
}

/** Whether changes need a reason, because people are in. */
export function hasBegun(contest: ContestBefore, now: number): boolean {
  return contest.rounds.some((round) => hasOpened(contest, round, now));
}

/** Everything in `after` that may not be changed any more, by path; empty: all of it may be saved. */
export function changeProblems(before: ContestBefore, after: ContestDraft, now: number): FieldError[] {
  if (!before.published) return [];
  const slug = before.slug === after.slug ? [] : [fixed('slug')];
  return [
    ...slug,
    ...(hasBegun(before, now) ? settingsProblems(before.settings, after.settings) : []),
    ...before.rounds.flatMap((round, place) =>
      hasOpened(before, round, now) ? openedRoundProblems(round, place, after, now) : [],
    ),
    ...after.rounds.flatMap((round, i) => newWindowProblems(before, round, i, now)),
  ];
}

function fixed(path: string): FieldError {
  return {
    path,
    vi: 'Không thể thay đổi mục này sau khi đã công bố hoặc đã mở thi.',
    en: 'This can no longer be changed after publishing or opening.',
  };
}

function settingsProblems(before: ContestSettings, after: ContestSettings): FieldError[] {
  const problems: FieldError[] = [];
  if (NAMES_SHOW[after.names] > NAMES_SHOW[before.names]) problems.push(fixed('settings.names'));
  const names = ['birthDate', 'phone', 'email', 'citizenId', 'address', 'unit', 'title', 'group'] as const;
  for (const name of names) {
    if (ASKS[after.fields[name]] > ASKS[before.fields[name]]) problems.push(fixed(`settings.fields.${name}`));
  }
  if (!same(before.consents, after.consents)) problems.push(fixed('settings.consents'));
  if (before.guests && !after.guests) problems.push(fixed('settings.guests'));
  if (before.unitRanking !== after.unitRanking) problems.push(fixed('settings.unitRanking'));
  if (before.overall !== after.overall) problems.push(fixed('settings.overall'));
  if (keepsLonger(before.retentionDays ?? null, after.retentionDays ?? null))
    problems.push(fixed('settings.retentionDays'));
  return problems;
}

/** Who entered was told how long their data are kept: that may only become shorter. */
function keepsLonger(before: number | null, after: number | null): boolean {
  return before !== null && (after === null || after > before);
}

function openedRoundProblems(
  before: RoundBefore,
  place: number,
  draft: ContestDraft,
  now: number,
): FieldError[] {
  const at = draft.rounds.findIndex(({ id }) => id === before.uid);
  const after = draft.rounds[at];
  if (after === undefined) return [fixed('rounds')];
  const path = `rounds.${at}`;
  const problems: FieldError[] = [];
  if (at !== place) problems.push(fixed(path));
  if (after.opensAt !== before.opensAt) problems.push(fixed(`${path}.opensAt`));
  if (!mayClose(before, after.closesAt, now)) problems.push(fixed(`${path}.closesAt`));
  if (after.durationMs !== before.durationMs) problems.push(fixed(`${path}.durationMs`));
  const { release, ...rest } = after.settings;
  const { release: releaseBefore, ...restBefore } = before.settings;
  for (const { path: inside } of differences(restBefore, rest))
    problems.push(fixed(`${path}.settings.${inside}`));
  for (const what of ['result', 'keys', 'explanations'] as const) {
    if (!mayRelease(what, releaseBefore[what], release[what]))
      problems.push(fixed(`${path}.settings.release.${what}`));
  }
  return problems;
}

/** Later while it is open; what has closed stays closed. */
function mayClose(before: RoundBefore, closesAt: number, now: number): boolean {
  if (closesAt === before.closesAt) return true;
  return before.settledAt === null && now < before.closesAt && closesAt > before.closesAt;
}

type When = RoundSettings['release']['keys'];

/** Holding keys back until the close stops a leak; showing after the close what was never to be shown harms nobody. */
function mayRelease(what: 'result' | 'keys' | 'explanations', before: When, after: When): boolean {
  if (before === after) return true;
  if (after !== 'close') return false;
  return before === 'never' || what !== 'result';
}

/** A round that has not begun may be moved, but not into the past. */
function newWindowProblems(
  before: ContestBefore,
  round: ContestDraft['rounds'][number],
  i: number,
  now: number,
): FieldError[] {
  const known = before.rounds.find(({ uid }) => uid === round.id);
  if (known !== undefined && (known.opensAt === round.opensAt || hasOpened(before, known, now))) return [];
  if (round.opensAt >= now) return [];
  return [
    {
      path: `rounds.${i}.opensAt`,
      vi: 'Giờ mở đã qua: vòng thi chưa mở không thể dời về trước.',
      en: 'This time has passed: a round that is to come cannot be moved into the past.',
    },
  ];
}

/** One place where two values differ, with what stood there. */
export interface Difference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Places where two JSON values differ, as deep as both are objects; lists are compared whole. */
export function differences(before: unknown, after: unknown, path = ''): Difference[] {
  if (isPlain(before) && isPlain(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) =>
      differences(before[name], after[name], path === '' ? name : `${path}.${name}`),
    );
  }
  return same(before, after) ? [] : [{ path, before, after }];
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Deep equality of JSON values; the order of an object's fields does not matter. */
export function same(a: unknown, b: unknown): boolean {
  if (isPlain(a) && isPlain(b)) return differences(a, b).length === 0;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => same(item, b[i]));
  return a === b;
}

/** What a save changes, for the audit log: rounds by number, their settings field by field. */
export function changedPaths(before: ContestBefore, after: ContestDraft): string[] {
  const { rounds: roundsBefore, published: _published, ...fieldsBefore } = before;
  const { rounds, ...fields } = after;
  const paths = differences(fieldsBefore, fields).map(({ path }) => path);
  for (const [i, round] of rounds.entries()) {
    const known = roundsBefore.find(({ uid }) => uid === round.id);
    if (known === undefined) paths.push(`rounds.${i} (+)`);
    else {
      const { id: _id, ...now } = round;
      const { uid: _uid, settledAt: _settledAt, ...then } = known;
      paths.push(...differences(then, now).map(({ path }) => `rounds.${i}.${path}`));
    }
  }
  const gone = roundsBefore.filter(({ uid }) => !rounds.some(({ id }) => id === uid));
  return [...paths, ...gone.map((round) => `rounds.${roundsBefore.indexOf(round)} (−)`)];
}
