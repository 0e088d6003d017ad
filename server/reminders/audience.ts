/** Who of a contest's entrants a mailing is for: agreed, reachable, and fitting what the organiser chose. */
import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { Audience } from '../contracts/letters.ts';
import type { Channel } from '../mail/outbox.ts';
import { EMAIL_REMINDERS } from '../privacy/consent-rules.ts';
import type { Units } from '../units/units.ts';

/** An entrant, as far as reminders look. */
export interface Entrant {
  readonly personId: number;
  readonly unitId: number | null;
  readonly group: string | null;
  readonly agreed: boolean;
  readonly hasMail: boolean;
  readonly hasPush: boolean;
}

export interface Wanted {
  readonly contestId: number;
  /** The round in which those who are meant have no attempt; null: no matter. */
  readonly notStartedIn: number | null;
}

type Row = readonly unknown[];

export class Audiences {
  readonly #database: Context['database'];
  readonly #units: Units;

  constructor({ database }: Pick<Context, 'database'>, units: Units) {
    this.#database = database;
    this.#units = units;
  }

  /** Entrants behind `after` in the order of their keys. */
  query({ contestId, notStartedIn }: Wanted, after: number) {
    const { entries: e, people: p, pushSubscriptions: s, attempts: a } = this.#database.tables;
    const none =
      notStartedIn === null
        ? undefined
        : sql`not exists (select 1 from ${a} where ${a.roundId} = ${notStartedIn} and ${a.personId} = ${e.personId})`;
    return this.#database.query
      .select({
        personId: e.personId,
        unitId: e.unitId,
        group: e.group,
        consents: e.consents,
        hasMail: sql<number>`case when ${p.emailHash} is null then 0 else 1 end`,
        hasPush: sql<number>`case when exists (select 1 from ${s} where ${s.personId} = ${e.personId}) then 1 else 0 end`,
      })
      .from(e)
      .innerJoin(p, eq(p.id, e.personId))
      .where(and(eq(e.contestId, contestId), gt(e.personId, after), isNull(p.erasedAt), none))
      .orderBy(asc(e.personId));
  }

  /** Whether somebody is meant, by unit and group; made once for a mailing. */
  filter({ units, groups }: Audience): (entrant: Pick<Entrant, 'unitId' | 'group'>) => boolean {
    const above = units.flatMap((uid) => this.#units.byUid(uid) ?? []);
    return ({ unitId, group }) => {
      if (groups.length > 0 && (group === null || !groups.includes(group))) return false;
      if (units.length === 0) return true;
      const unit = unitId === null ? undefined : this.#units.byId(unitId);
      return unit !== undefined && above.some((one) => this.#units.index.isWithin(unit, one));
    };
  }

  /** How many are meant, and how many of them by each way. Read outside the main thread. */
  async count(wanted: Wanted, audience: Audience) {
    const fits = this.filter(audience);
    const counts = { entrants: 0, mail: 0, push: 0 };
    for await (const rows of this.#database.scan(this.query(wanted, 0), { chunk: 2000 })) {
      for (const entrant of rows.map(entrantOf).filter(fits)) {
        counts.entrants += 1;
        for (const channel of channelsOf(entrant)) counts[channel] += 1;
      }
    }
    return counts;
  }
}

/** Of a row as a scan gives it: JSON is text on SQLite and a value on PostgreSQL. */
function entrantOf([personId, unitId, group, consents, hasMail, hasPush]: Row): Entrant {
  const given: unknown = typeof consents === 'string' ? JSON.parse(consents) : consents;
  return {
    personId: Number(personId),
    unitId: unitId === null ? null : Number(unitId),
    group: group === null ? null : String(group),
    agreed: Reflect.get(Object(given), EMAIL_REMINDERS) !== undefined,
    hasMail: Number(hasMail) === 1,
    hasPush: Number(hasPush) === 1,
  };
}

/** Ways by which somebody may be reached: by letter who agreed to letters here, by push who agreed in a browser. */
export function channelsOf({ agreed, hasMail, hasPush }: Entrant): Channel[] {
  return [...(agreed && hasMail ? (['mail'] as const) : []), ...(hasPush ? (['push'] as const) : [])];
}
