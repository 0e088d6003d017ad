/** Who works on which bank: asked at every door of the bank desk, changed by its owners. */
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { fold } from '../../questions/vietnamese.ts';
import type { Context } from '../context.ts';
import type { BankDuty, BankPerson, BankRights } from '../contracts/banks.ts';
import type { Identity, Role } from '../platform/access.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError, expecting, type Statement, type Writable } from '../platform/database/door.ts';
import { AppError, invalidField } from '../platform/errors.ts';
import { dutyOf, NO_RIGHTS, ROLE_OF_DUTY, rightsIn } from './staff-rules.ts';
import type { BankRow } from './store.ts';

type StaffContext = Pick<Context, 'database' | 'secrets' | 'clock'>;
type Asking = Pick<Identity, 'roles' | 'personId'>;

/** Who changes the list, for the log. */
export interface StaffAuthor {
  readonly actor: string;
  readonly address: string;
  readonly at: number;
}

/** Candidates that are offered at a time. */
const OFFERED = 20;
/** Editors and reviewers of an installation; more than any has. */
const MOST_STAFF = 1000;

export class BankStaff {
  readonly #context: StaffContext;

  constructor(context: StaffContext) {
    this.#context = context;
  }

  async rights({ roles, personId }: Asking, bankId: number): Promise<BankRights> {
    const { bankStaff: t } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select({ personId: t.personId, duty: t.duty })
      .from(t)
      .where(eq(t.bankId, bankId));
    const own = rows.filter((row) => row.personId === personId).map(({ duty }) => dutyOf(duty));
    return rightsIn(roles, rows.length === 0, new Set(own));
  }

  /** Throws `auth.forbidden`. */
  async demand(who: Asking, bankId: number, right: keyof BankRights): Promise<BankRights> {
    const rights = await this.rights(who, bankId);
    if (!rights[right]) throw new AppError('auth.forbidden');
    return rights;
  }

  /** Rights in all banks at once: of banks with people and, under null, of those without. */
  async allRights({ roles, personId }: Asking): Promise<(bankId: number) => BankRights> {
    const { bankStaff: t } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select({ bankId: t.bankId, personId: t.personId, duty: t.duty })
      .from(t);
    const staffed = new Set(rows.map((row) => row.bankId));
    const duties = new Map<number, Set<BankDuty>>();
    for (const row of rows.filter((one) => one.personId === personId))
      duties.set(row.bankId, (duties.get(row.bankId) ?? new Set()).add(dutyOf(row.duty)));
    return (bankId) =>
      roles.size === 0
        ? NO_RIGHTS
        : rightsIn(roles, !staffed.has(bankId), duties.get(bankId) ?? new Set<BankDuty>());
  }

  /** In the order in which they came; somebody with several duties stands here once. */
  async list(bankId: number): Promise<readonly BankPerson[]> {
    const { bankStaff: t, people } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select({ id: people.uid, name: people.name, duty: t.duty })
      .from(t)
      .innerJoin(people, eq(people.id, t.personId))
      .where(eq(t.bankId, bankId))
      .orderBy(asc(t.addedAt), asc(t.personId));
    const found = new Map<string, BankPerson>();
    for (const { id, name, duty } of rows) {
      const before = found.get(id);
      found.set(id, { id, name, duties: [...(before?.duties ?? []), dutyOf(duty)] });
    }
    return [...found.values()];
  }

  /** People who may be given a duty: those with the role, by name. */
  async candidates(q: string): Promise<readonly Omit<BankPerson, 'duties'>[]> {
    const { people, roles } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .selectDistinct({ id: people.uid, name: people.name, folded: people.folded, sortKey: people.sortKey })
      .from(roles)
      .innerJoin(people, eq(people.id, roles.personId))
      .where(and(inArray(roles.role, ['editor', 'reviewer', 'admin']), isNull(people.erasedAt)))
      .orderBy(asc(people.sortKey))
      .limit(MOST_STAFF);
    const word = ` ${fold(q.trim())}`;
    return rows
      .filter(({ folded }) => ` ${folded}`.includes(word))
      .slice(0, OFFERED)
      .map(({ id, name }) => ({ id, name }));
  }

  /** People who may approve in a bank: its reviewers, and every reviewer where it is the house's. */
  async reviewers(
    bankId: number,
  ): Promise<readonly { readonly personId: number; readonly id: string; readonly name: string }[]> {
    const { people, roles, bankStaff: t } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select({ personId: people.id, id: people.uid, name: people.name, role: roles.role })
      .from(roles)
      .innerJoin(people, eq(people.id, roles.personId))
      .where(and(inArray(roles.role, ['editor', 'reviewer', 'admin']), isNull(people.erasedAt)))
      .orderBy(asc(people.sortKey))
      .limit(MOST_STAFF);
    const staff = await this.#context.database.query
      .select({ personId: t.personId, duty: t.duty })
      .from(t)
      .where(eq(t.bankId, bankId));
    const held = Map.groupBy(rows, ({ personId }) => personId);
    return [...held.values()].flatMap(([first, ...others]) => {
      if (first === undefined) return [];
      const { personId, id, name } = first;
      const own = new Set([first, ...others].map(({ role }) => roleOf(role)));
      const duties = staff.filter((row) => row.personId === personId).map(({ duty }) => dutyOf(duty));
      return rightsIn(own, staff.length === 0, new Set(duties)).approve ? [{ personId, id, name }] : [];
    });
  }

  /** Giving it twice is once. Throws `notFound`, and `request.invalid` for somebody without the role that the duty needs. */
  async add(bank: BankRow, personUid: string, duty: BankDuty, author: StaffAuthor): Promise<void> {
    const { database } = this.#context;
    const { bankStaff, people, roles } = database.tables;
    const rows = await database.query
      .select({ id: people.id, role: roles.role, erasedAt: people.erasedAt })
      .from(people)
      .leftJoin(roles, eq(roles.personId, people.id))
      .where(eq(people.uid, personUid));
    const [person] = rows;
    if (person === undefined || person.erasedAt !== null) throw new AppError('notFound');
    const held = rows.map(({ role }) => role);
    if (!held.includes(ROLE_OF_DUTY[duty]) && !held.includes('admin'))
      throw invalidField(
        'person',
        'Người này chưa được quản trị viên giao vai trò tương ứng.',
        'An admin has not given this person the role that the duty needs.',
      );
    const row = { bankId: bank.id, personId: person.id, duty, addedAt: author.at };
    if ((await this.#duties(bank.id, person.id)).includes(duty)) return;
    const insert = database.query.insert(bankStaff).values(row).onConflictDoNothing();
    await this.#log(bank, author, 'bank.personAdded', { person: personUid, duty }, [insert]);
  }

  /** Taking it twice is once; a bank with people keeps an owner. Throws `banks.lastOwner`. */
  async remove(bank: BankRow, personUid: string, duty: BankDuty, author: StaffAuthor): Promise<void> {
    const { database } = this.#context;
    const { bankStaff: t, people } = database.tables;
    const [person] = await database.query
      .select({ id: people.id })
      .from(people)
      .where(eq(people.uid, personUid));
    if (person === undefined || !(await this.#duties(bank.id, person.id)).includes(duty)) return;
    const another = sql`(${t.duty} <> 'owner' or exists (select 1 from ${t} other where other.bank_id = ${bank.id} and other.duty = 'owner' and other.person_id <> ${person.id}))`;
    const theirs = and(eq(t.bankId, bank.id), eq(t.personId, person.id), eq(t.duty, duty), another);
    try {
      await this.#log(bank, author, 'bank.personRemoved', { person: personUid, duty }, [
        expecting(1, database.query.delete(t).where(theirs)),
      ]);
    } catch (error) {
      throw error instanceof ConflictError ? new AppError('banks.lastOwner') : error;
    }
  }

  async #duties(bankId: number, personId: number): Promise<readonly BankDuty[]> {
    const { bankStaff: t } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select({ duty: t.duty })
      .from(t)
      .where(and(eq(t.bankId, bankId), eq(t.personId, personId)));
    return rows.map(({ duty }) => dutyOf(duty));
  }

  async #log(
    bank: BankRow,
    { actor, address }: StaffAuthor,
    action: string,
    details: Readonly<Record<string, string>>,
    statements: readonly (Writable | Statement)[],
  ): Promise<void> {
    await withAudit(
      this.#context,
      { actor, address, action, subject: `bank:${bank.uid}`, details },
      statements,
    );
  }
}

function roleOf(text: string): Role {
  return text === 'admin' || text === 'reviewer' || text === 'editor' ? text : 'organiser';
}
