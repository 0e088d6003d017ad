/** Entering a contest, with an account or as its guest. The same person twice is one entry. */
import { eq } from 'drizzle-orm';
import type { FastifyRequest } from 'fastify';
import { type Accounts, type Caller, callerOf, deviceOf } from '../accounts/accounts.ts';
import { maskEmail, maskPhone } from '../accounts/details-rules.ts';
import { guestByKey, type PreparedGuest, prepareGuest } from '../accounts/guests.ts';
import { type PersonRow, personById, personColumns } from '../accounts/people-store.ts';
import type { EnterContest, Entry, EntryReply } from '../contracts/entering.ts';
import type { Identity } from '../platform/access.ts';
import { ConflictError, expecting, type Statement } from '../platform/database/door.ts';
import { AppError, invalidField } from '../platform/errors.ts';
import { networkOf } from '../platform/limits.ts';
import { type Claim, claimMember } from '../rosters/claiming.ts';
import { isAlive } from '../units/unit-index.ts';
import { CodeTries } from './code-tries.ts';
import type { ContestParts } from './contests.ts';
import type { EntryRow } from './entries.ts';
import { type EntryReading, groupOf, type KnownPerson, readEntry } from './entry-rules.ts';
import type { OpenContest } from './open-contests.ts';
import { lastClosing } from './state-rules.ts';
import { askedBy, askingForUnit } from './unit-requests.ts';

/** A reply, and the cookies of a guest who is signed in by it. */
export interface Entered {
  readonly reply: EntryReply;
  readonly cookies: readonly string[];
}

/** By what is wrong with a roster's code. */
const WRONG_CODES = {
  unknown: ['Không có mã này trong danh sách của cuộc thi.', 'No list of this contest has this code.'],
  other: [
    'Mã này của người có họ tên hoặc ngày sinh khác. Xin ghi đúng như trong danh sách.',
    'This code belongs to another name or date of birth. Please write yours as the list has it.',
  ],
  taken: [
    'Mã này đã có người dùng. Xin liên hệ ban tổ chức.',
    'Somebody has used this code. Please ask the organisers.',
  ],
} as const;

type LetIn = Pick<PreparedGuest, 'personId' | 'access' | 'signedIn'>;

export class Entering {
  readonly #parts: ContestParts;
  readonly #accounts: Accounts;
  readonly #codeTries = new CodeTries();

  constructor(parts: ContestParts, accounts: Accounts) {
    this.#parts = parts;
    this.#accounts = accounts;
  }

  /** One's own entry, and what the form need not ask. */
  async own(contest: OpenContest, who: Identity | null, now: number): Promise<EntryReply> {
    if (who === null) return { entry: null, known: null, rounds: [], guest: null };
    const [person, row] = await Promise.all([
      personById(this.#parts.context, who.personId),
      this.#parts.entries.of(contest.id, who.personId),
    ]);
    if (person === null) return { entry: null, known: null, rounds: [], guest: null };
    return {
      entry: row === null ? null : await this.#presentEntry(row, person),
      known: this.#presentKnown(person, now),
      rounds: row === null ? [] : await this.#bars(contest, row, now),
      guest: null,
    };
  }

  /** Throws `round.notOpen` once all rounds have closed, `auth.required` where no guests are let in, `request.invalid`. */
  async enter(
    contest: OpenContest,
    who: Identity | null,
    body: EnterContest,
    request: FastifyRequest,
    now: number,
  ): Promise<Entered> {
    if (who === null && !contest.settings.guests) throw new AppError('auth.required');
    if (who !== null && (await this.#parts.entries.of(contest.id, who.personId)) !== null)
      return (
        (await this.#toldAgain(contest, who, body, request, now)) ?? {
          reply: await this.own(contest, who, now),
          cookies: [],
        }
      );
    // Somebody whom another contest let in without an account has none here either.
    if (who?.guest === true && !contest.settings.guests) throw new AppError('auth.required');
    if (contest.rounds.length === 0 || now >= lastClosing(contest.rounds))
      throw new AppError('round.notOpen');
    if (who === null) return this.#enterGuest(contest, body, request, now);
    await this.#enterPerson(contest, who, body, request, now);
    return { reply: await this.own(contest, who, now), cookies: [] };
  }

  async #enterPerson(
    contest: OpenContest,
    who: Identity,
    body: EnterContest,
    request: FastifyRequest,
    now: number,
  ): Promise<void> {
    const { context, entries } = this.#parts;
    const person = await personById(context, who.personId);
    if (person === null) throw new AppError('auth.required');
    const claim = await this.#claim(contest, body, person, request.ip, now);
    const known = knownOf(person, this.#inForce(person.unitId, now));
    const reading = readEntry(
      contest.settings,
      body,
      known,
      claim?.unitId ?? this.#unitId(body.unit, now),
      now,
    );
    const { people } = context.database.tables;
    const columns = {
      ...personColumns(context, reading.details),
      ...(person.unitId === null && reading.unitId !== null ? { unitId: reading.unitId } : {}),
      ...(person.group === null && reading.group !== null ? { group: reading.group } : {}),
    };
    const updates =
      Object.keys(columns).length === 0
        ? []
        : [expecting(1, context.database.query.update(people).set(columns).where(eq(people.id, person.id)))];
    const traces = this.#traces(request, deviceOf(this.#accounts, request)?.id ?? null);
    const statements = await entries.entering({
      ...entryOf(contest, who.personId, reading),
      ...traces,
      createdAt: now,
    });
    const more = this.#beside(contest, who.personId, reading, claim, now);
    try {
      await context.database.atomic([...updates, ...statements, ...more]);
    } catch (error) {
      const winner = error instanceof ConflictError ? await entries.of(contest.id, who.personId) : null;
      if (winner === null) throw error;
    }
  }

  async #enterGuest(
    contest: OpenContest,
    body: EnterContest,
    request: FastifyRequest,
    now: number,
  ): Promise<Entered> {
    this.#accounts.limits.registering.take(networkOf(request.ip), now);
    const caller = await callerOf(this.#accounts, request);
    const again = await this.#guestAgain(contest, caller, body.key);
    if (again !== null) return this.#welcomeGuest(contest, again, now);
    const claim = await this.#claim(contest, body, null, request.ip, now);
    const reading = readEntry(
      contest.settings,
      body,
      null,
      claim?.unitId ?? this.#unitId(body.unit, now),
      now,
    );
    const guest = await prepareGuest(this.#accounts, caller, {
      contestId: contest.id,
      details: reading.details,
      unitId: reading.unitId,
      group: reading.group,
      remember: true,
      key: body.key,
    });
    const traces = this.#traces(request, guest.device);
    const entry = { ...entryOf(contest, guest.personId, reading), ...traces, createdAt: now };
    const more = this.#beside(contest, guest.personId, reading, claim, now);
    const { context, entries } = this.#parts;
    const entering = await entries.entering(entry);
    try {
      await context.database.atomic([...guest.statements, ...entering, ...more]);
    } catch (error) {
      const winner =
        error instanceof ConflictError ? await this.#guestAgain(contest, caller, body.key) : null;
      if (winner === null) throw error;
      return this.#welcomeGuest(contest, winner, now);
    }
    guest.told();
    return this.#welcomeGuest(contest, guest, now);
  }

  /** The member whose code was typed; null when none was. Throws `request.invalid` at the code, `request.tooMany`. */
  async #claim(
    contest: OpenContest,
    body: EnterContest,
    person: PersonRow | null,
    address: string,
    now: number,
  ): Promise<Claim | null> {
    const code = body.rosterCode?.trim() ?? '';
    if (code === '') return null;
    const typer = { scope: contest.id, personId: person?.id ?? null, network: networkOf(address) };
    this.#codeTries.demandRoom(typer, now);
    const who = {
      id: person?.id ?? null,
      name: person?.name ?? body.name ?? '',
      birthDate: person?.birthDate ?? body.birthDate ?? null,
    };
    const claimed = await claimMember(this.#parts.context, contest.id, code, who);
    if (typeof claimed !== 'string') return claimed;
    this.#codeTries.wrong(typer, now);
    const [vi, en] = WRONG_CODES[claimed];
    throw invalidField('rosterCode', vi, en);
  }

  /** What is written beside the entry: a unit that staff must find, a member who has come. */
  #beside(
    contest: OpenContest,
    personId: number,
    { unitAsked }: EntryReading,
    claim: Claim | null,
    now: number,
  ): Statement[] {
    const { context } = this.#parts;
    const asking =
      unitAsked === null
        ? []
        : [askingForUnit(context, { contestId: contest.id, personId, text: unitAsked, now })];
    return [...asking, ...(claim === null ? [] : [claim.binding(personId)])];
  }

  /** Keyed hashes: they find the same device and network again, and tell nothing else. */
  #traces(request: FastifyRequest, device: string | null) {
    const { secrets } = this.#parts.context;
    return {
      device: device === null ? null : secrets.hash('entryDevice', device),
      network: secrets.hash('entryNetwork', networkOf(request.ip)),
    };
  }

  async #guestAgain(contest: OpenContest, caller: Caller, key: string | undefined): Promise<LetIn | null> {
    return key === undefined ? null : guestByKey(this.#accounts, caller, contest.id, key);
  }

  /** A guest whose phone got the cookies of the first reply and not its text has not seen the code yet. */
  async #toldAgain(
    contest: OpenContest,
    who: Identity,
    body: EnterContest,
    request: FastifyRequest,
    now: number,
  ): Promise<Entered | null> {
    if (!who.guest || body.key === undefined) return null;
    this.#accounts.limits.registering.take(networkOf(request.ip), now);
    const caller = await callerOf(this.#accounts, request);
    const again = await this.#guestAgain(contest, caller, body.key);
    return again?.personId === who.personId ? this.#welcomeGuest(contest, again, now) : null;
  }

  async #welcomeGuest(contest: OpenContest, guest: LetIn, now: number): Promise<Entered> {
    const { context, entries } = this.#parts;
    const [person, row] = await Promise.all([
      personById(context, guest.personId),
      entries.of(contest.id, guest.personId),
    ]);
    if (person === null || row === null) throw new AppError('unavailable');
    return {
      reply: {
        entry: await this.#presentEntry(row, person),
        known: this.#presentKnown(person, now),
        rounds: await this.#bars(contest, row, now),
        guest: { code: guest.access.code, link: this.#personalLink(contest, guest.access.linkToken) },
      },
      cookies: guest.signedIn.cookies,
    };
  }

  /** What stands behind "#" never reaches a server's log. */
  #personalLink({ slug }: OpenContest, token: string): string {
    return new URL(`/cuoc-thi/${slug}#ma=${token}`, this.#parts.context.config.publicUrl).href;
  }

  #unitId(uid: string | undefined, now: number): number | null {
    const chosen = uid === undefined ? undefined : this.#parts.units.byUid(uid);
    // A poster may be older than a merger.
    const unit = chosen === undefined ? undefined : this.#parts.units.index.inForce(chosen, now);
    return unit !== undefined && isAlive(unit, now) ? unit.id : null;
  }

  /** The unit that goes on in place of one that ended. */
  #inForce(id: number | null, now: number): number | null {
    const unit = id === null ? undefined : this.#parts.units.byId(id);
    return unit === undefined ? null : (this.#parts.units.index.inForce(unit, now)?.id ?? null);
  }

  #bars(contest: OpenContest, row: EntryRow, now: number): Promise<EntryReply['rounds']> {
    return Promise.all(
      contest.rounds.map(async (round) => ({
        id: round.uid,
        bars: await this.#parts.rounds.bars(round, row, now),
      })),
    );
  }

  async #presentEntry(row: EntryRow, person: PersonRow): Promise<Entry> {
    return {
      number: row.number,
      enteredAt: row.createdAt,
      name: person.name,
      unit: this.#presentUnit(row.unitId),
      unitAsked: await askedBy(this.#parts.context, row),
      group: groupOf(row.group),
      consents: Object.entries(row.consents).map(([id, { at, version }]) => ({ id, at, version })),
    };
  }

  #presentUnit(id: number | null): Entry['unit'] {
    const unit = id === null ? undefined : this.#parts.units.byId(id);
    return unit === undefined ? null : { id: unit.uid, name: unit.name };
  }

  /** To oneself, and yet partly hidden: a phone lies open on a table. */
  #presentKnown(person: PersonRow, now: number): EntryReply['known'] {
    const { secrets } = this.#parts.context;
    const { phoneCipher, emailCipher } = person;
    return {
      name: person.name,
      birthDate: person.birthDate,
      phone: phoneCipher === null ? null : maskPhone(secrets.decrypt('phone', phoneCipher)),
      email: emailCipher === null ? null : maskEmail(secrets.decrypt('email', emailCipher)),
      citizenId: person.citizenLast,
      address: person.address,
      title: person.title,
      group: groupOf(person.group),
      unit: this.#presentUnit(this.#inForce(person.unitId, now)),
    };
  }
}

function knownOf(person: PersonRow, unitId: number | null): KnownPerson {
  const { birthDate, address, title, group } = person;
  return {
    birthDate,
    address,
    title,
    group,
    unitId,
    hasPhone: person.phoneHash !== null,
    hasEmail: person.emailHash !== null,
    hasCitizenId: person.citizenHash !== null,
  };
}

function entryOf(
  { id }: OpenContest,
  personId: number,
  { unitId, group, consents, fields }: ReturnType<typeof readEntry>,
) {
  return { contestId: id, personId, unitId, group, fields, consents };
}
