/** Reminders: previewed and sent by organisers, or of themselves where a contest says so; filled piece by piece, sent once. */
import { desc, eq } from 'drizzle-orm';
import type { OpenContest, OpenContests, OpenRound } from '../contests/open-contests.ts';
import { contestSubject } from '../contests/store.ts';
import type { Context } from '../context.ts';
import type { Audience, Letter } from '../contracts/letters.ts';
import type {
  Reminder,
  ReminderCard,
  ReminderKind,
  ReminderPreview,
  SendReminder,
} from '../contracts/reach.ts';
import type { Mail } from '../mail/mail.ts';
import { DeliveryState, type MailingRow } from '../mail/outbox.ts';
import type { Identity } from '../platform/access.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError } from '../platform/database/door.ts';
import { AppError, invalidField } from '../platform/errors.ts';
import { Limit } from '../platform/limits.ts';
import type { Units } from '../units/units.ts';
import { Audiences, channelsOf, type Wanted } from './audience.ts';
import { dueReminders, reminderLetter, reminderPath } from './template-rules.ts';

export const REMINDER = 'reminder';
const PIECE = 500;
const EVERY_MS = 30_000;
const SHOWN = 50;
/** By contest: nobody's entrants are written to all day. */
const AN_HOUR = 6;

export interface Reminding {
  readonly who: Identity;
  readonly address: string;
}

export class Reminders {
  readonly #context: Context;
  readonly #open: OpenContests;
  readonly #mail: Mail;
  readonly #audiences: Audiences;
  readonly #limit: Limit;
  #timer: NodeJS.Timeout | null = null;

  constructor(context: Context, parts: { open: OpenContests; mail: Mail; units: Units }) {
    this.#context = context;
    this.#open = parts.open;
    this.#mail = parts.mail;
    this.#audiences = new Audiences(context, parts.units);
    const factor = context.config.limitFactor;
    this.#limit = new Limit(AN_HOUR * factor, (AN_HOUR * factor) / 60);
    this.#mail.sender.fillers.set(REMINDER, (mailing) => this.fill(mailing));
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.automatic().catch((error: unknown) =>
        this.#context.log.error({ err: error }, 'reminders not begun; tried again in a moment'),
      );
    }, EVERY_MS).unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  /** What it would say, and to how many. Throws `request.invalid` for a round of another contest. */
  async preview(contest: OpenContest, reminder: Reminder): Promise<ReminderPreview> {
    const round = roundOf(contest, reminder.round);
    const { vi, en, link } = this.#letter(contest, round, reminder.kind, reminder.note);
    const counts = await this.#audiences.count(wantedOf(contest, round, reminder.kind), audienceOf(reminder));
    return { ...counts, vi, en: en ?? vi, link: link ?? '' };
  }

  /** Begins the mailing; sent again with the same id it is one. */
  async send(contest: OpenContest, body: SendReminder, { who, address }: Reminding): Promise<void> {
    const round = roundOf(contest, body.round);
    if ((await this.#byUid(body.id)) !== null) return;
    if (!this.#mail.enabled && !this.#mail.sender.couriers.has('push')) throw new AppError('unavailable');
    this.#limit.take(String(contest.id), this.#context.clock.now());
    const begin = await this.#mail.outbox.toAudience(
      {
        uid: body.id,
        purpose: REMINDER,
        contestId: contest.id,
        roundId: round.id,
        letter: this.#letter(contest, round, body.kind, body.note),
        by: who.uid,
      },
      audienceOf(body),
    );
    const { kind, units, groups, reason } = body;
    const entry = {
      ...{ actor: who.uid, action: 'reminder.sent', subject: contestSubject(contest), reason, address },
      details: { kind, round: round.uid, units: units.length, groups, mailing: body.id },
    };
    await withAudit(this.#context, entry, [begin]).catch(async (error: unknown) => {
      if (!(error instanceof ConflictError) || (await this.#byUid(body.id)) === null) throw error;
    });
  }

  /** Stops what has not gone. Throws `notFound`, `conflict` when it is over. */
  async cancel(contest: OpenContest, uid: string, { who, address }: Reminding): Promise<void> {
    const mailing = await this.#byUid(uid);
    if (mailing?.contestId !== contest.id) throw new AppError('notFound');
    if (mailing.state === 'cancelled') return;
    const entry = {
      ...{ actor: who.uid, action: 'reminder.cancelled', subject: contestSubject(contest), address },
      details: { mailing: uid },
    };
    await withAudit(this.#context, entry, this.#mail.outbox.cancelling(mailing));
  }

  async list(contest: OpenContest): Promise<ReminderCard[]> {
    const { mailings } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select()
      .from(mailings)
      .where(eq(mailings.contestId, contest.id))
      .orderBy(desc(mailings.id))
      .limit(SHOWN);
    const reminders = rows.filter(({ purpose }) => purpose === REMINDER);
    const cards: ReminderCard[] = [];
    for (const row of reminders) cards.push(await this.#card(contest, row));
    return cards;
  }

  /** Begins what is due of itself, in every contest; how many were begun. Whoever comes second finds the key taken. */
  async automatic(): Promise<number> {
    const now = this.#context.clock.now();
    let begun = 0;
    for (const contest of this.#open.contests) {
      const wanted = contest.settings.reminders;
      if (wanted === undefined || contest.state !== 'published') continue;
      for (const round of contest.rounds)
        for (const kind of dueReminders(round, wanted, now))
          if (await this.#begin(contest, round, kind)) begun += 1;
    }
    return begun;
  }

  async #begin(contest: OpenContest, round: OpenRound, kind: ReminderKind): Promise<boolean> {
    const key = `${REMINDER}/${round.uid}/${kind}`;
    const { mailings } = this.#context.database.tables;
    const known = await this.#context.database.query
      .select({ id: mailings.id })
      .from(mailings)
      .where(eq(mailings.key, key));
    if (known.length > 0) return false;
    const letter = this.#letter(contest, round, kind, '');
    const begin = await this.#mail.outbox.toAudience(
      { key, purpose: REMINDER, contestId: contest.id, roundId: round.id, letter, by: 'system' },
      { units: [], groups: [], notStarted: kind === 'closes' },
    );
    const entry = {
      ...{ actor: 'system', action: 'reminder.sent', subject: contestSubject(contest) },
      details: { kind, round: round.uid },
    };
    try {
      await withAudit(this.#context, entry, [begin]);
      return true;
    } catch (error) {
      if (error instanceof ConflictError) return false;
      throw error;
    }
  }

  /** One more piece of a mailing's deliveries. */
  async fill(mailing: MailingRow): Promise<void> {
    const { contestId, audience, roundId } = mailing;
    if (contestId === null || audience === null) return;
    const wanted = { contestId, notStartedIn: audience.notStarted ? roundId : null };
    const rows = await this.#audiences.query(wanted, mailing.cursor).limit(PIECE);
    const fits = this.#audiences.filter(audience);
    const entrants = rows.map(({ consents, hasMail, hasPush, ...row }) => ({
      ...row,
      agreed: consents.emailReminders !== undefined,
      hasMail: Number(hasMail) === 1,
      hasPush: Number(hasPush) === 1,
    }));
    const people = entrants
      .filter(fits)
      .flatMap((entrant) => channelsOf(entrant).map((channel) => ({ personId: entrant.personId, channel })));
    const cursor = entrants.at(-1)?.personId ?? mailing.cursor;
    await this.#mail.outbox.fill(mailing, people, { cursor, last: rows.length < PIECE });
  }

  #letter(contest: OpenContest, round: OpenRound, kind: ReminderKind, note: string): Letter {
    const path = reminderPath(kind, contest.slug, round.number);
    const link = new URL(path, this.#context.config.publicUrl).href;
    return reminderLetter(kind, { contest, round, note, link });
  }

  async #byUid(uid: string): Promise<MailingRow | null> {
    const { mailings } = this.#context.database.tables;
    const [row] = await this.#context.database.query.select().from(mailings).where(eq(mailings.uid, uid));
    return row ?? null;
  }

  async #card(contest: OpenContest, row: MailingRow): Promise<ReminderCard> {
    const counts = await this.#mail.outbox.counts(row.id);
    const of = (channel: string) => ({
      waiting: counts.get(`${channel}:${DeliveryState.waiting}`) ?? 0,
      sent: counts.get(`${channel}:${DeliveryState.sent}`) ?? 0,
      givenUp: counts.get(`${channel}:${DeliveryState.givenUp}`) ?? 0,
      dropped: counts.get(`${channel}:${DeliveryState.dropped}`) ?? 0,
    });
    return {
      id: row.uid,
      subject: row.letter.vi.subject,
      round: contest.rounds.find(({ id }) => id === row.roundId)?.title ?? null,
      state: stateOf(row.state),
      automatic: row.key !== null,
      createdAt: row.createdAt,
      doneAt: row.doneAt,
      mail: of('mail'),
      push: of('push'),
    };
  }
}

function stateOf(state: string): ReminderCard['state'] {
  return state === 'filling' || state === 'sending' || state === 'cancelled' ? state : 'done';
}

function roundOf(contest: OpenContest, uid: string): OpenRound {
  const round = contest.rounds.find((one) => one.uid === uid);
  if (round === undefined) throw invalidField('round', 'Không có vòng thi này.', 'There is no such round.');
  return round;
}

function audienceOf({ kind, units, groups }: Reminder): Audience {
  return { units, groups, notStarted: kind === 'closes' };
}

function wantedOf(contest: OpenContest, round: OpenRound, kind: ReminderKind): Wanted {
  return { contestId: contest.id, notStartedIn: kind === 'closes' ? round.id : null };
}
