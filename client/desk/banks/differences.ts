/** What differs between two versions of a question, part by part down to single texts and values. */
import type { JsonValue } from '../../api/desk-banks.ts';

export interface Difference {
  /** "prompt", "key", "topic" … */
  readonly part: string;
  /** Place inside the part, e.g. "options.2"; empty: the whole part. */
  readonly at: string;
  /** As text; "—" where there is nothing. */
  readonly from: string;
  readonly to: string;
}

const PARTS = [
  'kind',
  'prompt',
  'key',
  'explanation',
  'citation',
  'topic',
  'difficulty',
  'tags',
  'points',
] as const;
type Compared = { readonly [Part in (typeof PARTS)[number]]: JsonValue };

export function differences(before: Compared, after: Compared): readonly Difference[] {
  return PARTS.flatMap((part) => {
    const [from, to] = [leaves(before[part]), leaves(after[part])];
    const places = [...new Set([...from.keys(), ...to.keys()])];
    return places
      .filter((at) => from.get(at) !== to.get(at))
      .map((at) => ({ part, at, from: from.get(at) ?? '—', to: to.get(at) ?? '—' }));
  });
}

/** Place → text of every single value. */
function leaves(value: JsonValue, at = ''): ReadonlyMap<string, string> {
  if (value === null || value === '') return new Map();
  if (typeof value !== 'object') return new Map([[at, String(value)]]);
  const inner = Object.entries(value).flatMap(([name, one]) => [
    ...leaves(one, at === '' ? placeName(value, name) : `${at}.${placeName(value, name)}`),
  ]);
  return new Map(inner);
}

/** Lists are counted from 1, as people do. */
function placeName(of: object, name: string): string {
  return Array.isArray(of) ? String(Number(name) + 1) : name;
}
