/** What organisers do with rosters: import, match, decide, hand out codes, drop. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { formatCode, makeCode } from '../accounts/code-rules.ts';
import { maskPhone } from '../accounts/details-rules.ts';
import type { Entries } from '../contests/entries.ts';
import { contestSubject, type WholeContest } from '../contests/store.ts';
import type { Context } from '../context.ts';
import type {
  Roster,
  RosterDecision,
  RosterImportBody,
  RosterImportReply,
  RosterList,
  RosterPage,
} from '../contracts/rosters.ts';
import type { WorkUnderway } from '../contracts/underway.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError, compile, expecting, type Statement } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { Underway } from '../platform/underway.ts';
import { readSpreadsheet } from '../units/spreadsheet.ts';
import type { Units } from '../units/units.ts';
import { CODE_USE } from './claiming.ts';
import { CODE_CHARACTERS } from './code-rules.ts';
import { planRoster, type RosterPlan } from './import-rules.ts';
import { type Matched, matchRoster } from './matching.ts';
import { presentMember, presentRoster } from './presenter.ts';
import {
  allMembers,
  droppingRoster,
  insertRoster,
  memberByNumber,
  membersPage,
  openMatches,
  type RosterRow,
  rosterByUid,
  rostersOf,
  type Show,
  sweepOrphans,
  takenCodes,
  writeMembers,
} from './store.ts';

export interface RostersContext extends Pick<Context, 'database' | 'secrets' | 'clock' | 'keys'> {
  readonly units: Pick<Units, 'byUid' | 'byId' | 'index'>;
  readonly entries: Pick<Entries, 'changed'>;
}

/** Who does it, from where. */
export interface By {
  readonly actor: string;
  readonly address: string;
}

const SHOWN_PROBLEMS = 200;
const SHOWN_LINES = 50;

export class Rosters {
  readonly #context: RostersContext;
  /** Matching, by the uid of its roster. */
  readonly #underway = new Underway();

  constructor(context: RostersContext) {
    this.#context = context;
  }

  async list({ contest }: WholeContest): Promise<RosterList> {
    const all = await rostersOf(this.#context.database, contest.id);
    return { rosters: all.map((one) => presentRoster(one, this.#context.units)) };
  }

  async import(whole: WholeContest, body: RosterImportBody, by: By): Promise<RosterImportReply> {
    const { database, units, clock } = this.#context;
    const { contest } = whole;
    const unit = body.unit === undefined || body.unit === null ? null : units.byUid(body.unit);
    if (unit === undefined) throw new AppError('notFound');
    const known = await rosterByUid(database, contest.id, body.id);
    const read = await readSpreadsheet(body.name, Buffer.from(body.dataBase64, 'base64'), 'many');
    if ('problem' in read) return replyTo(unreadable(read.problem), false, () => null);
    if (!body.dryRun && known === null) await sweepOrphans(database, contest.id);
    const isTaken = known === null ? await takenCodes(this.#context, contest.id) : () => false;
    const plan = await planRoster(read.rows, units.index, {
      now: clock.now(),
      under: unit?.id ?? null,
      isTaken,
    });
    const nameOf = (id: number | null) => (id === null ? null : (units.byId(id)?.name ?? null));
    if (body.dryRun || plan.lines.length === 0) return replyTo(plan, false, nameOf);
    if (known === null) await this.#write(whole, body, unit?.id ?? null, plan, by);
    return replyTo(plan, true, nameOf);
  }

  async #write(
    { contest }: WholeContest,
    body: RosterImportBody,
    unitId: number | null,
    { lines, balance }: RosterPlan,
    by: By,
  ): Promise<void> {
    const { database, keys, clock } = this.#context;
    const id = await keys.next('rosters');
    const members = [];
    for (const line of lines)
      members.push({
        ...line,
        id: await keys.next('rosterMembers'),
        code: line.code ?? makeCode(CODE_CHARACTERS),
      });
    await writeMembers(this.#context, { id, contestId: contest.id }, members);
    const row = {
      id,
      uid: body.id,
      contestId: contest.id,
      unitId,
      title: body.title,
      createdBy: by.actor,
      createdAt: clock.now(),
      matchedAt: null,
    };
    const details = { roster: body.id, ...balance };
    await this.#log(contest, by, { action: 'roster.imported', details }, [insertRoster(database, row)]);
  }

  async page(whole: WholeContest, uid: string, show: Show, offset: number): Promise<RosterPage> {
    const { database } = this.#context;
    const roster = await this.demand(whole, uid);
    const { members, total } = await membersPage(database, roster.id, show, offset);
    const matches = await openMatches(
      database,
      members.map(({ id }) => id),
    );
    const ids = [
      ...members.flatMap(({ personId }) => personId ?? []),
      ...matches.map(({ personId }) => personId),
    ];
    const people = await this.#people(whole.contest.id, ids);
    return {
      roster: await this.#summary(whole, roster),
      total,
      members: members.map((member) => presentMember(member, matches, people, this.#context)),
    };
  }

  async match(whole: WholeContest, uid: string, by: By): Promise<Matched> {
    const { database, clock } = this.#context;
    const roster = await this.demand(whole, uid);
    const matched = await this.#underway.run(uid, (tell) => matchRoster(database, roster, clock.now(), tell));
    await this.#log(
      whole.contest,
      by,
      { action: 'roster.matched', details: { roster: uid, ...matched } },
      [],
    );
    return matched;
  }

  /** How far the matching of a roster is. Throws `notFound`. */
  async matching(whole: WholeContest, uid: string): Promise<WorkUnderway> {
    await this.demand(whole, uid);
    return { share: this.#underway.share(uid) };
  }

  /** Throws `notFound`, and `conflict` for a member or a person who is bound already. */
  async decide(whole: WholeContest, uid: string, body: RosterDecision, by: By): Promise<void> {
    const { database } = this.#context;
    const { people, entries } = database.tables;
    const roster = await this.demand(whole, uid);
    const member = await memberByNumber(database, roster.id, body.member);
    const [person] = await database.query
      .select({ id: people.id })
      .from(people)
      .innerJoin(entries, and(eq(entries.personId, people.id), eq(entries.contestId, whole.contest.id)))
      .where(eq(people.uid, body.person));
    if (member === null || person === undefined) throw new AppError('notFound');
    const pair = { rosterId: roster.id, memberId: member.id, personId: person.id };
    const statements = this.#deciding(pair, body.deed, {
      contestId: whole.contest.id,
      unitId: member.unitId,
    });
    const details = { roster: uid, member: body.member, person: body.person };
    const deed = { confirm: 'confirmed', reject: 'rejected', release: 'released' }[body.deed];
    try {
      await this.#log(whole.contest, by, { action: `roster.${deed}`, details }, statements);
    } catch (error) {
      if (error instanceof ConflictError) throw new AppError('conflict');
      throw error;
    }
    this.#context.entries.changed(whole.contest.id, person.id);
  }

  #deciding(
    pair: { readonly rosterId: number; readonly memberId: number; readonly personId: number },
    deed: RosterDecision['deed'],
    place: { readonly contestId: number; readonly unitId: number | null },
  ): Statement[] {
    const { database } = this.#context;
    const { rosterMembers: m, rosterMatches: x, entries: e } = database.tables;
    const state = deed === 'confirm' ? 'confirmed' : 'rejected';
    const row = { ...pair, grade: 'likely', signs: '', state };
    const decided = compile(
      database.query
        .insert(x)
        .values(row)
        .onConflictDoUpdate({ target: [x.memberId, x.personId], set: { state } }),
    );
    if (deed === 'reject') return [decided];
    if (deed === 'release') {
      const bound = and(eq(m.id, pair.memberId), eq(m.personId, pair.personId));
      return [
        decided,
        expecting(1, database.query.update(m).set({ personId: null, found: null }).where(bound)),
      ];
    }
    const free = and(eq(m.id, pair.memberId), isNull(m.personId));
    const bind = expecting(
      1,
      database.query.update(m).set({ personId: pair.personId, found: 'staff' }).where(free),
    );
    // Who gave no unit gets that of the list; whoever gave one knows better.
    const entry = and(eq(e.contestId, place.contestId), eq(e.personId, pair.personId), isNull(e.unitId));
    const follow = database.query.update(e).set({ unitId: place.unitId }).where(entry);
    return [decided, bind, ...(place.unitId === null ? [] : [compile(follow)])];
  }

  async drop(whole: WholeContest, uid: string, reason: string, by: By): Promise<void> {
    const roster = await this.demand(whole, uid);
    const { members } = await this.#summary(whole, roster);
    const details = { roster: uid, title: roster.title, members };
    const statements = droppingRoster(this.#context.database, roster.id);
    await this.#log(whole.contest, by, { action: 'roster.dropped', reason, details }, statements);
  }

  /** Lines of the file to hand out: who has which code, and who has come. Logged before it is read. */
  async *lines(whole: WholeContest, uid: string, by: By): AsyncGenerator<string[][]> {
    const { database, secrets, units } = this.#context;
    const roster = await this.demand(whole, uid);
    await this.#log(whole.contest, by, { action: 'roster.exported', details: { roster: uid } }, []);
    for await (const rows of allMembers(database, roster.id))
      yield rows.map((member) => [
        String(member.number),
        member.name,
        member.birthDate?.split('-').reverse().join('/') ?? '',
        member.unitId === null ? '' : (units.byId(member.unitId)?.name ?? ''),
        shownCode(secrets.decrypt(CODE_USE, member.codeCipher)),
        member.personId === null ? 'Chưa đăng ký' : 'Đã đăng ký',
      ]);
  }

  /** Throws `notFound`. */
  async demand({ contest }: WholeContest, uid: string): Promise<RosterRow> {
    const row = await rosterByUid(this.#context.database, contest.id, uid);
    if (row === null) throw new AppError('notFound');
    return row;
  }

  async #summary({ contest }: WholeContest, roster: RosterRow): Promise<Roster> {
    const all = await rostersOf(this.#context.database, contest.id);
    const mine = all.find((one) => one.roster.id === roster.id);
    if (mine === undefined) throw new AppError('notFound');
    return presentRoster(mine, this.#context.units);
  }

  async #people(contestId: number, ids: readonly number[]) {
    const { database, secrets } = this.#context;
    const { people: p, entries: e } = database.tables;
    if (ids.length === 0) return new Map();
    const rows = await database.query
      .select({ person: p, number: e.number, unitId: e.unitId })
      .from(p)
      .leftJoin(e, and(eq(e.personId, p.id), eq(e.contestId, contestId)))
      .where(inArray(p.id, [...new Set(ids)]));
    return new Map(
      rows.map(({ person, number, unitId }) => {
        const { uid, name, birthDate, phoneCipher } = person;
        const phone = phoneCipher === null ? null : maskPhone(secrets.decrypt('phone', phoneCipher));
        return [person.id, { uid, name, birthDate, phone, number, unitId }];
      }),
    );
  }

  async #log(
    contest: WholeContest['contest'],
    by: By,
    deed: { readonly action: string; readonly reason?: string; readonly details: Record<string, unknown> },
    statements: readonly Statement[],
  ): Promise<void> {
    const entry = { ...deed, ...by, subject: contestSubject(contest) };
    await withAudit(this.#context, entry, statements);
  }
}

const shownCode = (code: string): string => (code.length === CODE_CHARACTERS ? formatCode(code) : code);

function unreadable({ vi, en }: { readonly vi: string; readonly en: string }): RosterPlan {
  const balance = { rows: 0, taken: 0, warned: 0, left: 0, empty: 0 };
  const problems = [{ row: 0, level: 'error' as const, vi, en }];
  return { lines: [], problems, understood: [], ignored: [], balance };
}

function replyTo(
  { lines, problems, understood, ignored, balance }: RosterPlan,
  applied: boolean,
  nameOf: (unit: number | null) => string | null,
): RosterImportReply {
  return {
    applied,
    understood: [...understood],
    ignored: [...ignored],
    balance,
    problems: problems.slice(0, SHOWN_PROBLEMS),
    problemCount: problems.length,
    preview: lines.slice(0, SHOWN_LINES).map(({ unitId, ...line }) => ({ ...line, unit: nameOf(unitId) })),
  };
}
