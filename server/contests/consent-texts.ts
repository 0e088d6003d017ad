/** Every version of a text that people could agree to is kept: years later each can see the words that they agreed to. */
import type { ContestSettings } from '../contracts/contest-settings.ts';
import { compile, type Database, type Statement } from '../platform/database/door.ts';

/** Statements that keep the texts of a contest that is, or becomes, open to people. A version that is kept stays as it was. */
export function consentTexts(
  { query, tables }: Pick<Database, 'query' | 'tables'>,
  contestId: number,
  { consents }: Pick<ContestSettings, 'consents'>,
  at: number,
): readonly Statement[] {
  const rows = consents.map(({ id, version, vi, en }) => ({ contestId, consent: id, version, vi, en, at }));
  if (rows.length === 0) return [];
  return [compile(query.insert(tables.consentTexts).values(rows).onConflictDoNothing())];
}
