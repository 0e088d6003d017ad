/** A contest as its editor holds it: what is written, compared with what is saved. Pure. */
import type { ContestDraft, DeskContest, RoundDraft } from '../../api/desk-contests.ts';

/** Before anything has been fetched. */
export const emptyDraft: ContestDraft = {
  title: '',
  slug: '',
  summary: '',
  page: '',
  image: null,
  settings: {
    names: 'short',
    fields: {
      birthDate: 'no',
      phone: 'no',
      email: 'no',
      citizenId: 'no',
      address: 'no',
      unit: 'no',
      title: 'no',
      group: 'no',
    },
    consents: [],
    guests: false,
    unitRanking: 'entrants',
    overall: true,
    rules: '',
    prizes: '',
  },
  rounds: [],
};

/** What an organiser may write of a saved contest, as a copy of its own. */
export function draftOf(contest: DeskContest): ContestDraft {
  const { title, slug, summary, page, image, settings } = contest;
  const rounds = contest.rounds.map(({ id, title, opensAt, closesAt, durationMs, settings }): RoundDraft => {
    return { id, title, opensAt, closesAt, durationMs, settings };
  });
  return copied({ title, slug, summary, page, image, settings, rounds });
}

/** Stands for NaN in the text between: JSON would make null of a box that holds no number yet. */
const NOT_A_NUMBER = '\u0000NaN';

/**
 * A copy that shares nothing, also of what Svelte watches; for values of JSON and NaN alone. (`$state.snapshot` brings
 * `structuredClone` along, which the oldest browser meant has not.)
 */
export function copied<Value>(value: Value): Value {
  const text = JSON.stringify(value, (_, inner) => (Number.isNaN(inner) ? NOT_A_NUMBER : inner));
  return JSON.parse(text, (_, inner) => (inner === NOT_A_NUMBER ? Number.NaN : inner));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Equal as JSON, whatever the order of fields. */
export function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isRecord(a) || !isRecord(b)) return Object.is(a, b);
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => name in b && same(a[name], b[name]));
}

/** Paths at which two drafts differ ("rounds.0.closesAt"), lists compared whole except the rounds. */
export function differences(a: unknown, b: unknown, path = ''): string[] {
  const inside = (name: string): string => (path === '' ? name : `${path}.${name}`);
  if (isRecord(a) && isRecord(b)) {
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return names.flatMap((name) => differences(a[name], b[name], inside(name)));
  }
  if (path === 'rounds' && Array.isArray(a) && Array.isArray(b)) {
    const places = Array.from({ length: Math.max(a.length, b.length) }, (_, index) => index);
    return places.flatMap((index) => differences(a[index], b[index], inside(String(index))));
  }
  return same(a, b) ? [] : [path];
}

/** Paths of numbers that are none: a box that holds something unreadable. */
export function gaps(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isNaN(value) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    gaps(inner, path === '' ? name : `${path}.${name}`),
  );
}

/** One more round after the last: as long as that one, right behind it. */
export function nextRound(rounds: readonly RoundDraft[], title: string): RoundDraft | null {
  const last = rounds[rounds.length - 1];
  if (last === undefined) return null;
  const { closesAt, opensAt, durationMs } = last;
  return {
    id: null,
    title,
    opensAt: closesAt,
    closesAt: closesAt + (closesAt - opensAt),
    durationMs,
    settings: copied(last.settings),
  };
}
