/** Contests, their rounds, who works on them, who entered them. */
import type { ContestSettings, RoundSettings } from '../../server/contracts/contest-settings.ts';
import type { Vocabulary } from '../vocabulary.ts';

export function defineContests(w: Vocabulary) {
  const contests = w.table(
    'contests',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      slug: w.text('slug').notNull(),
      title: w.text('title').notNull(),
      summary: w.text('summary').notNull(),
      /** Page text, in the small markup of the product. */
      page: w.text('page').notNull(),
      imageId: w.text('image_id'),
      /** draft, published, archived. */
      state: w.text('state').notNull(),
      settings: w.json('settings').$type<ContestSettings>().notNull(),
      /** Counts up with every change: writers name the version that they saw. */
      version: w.int('version').notNull(),
      createdBy: w.int('created_by'),
      createdAt: w.int('created_at').notNull(),
      publishedAt: w.int('published_at'),
    },
    (t) => [w.uniqueIndex('contests_uid').on(t.uid), w.uniqueIndex('contests_slug').on(t.slug)],
  );
  const rounds = w.table(
    'rounds',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      contestId: w.int('contest_id').notNull(),
      number: w.int('number').notNull(),
      title: w.text('title').notNull(),
      opensAt: w.int('opens_at').notNull(),
      closesAt: w.int('closes_at').notNull(),
      durationMs: w.int('duration_ms').notNull(),
      settings: w.json('settings').$type<RoundSettings>().notNull(),
      /** scheduled, settled (all attempts closed, predictions entered, ranks stored). */
      state: w.text('state').notNull(),
      settledAt: w.int('settled_at'),
      /** provisional, official, amended, as an organiser declared (`standing-rules.ts`); null: nothing was yet. */
      standing: w.text('standing'),
      /** What the prediction asked for, once the round is settled. */
      predictionTruth: w.int('prediction_truth'),
      /** Question ids that this round alone may ask, where rounds leave out what others ask; null: all that fit. */
      share: w.json('share').$type<readonly number[]>(),
      /** Results submitted after this moment are not shown while the board is frozen; null = not frozen. */
      frozenAt: w.int('frozen_at'),
      /** How far the change feed had come at the freeze: what enters it later does not show either. */
      frozenTransaction: w.int('frozen_transaction'),
      frozenSeq: w.int('frozen_seq'),
      version: w.int('version').notNull(),
    },
    (t) => [
      w.uniqueIndex('rounds_uid').on(t.uid),
      w.uniqueIndex('rounds_number').on(t.contestId, t.number),
      w.index('rounds_closes').on(t.closesAt),
    ],
  );
  const contestStaff = w.table(
    'contest_staff',
    {
      contestId: w.int('contest_id').notNull(),
      personId: w.int('person_id').notNull(),
      duty: w.text('duty').notNull(),
      addedAt: w.int('added_at').notNull(),
    },
    (t) => [
      w.primaryKey({ columns: [t.contestId, t.personId] }),
      w.index('contest_staff_person').on(t.personId),
    ],
  );
  /** What a person gave for one contest, with consent by purpose. */
  const entries = w.table(
    'entries',
    {
      contestId: w.int('contest_id').notNull(),
      personId: w.int('person_id').notNull(),
      /** Shown where names are not; in no order, so that it does not tell how many there are. */
      number: w.int('number').notNull(),
      /** The entries of a contest in the order in which they were written, without a gap, 0 for those of old; never shown. */
      sequence: w.int('sequence').notNull().default(0),
      unitId: w.int('unit_id'),
      group: w.text('group'),
      fields: w.json('fields').$type<Record<string, string>>().notNull(),
      consents: w
        .json('consents')
        .$type<Record<string, { readonly at: number; readonly version: number }>>()
        .notNull(),
      createdAt: w.int('created_at').notNull(),
      /** Keyed hashes of the device and the network that it came from: they find the same one again and tell nothing else. */
      device: w.text('device'),
      network: w.text('network'),
      /** The person whom this one turned out to be; attempts went there, and go on there. */
      mergedInto: w.int('merged_into'),
    },
    (t) => [
      w.primaryKey({ columns: [t.contestId, t.personId] }),
      w.index('entries_person').on(t.personId),
      w.uniqueIndex('entries_number').on(t.contestId, t.number),
      w.index('entries_sequence').on(t.contestId, t.sequence),
      w.index('entries_unit').on(t.contestId, t.unitId),
    ],
  );
  const media = w.table('media', {
    /** SHA-256 of the bytes, hex: the same picture is stored once. */
    id: w.text('id').primaryKey(),
    type: w.text('type').notNull(),
    /** base64. */
    bytes: w.text('bytes').notNull(),
    createdAt: w.int('created_at').notNull(),
  });
  return { contests, rounds, contestStaff, entries, media };
}
