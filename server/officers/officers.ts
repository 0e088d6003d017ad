/** An officer's view: only of units that they answer for and those below them, whatever is asked for. */
import { and, eq } from 'drizzle-orm';
import type { Accounts } from '../accounts/accounts.ts';
import { maskPhone } from '../accounts/details-rules.ts';
import { personByUid } from '../accounts/people-store.ts';
import { grantRole, revokeRole } from '../accounts/roles.ts';
import type { OpenContest, OpenContests } from '../contests/open-contests.ts';
import { presentList } from '../contests/presenter.ts';
import type { MissingReply, OfficerHome, OfficersReply, UnitStanding } from '../contracts/officers.ts';
import type { Boards } from '../leaderboards/boards.ts';
import type { Identity } from '../platform/access.ts';
import { appendAudit, withAudit } from '../platform/audit.ts';
import { compile } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import type { Unit } from '../units/unit-index.ts';
import { Figures } from './figures.ts';
import {
  BY_ADMIN,
  type MissingMember,
  missingMembers,
  namingsOf,
  officersOf,
  unitsOfOfficer,
} from './store.ts';

const PAGE = 100;

export interface OfficersParts {
  readonly accounts: Accounts;
  readonly open: OpenContests;
  readonly boards: Pick<Boards, 'get'>;
}

/** Who says who answers for a unit, why and from where. */
interface Appointing {
  readonly actor: Identity;
  readonly reason: string;
  readonly address: string;
}

export class Officers {
  readonly #parts: OfficersParts;
  readonly #figures: Figures;

  constructor(parts: OfficersParts) {
    this.#parts = parts;
    this.#figures = new Figures(parts.accounts.context, parts.accounts.units, parts.boards);
  }

  get #context() {
    return this.#parts.accounts.context;
  }

  get #index() {
    return this.#parts.accounts.units.index;
  }

  async home(who: Identity): Promise<OfficerHome> {
    const { database, clock } = this.#context;
    const [namings, seenIn] = await Promise.all([
      namingsOf(database, who.personId),
      unitsOfOfficer(database, who.personId),
    ]);
    const unitsOf = (ids: readonly number[]): Unit[] =>
      [...new Set(ids)].flatMap((id) => this.#index.byId(id) ?? []);
    const { now, soon, past } = presentList(this.#parts.open.contests, clock.now());
    const contests = [...now, ...soon, ...past].map(({ id, slug, title, phase, opensAt, closesAt }) => {
      const contest = this.#parts.open.contestByUid(id);
      const units = contest === null ? [] : unitsOf(seenIn(contest.id)).map(({ uid }) => uid);
      return { id, slug, title, phase, opensAt, closesAt, units };
    });
    return {
      units: unitsOf(namings.map(({ unitId }) => unitId)).map((unit) => this.#unitRef(unit)),
      contests: contests.filter(({ units }) => units.length > 0),
    };
  }

  /** Throws `notFound` for a contest that is not there and for a unit that is not theirs: the two look alike. */
  async standing(who: Identity, contestUid: string, unitUid: string): Promise<UnitStanding> {
    const { contest, unit } = await this.#theirs(who, contestUid, unitUid);
    const { headcount } = unit;
    const figures = await this.#figures.of(contest, unit);
    return { at: this.#context.clock.now(), unit: this.#unitRef(unit), headcount, ...figures };
  }

  async missing(who: Identity, contestUid: string, unitUid: string, offset: number): Promise<MissingReply> {
    const { contest, unit } = await this.#theirs(who, contestUid, unitUid);
    const people: MissingMember[] = [];
    let total = 0;
    for await (const rows of this.#missing(contest, unit)) {
      const from = Math.max(0, offset - total);
      people.push(...rows.slice(from, from + PAGE - people.length));
      total += rows.length;
    }
    return { total, people: people.map((member) => ({ ...member, unit: this.#nameOf(member) })) };
  }

  /** Lines of the file; that it was taken along is logged before anything is read. */
  async *missingLines(
    who: Identity,
    contestUid: string,
    unitUid: string,
    address: string,
  ): AsyncGenerator<string[][]> {
    const { contest, unit } = await this.#theirs(who, contestUid, unitUid);
    const entry = { actor: who.uid, action: 'officer.exported', subject: `unit:${unit.uid}`, address };
    await appendAudit(this.#context, { ...entry, details: { contest: contest.uid } });
    let number = 0;
    for await (const rows of this.#missing(contest, unit))
      yield rows.map((member) => [
        String(++number),
        member.name,
        member.birthDate?.split('-').reverse().join('/') ?? '',
        this.#nameOf(member),
        member.registered ? 'Đã đăng ký, chưa thi' : 'Chưa đăng ký',
      ]);
  }

  /** Throws `notFound`; for the file's name and title before it is streamed. */
  async title(who: Identity, contestUid: string, unitUid: string): Promise<string> {
    const { contest, unit } = await this.#theirs(who, contestUid, unitUid);
    return `${contest.title}: chưa dự thi, ${unit.name}`;
  }

  #missing(contest: OpenContest, unit: Unit): AsyncGenerator<MissingMember[]> {
    const units = new Set(this.#index.within(unit).map(({ id }) => id));
    const rounds = contest.rounds.map(({ id }) => id);
    return missingMembers(this.#context.database, contest.id, rounds, units);
  }

  async #theirs(who: Identity, contestUid: string, unitUid: string) {
    const contest = this.#parts.open.contestByUid(contestUid);
    const unit = this.#index.byUid(unitUid);
    const seenIn = await unitsOfOfficer(this.#context.database, who.personId);
    const isTheirs =
      contest !== null &&
      unit !== undefined &&
      seenIn(contest.id).some((id) => {
        const above = this.#index.byId(id);
        return above !== undefined && this.#index.isWithin(unit, above);
      });
    if (contest === null || unit === undefined || !(isTheirs || who.roles.has('admin')))
      throw new AppError('notFound');
    return { contest, unit };
  }

  #nameOf({ unitId }: MissingMember): string {
    return this.#index.byId(unitId)?.name ?? '';
  }

  #unitRef(unit: Unit): OfficerHome['units'][number] {
    return { id: unit.uid, name: unit.name, path: this.#index.ancestors(unit).map(({ name }) => name) };
  }

  /* --------------------------------------------------------------- staff */

  /** Each officer once; `mine` are those whom who asks may take off. */
  async list(who: Identity, unitUid: string): Promise<OfficersReply> {
    const unit = this.#demandUnit(unitUid);
    const { secrets, database } = this.#context;
    const rows = Map.groupBy(await officersOf(database, unit.id), ({ person }) => person.id);
    return {
      officers: [...rows.values()].flatMap((namings) => {
        const [first] = namings;
        if (first === undefined) return [];
        const { person, addedAt } = first;
        const { phoneCipher } = person;
        const phone = phoneCipher === null ? null : maskPhone(secrets.decrypt('phone', phoneCipher));
        const mine = who.roles.has('admin') || namings.some(({ namedBy }) => namedBy === who.personId);
        return [{ person: person.uid, name: person.name, phone, addedAt, mine }];
      }),
    };
  }

  /** Twice is once. Who had no role before signs in again. Throws `notFound`. */
  async add({ actor, reason, address }: Appointing, unitUid: string, personUid: string): Promise<void> {
    const unit = this.#demandUnit(unitUid);
    const person = await personByUid(this.#context, personUid);
    if (person === null || person.guest) throw new AppError('notFound');
    const { database, clock } = this.#context;
    const namedBy = actor.roles.has('admin') ? BY_ADMIN : actor.personId;
    const known = await namingsOf(database, person.id);
    if (known.some((naming) => naming.unitId === unit.id && naming.namedBy === namedBy)) return;
    await grantRole(this.#parts.accounts, { actor, reason, address }, person, 'officer');
    const row = { unitId: unit.id, personId: person.id, namedBy, addedAt: clock.now() };
    const insert = database.query.insert(database.tables.unitOfficers).values(row).onConflictDoNothing();
    const entry = { actor: actor.uid, action: 'officer.added', subject: `unit:${unit.uid}`, reason };
    await withAudit(this.#context, { ...entry, address, details: { person: personUid } }, [compile(insert)]);
  }

  /** Organisers take back their own word, admins everybody's; with the last unit the role goes too. Throws `notFound`, `auth.forbidden`. */
  async remove({ actor, reason, address }: Appointing, unitUid: string, personUid: string): Promise<void> {
    const unit = this.#demandUnit(unitUid);
    const person = await personByUid(this.#context, personUid);
    if (person === null) throw new AppError('notFound');
    const { database } = this.#context;
    const { unitOfficers: o } = database.tables;
    const isAdmin = actor.roles.has('admin');
    const here = (await namingsOf(database, person.id)).filter(({ unitId }) => unitId === unit.id);
    if (here.length === 0) return;
    if (!isAdmin && here.every(({ namedBy }) => namedBy !== actor.personId))
      throw new AppError('auth.forbidden');
    const theirs = and(
      eq(o.unitId, unit.id),
      eq(o.personId, person.id),
      isAdmin ? undefined : eq(o.namedBy, actor.personId),
    );
    const entry = { actor: actor.uid, action: 'officer.removed', subject: `unit:${unit.uid}`, reason };
    await withAudit(this.#context, { ...entry, address, details: { person: personUid } }, [
      compile(database.query.delete(o).where(theirs)),
    ]);
    if ((await namingsOf(database, person.id)).length === 0)
      await revokeRole(this.#parts.accounts, { actor, reason, address }, person, 'officer');
  }

  #demandUnit(uid: string): Unit {
    const unit = this.#index.byUid(uid);
    if (unit === undefined) throw new AppError('notFound');
    return unit;
  }
}
