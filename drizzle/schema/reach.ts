/** Reaching people, and what they agreed to: letters and pushes on their way, subscriptions, consents, retention, breaches. */
import { sql } from 'drizzle-orm';
import type { Audience, Letter, LetterFile } from '../../server/contracts/letters.ts';
import type { Vocabulary } from '../vocabulary.ts';

export function defineReach(w: Vocabulary) {
  /** One text for many people, or for a few addresses. Its deliveries are made in pieces, resumably (`cursor`). */
  const mailings = w.table(
    'mailings',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      /** What is sent of itself has a natural key, so that it is sent once; null: somebody asked for it. */
      key: w.text('key'),
      /** reminder, report, …: what people unsubscribe from. */
      purpose: w.text('purpose').notNull(),
      contestId: w.int('contest_id'),
      roundId: w.int('round_id'),
      /** Whom it is for; null: its deliveries were written with it. */
      audience: w.json('audience').$type<Audience>(),
      letter: w.json('letter').$type<Letter>().notNull(),
      files: w.json('files').$type<readonly LetterFile[]>(),
      /** filling, sending, done, cancelled. */
      state: w.text('state').notNull(),
      /** The last person id that was looked at. */
      cursor: w.int('cursor').notNull(),
      /** uid, or "system". */
      createdBy: w.text('created_by').notNull(),
      createdAt: w.int('created_at').notNull(),
      doneAt: w.int('done_at'),
    },
    (t) => [
      w.uniqueIndex('mailings_uid').on(t.uid),
      w.uniqueIndex('mailings_key').on(t.key),
      w.index('mailings_contest').on(t.contestId),
      w.index('mailings_state').on(t.state),
    ],
  );
  /** One letter or push to one person or address. Addresses of people are read when it is sent: erasing them is enough. */
  const deliveries = w.table(
    'deliveries',
    {
      id: w.key('id'),
      mailingId: w.int('mailing_id').notNull(),
      /** mail, push. */
      channel: w.text('channel').notNull(),
      personId: w.int('person_id'),
      /** Of somebody without an account here, e.g. who gets a report. */
      addressCipher: w.text('address_cipher'),
      addressHash: w.text('address_hash'),
      /** 1 waiting, 2 sent, 3 given up, 4 dropped (erased, unsubscribed, cancelled). */
      state: w.int('state').notNull(),
      tries: w.int('tries').notNull(),
      /** While it waits: not before. Whoever takes it moves this on, so that nobody else does. */
      nextAt: w.int('next_at').notNull(),
      endedAt: w.int('ended_at'),
      /** A short code; never an address. */
      problem: w.text('problem'),
    },
    (t) => [
      w.uniqueIndex('deliveries_person').on(t.mailingId, t.channel, t.personId),
      w.uniqueIndex('deliveries_address').on(t.mailingId, t.addressHash),
      w.index('deliveries_due').on(t.nextAt).where(sql`${t.state} = 1`),
      w.index('deliveries_states').on(t.mailingId, t.state),
      w.index('deliveries_of').on(t.personId),
    ],
  );
  /** Addresses that want no more letters of a purpose: keyed hashes. */
  const mailRefusals = w.table(
    'mail_refusals',
    {
      addressHash: w.text('address_hash').notNull(),
      purpose: w.text('purpose').notNull(),
      at: w.int('at').notNull(),
    },
    (t) => [w.primaryKey({ columns: [t.addressHash, t.purpose] })],
  );
  /** Browsers that take pushes, each for the person who agreed there. */
  const pushSubscriptions = w.table(
    'push_subscriptions',
    {
      id: w.key('id'),
      personId: w.int('person_id').notNull(),
      /** Of the endpoint: the same browser again is the same row. */
      endpointHash: w.text('endpoint_hash').notNull(),
      /** Endpoint and keys: who has them can push to that browser. */
      subscriptionCipher: w.text('subscription_cipher').notNull(),
      /** vi, en. */
      locale: w.text('locale').notNull(),
      device: w.text('device'),
      createdAt: w.int('created_at').notNull(),
    },
    (t) => [
      w.uniqueIndex('push_subscriptions_endpoint').on(t.endpointHash),
      w.index('push_subscriptions_person').on(t.personId),
    ],
  );
  /** Every version of a text that people could agree to, as it was published. */
  const consentTexts = w.table(
    'consent_texts',
    {
      contestId: w.int('contest_id').notNull(),
      /** As in the contest's settings. */
      consent: w.text('consent').notNull(),
      version: w.int('version').notNull(),
      vi: w.text('vi').notNull(),
      en: w.text('en').notNull(),
      at: w.int('at').notNull(),
    },
    (t) => [w.primaryKey({ columns: [t.contestId, t.consent, t.version] })],
  );
  /** What was agreed to or taken back after the entry; append-only. Names nobody but by key. */
  const consentChanges = w.table(
    'consent_changes',
    {
      id: w.key('id'),
      personId: w.int('person_id').notNull(),
      /** Null: for the whole product (pushes). */
      contestId: w.int('contest_id'),
      consent: w.text('consent').notNull(),
      version: w.int('version').notNull(),
      given: w.bool('given').notNull(),
      /** Where: account, letter, browser. */
      via: w.text('via').notNull(),
      at: w.int('at').notNull(),
    },
    (t) => [w.index('consent_changes_person').on(t.personId)],
  );
  /** Personal fields of a contest that are erased because their time is over: a job in pieces, once. */
  const retentionRuns = w.table('retention_runs', {
    contestId: w.key('contest_id'),
    /** What the contest had announced. */
    days: w.int('days').notNull(),
    dueAt: w.int('due_at').notNull(),
    startedAt: w.int('started_at').notNull(),
    /** The last person id that was looked at. */
    cursor: w.int('cursor').notNull(),
    entries: w.int('entries').notNull(),
    guests: w.int('guests').notNull(),
    doneAt: w.int('done_at'),
  });
  /** The register of breaches of personal data that the law asks for. Describes, never contains, the data. */
  const breaches = w.table(
    'breaches',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      title: w.text('title').notNull(),
      happenedAt: w.int('happened_at').notNull(),
      foundAt: w.int('found_at').notNull(),
      /** What happened, which kinds of data, why, what was done. */
      what: w.text('what').notNull(),
      data: w.text('data').notNull(),
      cause: w.text('cause').notNull(),
      measures: w.text('measures').notNull(),
      /** People concerned; null: not known yet. */
      people: w.int('people'),
      /** When the authority and the people were told; null: not yet. */
      authorityToldAt: w.int('authority_told_at'),
      peopleToldAt: w.int('people_told_at'),
      closedAt: w.int('closed_at'),
      version: w.int('version').notNull(),
      createdBy: w.text('created_by').notNull(),
      createdAt: w.int('created_at').notNull(),
    },
    (t) => [w.uniqueIndex('breaches_uid').on(t.uid)],
  );
  return {
    mailings,
    deliveries,
    mailRefusals,
    pushSubscriptions,
    consentTexts,
    consentChanges,
    retentionRuns,
    breaches,
  };
}
