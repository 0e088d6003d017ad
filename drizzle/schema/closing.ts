/** What comes after the last answer: snapshots of boards, prizes and who won them, certificates. Names stand in none of it. */
import type {
  CertificateDesign,
  CertificateSaying,
  CertificateSource,
} from '../../server/contracts/certificates.ts';
import type { PrizePlan, WinnerFacts, WinnerWhy } from '../../server/contracts/prizes.ts';
import type { Vocabulary } from '../vocabulary.ts';

export function defineClosing(w: Vocabulary) {
  return { ...defineSnapshots(w), ...defineWinners(w), ...defineCertificates(w) };
}

function defineSnapshots(w: Vocabulary) {
  /** A board as it was when its standing was declared; never changed afterwards. */
  const snapshots = w.table(
    'snapshots',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      contestId: w.int('contest_id').notNull(),
      /** Null: the whole contest's board. */
      roundId: w.int('round_id'),
      /** `round-<uid>` or `contest-<uid>`. */
      board: w.text('board').notNull(),
      /** From 1 for each board; below 0 until it is complete. */
      number: w.int('number').notNull(),
      /** provisional, official, amended. */
      standing: w.text('standing').notNull(),
      /** By what people were ranked. */
      order: w.json('rank_order').$type<readonly string[]>().notNull(),
      people: w.int('people').notNull(),
      units: w.int('units').notNull(),
      /** SHA-256 over its pages in their order, hex: who has a copy can show that nothing was changed. */
      fingerprint: w.text('fingerprint').notNull(),
      /** How far the change feed is in it. */
      feedTransaction: w.int('feed_transaction').notNull(),
      feedSeq: w.int('feed_seq').notNull(),
      takenAt: w.int('taken_at').notNull(),
      /** uid. */
      takenBy: w.text('taken_by').notNull(),
      reason: w.text('reason').notNull(),
      /** Null until all its pages are there: such a one counts for nothing. */
      completeAt: w.int('complete_at'),
    },
    (t) => [w.uniqueIndex('snapshots_uid').on(t.uid), w.uniqueIndex('snapshots_board').on(t.board, t.number)],
  );
  /** The ranked list and the units' figures, packed by thousands (`snapshot-packing.ts`). */
  const snapshotPages = w.table(
    'snapshot_pages',
    {
      snapshotId: w.int('snapshot_id').notNull(),
      /** people, units. */
      part: w.text('part').notNull(),
      /** From 0. */
      page: w.int('page').notNull(),
      body: w.text('body').notNull(),
    },
    (t) => [w.primaryKey({ columns: [t.snapshotId, t.part, t.page] })],
  );
  return { snapshots, snapshotPages };
}

function defineWinners(w: Vocabulary) {
  const prizePlans = w.table('prize_plans', {
    contestId: w.key('contest_id'),
    version: w.int('version').notNull(),
    plan: w.json('plan').$type<PrizePlan>().notNull(),
    changedAt: w.int('changed_at').notNull(),
  });
  /** Who may win although their duties exclude them; who may not win stands in `exclusions`. */
  const prizeAllowances = w.table(
    'prize_allowances',
    {
      contestId: w.int('contest_id').notNull(),
      personId: w.int('person_id').notNull(),
      reason: w.text('reason').notNull(),
      /** uid. */
      decidedBy: w.text('decided_by').notNull(),
      decidedAt: w.int('decided_at').notNull(),
    },
    (t) => [w.primaryKey({ columns: [t.contestId, t.personId] })],
  );
  /** The seed of a board's lots: committed to before the results are known, published with the winners. */
  const draws = w.table('draws', {
    board: w.text('board').primaryKey(),
    contestId: w.int('contest_id').notNull(),
    /** SHA-256 of the seed, hex. */
    commitment: w.text('commitment').notNull(),
    /** Encrypted until it is published with the winners. */
    seedCipher: w.text('seed_cipher').notNull(),
    committedAt: w.int('committed_at').notNull(),
  });
  /** One deciding of a board's prizes; the newest of a board counts. */
  const winnerLists = w.table(
    'winner_lists',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      contestId: w.int('contest_id').notNull(),
      board: w.text('board').notNull(),
      snapshotId: w.int('snapshot_id').notNull(),
      /** From 1 for each board. */
      number: w.int('number').notNull(),
      /** The prizes as they were when it was decided. */
      plan: w.json('plan').$type<PrizePlan>().notNull(),
      /** What was added to the seed: something that nobody could know at the commitment. */
      extra: w.text('extra').notNull(),
      /** Facts about the draw and about who was passed over, for people to check. */
      facts: w.json('facts').$type<WinnerFacts>().notNull(),
      decidedAt: w.int('decided_at').notNull(),
      /** uid. */
      decidedBy: w.text('decided_by').notNull(),
      publishedAt: w.int('published_at'),
    },
    (t) => [
      w.uniqueIndex('winner_lists_uid').on(t.uid),
      w.uniqueIndex('winner_lists_number').on(t.board, t.number),
      w.index('winner_lists_contest').on(t.contestId),
    ],
  );
  const winners = w.table(
    'winners',
    {
      id: w.key('id'),
      listId: w.int('list_id').notNull(),
      /** From 0 through the whole list. */
      position: w.int('position').notNull(),
      /** Id of the prize within the plan. */
      prize: w.text('prize').notNull(),
      /** From 1 within the prize. */
      place: w.int('place').notNull(),
      /** One of the two. */
      personId: w.int('person_id'),
      unitId: w.int('unit_id'),
      /** Of people: the unit for which they won. */
      withinUnitId: w.int('within_unit_id'),
      /** On the board; for units among those that competed. */
      rank: w.int('rank').notNull(),
      /** Of people: the attempt that counted. */
      attemptId: w.int('attempt_id'),
      /** Figures, and what put it above the next one. */
      why: w.json('why').$type<WinnerWhy>().notNull(),
    },
    (t) => [
      w.uniqueIndex('winners_position').on(t.listId, t.position),
      w.index('winners_person').on(t.personId),
    ],
  );
  return { prizePlans, prizeAllowances, draws, winnerLists, winners };
}

function defineCertificates(w: Vocabulary) {
  const certificateDesigns = w.table(
    'certificate_designs',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      contestId: w.int('contest_id').notNull(),
      version: w.int('version').notNull(),
      design: w.json('design').$type<CertificateDesign>().notNull(),
      changedAt: w.int('changed_at').notNull(),
    },
    (t) => [
      w.uniqueIndex('certificate_designs_uid').on(t.uid),
      w.index('certificate_designs_contest').on(t.contestId),
    ],
  );
  /** Certificates made together in the background. */
  const certificateBatches = w.table(
    'certificate_batches',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      contestId: w.int('contest_id').notNull(),
      /** As it was when they were ordered. */
      design: w.json('design').$type<CertificateDesign>().notNull(),
      source: w.json('source').$type<CertificateSource>().notNull(),
      /** gathering, making, done, stopped. */
      state: w.text('state').notNull(),
      total: w.int('total').notNull(),
      made: w.int('made').notNull(),
      /** When the work last moved: how others notice that it died. */
      movedAt: w.int('moved_at').notNull(),
      createdAt: w.int('created_at').notNull(),
      /** uid. */
      createdBy: w.text('created_by').notNull(),
    },
    (t) => [
      w.uniqueIndex('certificate_batches_uid').on(t.uid),
      w.index('certificate_batches_contest').on(t.contestId),
    ],
  );
  const certificates = w.table(
    'certificates',
    {
      id: w.key('id'),
      batchId: w.int('batch_id').notNull(),
      /** From 1 within the batch. */
      number: w.int('number').notNull(),
      personId: w.int('person_id'),
      unitId: w.int('unit_id'),
      /** What it says beside the name. */
      saying: w.json('saying').$type<CertificateSaying>().notNull(),
      issuedAt: w.int('issued_at').notNull(),
      /** When its file was made; null before, and after the person's data were erased. */
      madeAt: w.int('made_at'),
      revokedAt: w.int('revoked_at'),
      revokedReason: w.text('revoked_reason'),
    },
    (t) => [
      w.uniqueIndex('certificates_number').on(t.batchId, t.number),
      w.index('certificates_person').on(t.personId),
    ],
  );
  const certificateFiles = w.table('certificate_files', {
    certificateId: w.key('certificate_id'),
    /** base64 of the PDF. */
    bytes: w.text('bytes').notNull(),
  });
  return { certificateDesigns, certificateBatches, certificates, certificateFiles };
}
