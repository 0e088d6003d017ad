/** What people agreed to, shown to them with its words; given and taken back by themselves or by a letter's link. */
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { PersonalPart } from '../accounts/personal-data.ts';
import type { Entries } from '../contests/entries.ts';
import type { OpenContest, OpenContests } from '../contests/open-contests.ts';
import type { Context } from '../context.ts';
import type { ChangeConsent, ConsentList } from '../contracts/privacy.ts';
import { ConflictError, compile, expecting, type Statement, type Tables } from '../platform/database/door.ts';
import { AppError, invalidField } from '../platform/errors.ts';
import { changedConsents, EMAIL_REMINDERS, type Given, ownConsents, type Refused } from './consent-rules.ts';
import { erasureDue } from './retention-rules.ts';

type EntryRow = Tables['entries']['$inferSelect'];
export type Via = 'account' | 'letter' | 'browser';

const TRIES = 5;

export class Consents {
  readonly #context: Context;
  readonly #open: OpenContests;
  readonly #entries: Entries;

  constructor(context: Context, open: OpenContests, entries: Entries) {
    this.#context = context;
    this.#open = open;
    this.#entries = entries;
  }

  get #t(): Tables {
    return this.#context.database.tables;
  }

  get #query() {
    return this.#context.database.query;
  }

  async list(personId: number): Promise<ConsentList> {
    const { people, entries, consentTexts, consentChanges } = this.#t;
    const [[person], rows, changes] = await Promise.all([
      this.#query.select({ consents: people.consents }).from(people).where(eq(people.id, personId)),
      this.#query
        .select()
        .from(entries)
        .where(eq(entries.personId, personId))
        .orderBy(desc(entries.createdAt)),
      this.#query
        .select()
        .from(consentChanges)
        .where(eq(consentChanges.personId, personId))
        .orderBy(desc(consentChanges.id))
        .limit(200),
    ]);
    const ids = rows.map(({ contestId }) => contestId);
    const texts =
      ids.length === 0
        ? []
        : await this.#query.select().from(consentTexts).where(inArray(consentTexts.contestId, ids));
    const of = (row: EntryRow, contest: OpenContest): ConsentList['contests'][number] => ({
      id: contest.uid,
      slug: contest.slug,
      title: contest.title,
      enteredAt: row.createdAt,
      erasedAt: erasureDue(contest),
      consents: ownConsents(
        contest.settings,
        row.consents,
        texts.filter(({ contestId }) => contestId === row.contestId),
      ),
    });
    return {
      account: person?.consents?.account ?? null,
      contests: rows.flatMap((row) => {
        const contest = this.#open.contestById(row.contestId);
        return contest === null ? [] : [of(row, contest)];
      }),
      changes: changes.map(({ at, contestId, consent, version, given, via }) => ({
        at,
        contest: contestId === null ? null : (this.#open.contestById(contestId)?.title ?? null),
        id: consent,
        version,
        given,
        via: via === 'letter' || via === 'browser' ? via : 'account',
      })),
    };
  }

  /** Throws `notFound` for a contest that was not entered, `request.invalid` for what cannot be chosen. */
  async choose(personId: number, { contest: uid, ...change }: ChangeConsent): Promise<ConsentList> {
    const contest = this.#open.contestByUid(uid);
    if (contest === null) throw new AppError('notFound');
    const refused = await this.#change(contest, personId, change, 'account');
    if (refused === 'unknown')
      throw invalidField('id', 'Cuộc thi không hỏi mục này.', 'The contest does not ask this.');
    if (refused === 'required')
      throw invalidField(
        'id',
        'Mục này cần có để dự thi. Muốn rút, xin xóa dữ liệu của bạn.',
        'Taking part needs this one. To take it back, erase your data.',
      );
    if (refused === 'changed')
      throw invalidField(
        'version',
        'Nội dung này vừa được sửa, xin đọc lại.',
        'This text has just been changed; please read it again.',
      );
    return this.list(personId);
  }

  /** By a letter's link: what the contest is called, or null where the entry is gone. */
  async chooseLetters(personId: number, contestId: number, wanted: boolean): Promise<string | null> {
    const contest = this.#open.contestById(contestId);
    if (contest === null) return null;
    const refused = await this.#change(
      contest,
      personId,
      { id: EMAIL_REMINDERS, given: wanted },
      'letter',
    ).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'notFound') return 'gone' as const;
      throw error;
    });
    return refused === 'gone' ? null : contest.title;
  }

  /** Read, decided, written where nothing changed meanwhile; somebody else's change means deciding again. */
  async #change(
    contest: OpenContest,
    personId: number,
    change: Omit<ChangeConsent, 'contest'>,
    via: Via,
  ): Promise<Refused | null> {
    for (let tried = 1; ; tried += 1) {
      const before = await this.#entry(contest.id, personId);
      const now = this.#context.clock.now();
      const after = changedConsents(contest.settings, before, change, now);
      if (typeof after === 'string') return after;
      if (after === before) return null;
      try {
        await this.#write(contest.id, personId, {
          before,
          after,
          id: change.id,
          given: change.given,
          via,
          now,
        });
        return null;
      } catch (error) {
        if (!(error instanceof ConflictError) || tried === TRIES) throw error;
      }
    }
  }

  async #entry(contestId: number, personId: number): Promise<Given> {
    const { entries } = this.#t;
    const [row] = await this.#query
      .select({ consents: entries.consents })
      .from(entries)
      .where(and(eq(entries.contestId, contestId), eq(entries.personId, personId)));
    if (row === undefined) throw new AppError('notFound');
    return row.consents;
  }

  async #write(
    contestId: number,
    personId: number,
    write: {
      readonly before: Given;
      readonly after: Given;
      readonly id: string;
      readonly given: boolean;
      readonly via: Via;
      readonly now: number;
    },
  ): Promise<void> {
    const { entries, consentChanges } = this.#t;
    const { before, after, id, given, via, now } = write;
    const version = (given ? after : before)[id]?.version ?? 0;
    const update = this.#query
      .update(entries)
      .set({ consents: { ...after } })
      .where(
        and(
          eq(entries.contestId, contestId),
          eq(entries.personId, personId),
          eq(entries.consents, { ...before }),
        ),
      );
    const note = {
      id: await this.#context.keys.next('consent_changes'),
      ...{ personId, contestId, consent: id, version, given, via, at: now },
    };
    await this.#context.database.atomic([
      expecting(1, update),
      this.#query.insert(consentChanges).values(note),
    ]);
    this.#entries.changed(contestId, personId);
  }

  /** Notes a choice that is kept elsewhere (pushes in one browser). */
  async noting(personId: number, consent: string, version: number, given: boolean): Promise<Statement> {
    const { consentChanges } = this.#t;
    const id = await this.#context.keys.next('consent_changes');
    const at = this.#context.clock.now();
    const row = { id, personId, contestId: null, consent, version, given, via: 'browser', at };
    return compile(this.#query.insert(consentChanges).values(row));
  }

  /** Where reminders of a contest go: to entrants who agreed and have an address. */
  async reminderAddress(
    personId: number,
    contestId: number,
    addressOf: (personId: number) => Promise<string | null>,
  ): Promise<string | null> {
    const given = await this.#entry(contestId, personId).catch(() => null);
    return given?.[EMAIL_REMINDERS] === undefined ? null : addressOf(personId);
  }
}

/** The part of personal data that is kept about choices: rows without a name, which stay as proof of them. */
export function consentsPart({ database }: Pick<Context, 'database'>): PersonalPart {
  const { consentChanges: t } = database.tables;
  return {
    name: 'consentChanges',
    collect: (personId) =>
      database.query
        .select({ consent: t.consent, version: t.version, given: t.given, via: t.via, at: t.at })
        .from(t)
        .where(eq(t.personId, personId)),
    erase: () => [],
  };
}
