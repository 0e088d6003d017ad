/** One entrant belongs to another unit from now on; results keep the unit of their time. Each move is logged with its reason. */
import { and, eq, inArray } from 'drizzle-orm';
import { readAuditPage } from '../accounts/audit-reading.ts';
import type { Entries } from '../contests/entries.ts';
import { type ContestRow, contestSubject } from '../contests/store.ts';
import type { Context } from '../context.ts';
import type { MovesReply } from '../contracts/officers.ts';
import { entrantByUid } from '../fairness/people.ts';
import { withAudit } from '../platform/audit.ts';
import { expecting } from '../platform/database/door.ts';
import { invalidField } from '../platform/errors.ts';
import type { Unit } from '../units/unit-index.ts';
import type { Units } from '../units/units.ts';

const ACTION = 'entry.moved';
const PAGE = 100;

interface Move {
  /** uid */
  readonly person: string;
  /** Null: of no unit. */
  readonly unit: Unit | null;
  readonly reason: string;
}

/** Throws `request.invalid` for somebody who did not enter. */
export async function moveEntrant(
  context: Context & { readonly entries: Pick<Entries, 'changed'> },
  contest: ContestRow,
  { person, unit, reason }: Move,
  by: { readonly actor: string; readonly address: string },
): Promise<void> {
  const { database } = context;
  const personId = await entrantByUid(context, contest.id, person);
  if (personId === undefined)
    throw invalidField(
      'person',
      'Người này chưa đăng ký cuộc thi này.',
      'This person has not entered this contest.',
    );
  const { entries: e, units: u } = database.tables;
  const mine = and(eq(e.contestId, contest.id), eq(e.personId, personId));
  const [before] = await database.query
    .select({ uid: u.uid })
    .from(e)
    .innerJoin(u, eq(u.id, e.unitId))
    .where(mine);
  const update = database.query
    .update(e)
    .set({ unitId: unit?.id ?? null })
    .where(mine);
  const details = { person, from: before?.uid ?? null, unit: unit?.uid ?? null };
  const entry = { ...by, action: ACTION, subject: contestSubject(contest), reason, details };
  await withAudit(context, entry, [expecting(1, update)]);
  context.entries.changed(contest.id, personId);
}

/** Out of the log, with the names of today; older than `before`, a number of the log, where that is said. */
export async function movesOf(
  { database }: Pick<Context, 'database'>,
  units: Pick<Units, 'byUid'>,
  contest: ContestRow,
  before?: number,
): Promise<MovesReply> {
  const about = { subject: contestSubject(contest), action: ACTION };
  const { entries, total, older } = await readAuditPage({ database }, about, { before, limit: PAGE });
  const moves = entries.map(({ details, ...line }) => ({ ...line, details: details ?? {} }));
  const uids = [...new Set(moves.map(({ details }) => String(details.person)))];
  const { people: p } = database.tables;
  const rows =
    uids.length === 0
      ? []
      : await database.query.select({ uid: p.uid, name: p.name }).from(p).where(inArray(p.uid, uids));
  const names = new Map(rows.map(({ uid, name }) => [uid, name]));
  const unitName = (uid: unknown): string | null =>
    typeof uid === 'string' ? (units.byUid(uid)?.name ?? null) : null;
  return {
    ...{ total, older },
    moves: moves.map(({ at, actorName, reason, details }) => ({
      ...{ at, by: actorName, reason },
      person: names.get(String(details.person)) || null,
      from: unitName(details.from),
      to: unitName(details.unit),
    })),
  };
}
