/** Answers that people mark: the queue, what each marker gave, and who may mark. Nobody's name stands here. */
import type { Vocabulary } from '../vocabulary.ts';

/** What a marker gave for each line of the rubric, hundredths. */
export type RubricMarks = readonly number[];

export function defineMarking(w: Vocabulary) {
  /** One answer that waits for people, written with the close of its attempt; a blank one earns nothing and is not here. */
  const essays = w.table(
    'essays',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      roundId: w.int('round_id').notNull(),
      attemptId: w.int('attempt_id').notNull(),
      /** On the paper, from 0. */
      place: w.int('place').notNull(),
      versionId: w.int('version_id').notNull(),
      /** waiting, apart (two markers differ too much: a third looks), done. */
      state: w.text('state').notNull(),
      /** Hundredths, once it is done. */
      marks: w.int('marks'),
      queuedAt: w.int('queued_at').notNull(),
      doneAt: w.int('done_at'),
    },
    (t) => [
      w.uniqueIndex('essays_uid').on(t.uid),
      w.uniqueIndex('essays_attempt').on(t.attemptId, t.place),
      w.index('essays_round').on(t.roundId, t.state, t.id),
    ],
  );
  /** One look at an answer: taken by a marker, then marked. Taken and left alone, it goes to somebody else. */
  const essayMarks = w.table(
    'essay_marks',
    {
      essayId: w.int('essay_id').notNull(),
      /** 1 and 2 mark independently; 3 looks when they are apart. */
      seat: w.int('seat').notNull(),
      markerId: w.int('marker_id').notNull(),
      takenAt: w.int('taken_at').notNull(),
      markedAt: w.int('marked_at'),
      /** Hundredths. */
      marks: w.int('marks'),
      lines: w.json('lines').$type<RubricMarks>(),
      note: w.text('note').notNull(),
    },
    (t) => [
      w.primaryKey({ columns: [t.essayId, t.seat] }),
      w.uniqueIndex('essay_marks_marker').on(t.essayId, t.markerId),
      w.index('essay_marks_of').on(t.markerId, t.markedAt),
    ],
  );
  /** Who marks for a contest, beside its organisers. */
  const contestMarkers = w.table(
    'contest_markers',
    {
      contestId: w.int('contest_id').notNull(),
      personId: w.int('person_id').notNull(),
      addedAt: w.int('added_at').notNull(),
    },
    (t) => [
      w.primaryKey({ columns: [t.contestId, t.personId] }),
      w.index('contest_markers_person').on(t.personId),
    ],
  );
  return { essays, essayMarks, contestMarkers };
}
