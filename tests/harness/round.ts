/** A round for tests of attempts, without the contests feature: thirty questions of all kinds, one cell, settings as given. */
import type { Json } from '../../questions/question.ts';
import { Attempts } from '../../server/attempts/attempts.ts';
import { type Pool, preparePool } from '../../server/attempts/draw-rules.ts';
import { PostgresJournal } from '../../server/attempts/journal-postgres.ts';
import { SqliteJournal } from '../../server/attempts/journal-sqlite.ts';
import { Outages } from '../../server/attempts/outages.ts';
import type { RoundInForce, Rounds } from '../../server/attempts/rounds.ts';
import { Sweeper } from '../../server/attempts/sweeper.ts';
import type { RoundSettings } from '../../server/contracts/contest-settings.ts';
import { LocalAnnouncer } from '../../server/platform/announcer.ts';
import { MovableClock } from '../../server/platform/clock.ts';
import type { Database } from '../../server/platform/database/door.ts';
import { Keys } from '../../server/platform/database/keys.ts';
import { createLog } from '../../server/platform/log.ts';
import { Secrets } from '../../server/platform/secrets.ts';

export const OPENS = Date.UTC(2022, 7, 1, 2, 0, 0);
export const GRACE_MS = 3000;

export const settings: RoundSettings = {
  attemptsAllowed: 3,
  attemptsPer: 'round',
  counting: 'best',
  blueprint: {
    cells: [{ banks: ['bank'], topics: [], kinds: [], difficulties: [], count: 10 }],
    shuffleQuestions: true,
    shuffleOptions: true,
    leaveOutEarlierRounds: false,
    leaveOutSeen: false,
    approvedOnly: true,
  },
  prediction: { target: 'allRight', scope: 'round' },
  order: ['marks', 'prediction', 'time', 'submitted'],
  release: { result: 'submit', keys: 'close', explanations: 'close' },
  layout: 'one',
  entry: { units: [], groups: [], minAge: null, maxAge: null, code: null },
};

interface Sample {
  readonly kind: string;
  readonly prompt: Json & { readonly stem: string };
  readonly key: Json;
}

/** The i-th question: kinds take turns. */
export function sampleQuestion(i: number): Sample {
  const stem = `Câu hỏi ${i}`;
  const samples: readonly Sample[] = [
    {
      kind: 'choice',
      prompt: { stem, options: ['a', 'b', 'c', 'd'].map((o) => `${o}${i}`), multiple: false },
      key: { right: [i % 4] },
    },
    {
      kind: 'choice',
      prompt: { stem, options: ['a', 'b', 'c', 'd'].map((o) => `${o}${i}`), multiple: true },
      key: { right: [0, 2] },
    },
    { kind: 'trueFalse', prompt: { stem }, key: { right: i % 2 === 0 } },
    { kind: 'shortText', prompt: { stem }, key: { accept: ['Hà Nội'], accents: false, case: false } },
    { kind: 'numeric', prompt: { stem, unit: '' }, key: { value: i, tolerance: 0 } },
  ];
  const sample = samples[i % samples.length];
  if (sample === undefined) throw new RangeError('no sample');
  return sample;
}

export interface TestRound {
  readonly attempts: Attempts;
  readonly sweeper: Sweeper;
  readonly clock: MovableClock;
  readonly round: RoundInForce;
  readonly database: Database;
  /** Another node, or the same one after a restart: everything is read from rows again. */
  again(): Promise<TestRound>;
}

const SECRET = 'test secret of more than thirty-two characters';

export async function openRound(
  database: Database,
  more: Partial<RoundInForce> = {},
  clock = new MovableClock(OPENS),
): Promise<TestRound> {
  const { questionVersions, questionKeys } = database.tables;
  const ids = Array.from({ length: 30 }, (_, i) => i + 1);
  const versions = ids.map((id) => {
    const { kind, prompt } = sampleQuestion(id);
    return {
      id,
      questionId: id,
      version: 1,
      kind,
      prompt,
      topic: 't',
      difficulty: 1,
      tags: [],
      points: 100,
      folded: 'c',
      likeness: `l${id}`,
      createdAt: 0,
    };
  });
  const keys = ids.map((id) => ({
    versionId: id,
    key: sampleQuestion(id).key,
    explanation: `Giải thích ${id}`,
    citation: null,
  }));
  await database.atomic([
    database.query.insert(questionVersions).values(versions),
    database.query.insert(questionKeys).values(keys),
  ]);
  return nodeOf(database, more, clock);
}

async function nodeOf(
  database: Database,
  more: Partial<RoundInForce>,
  clock: MovableClock,
): Promise<TestRound> {
  const announcer = new LocalAnnouncer();
  const context = {
    database,
    keys: new Keys(database),
    secrets: new Secrets(SECRET),
    announcer,
    clock,
    log: createLog('silent'),
    config: { graceMs: GRACE_MS },
  };
  const round: RoundInForce = {
    id: 1,
    uid: 'round-1',
    contestId: 1,
    contest: { uid: 'contest-1', slug: 'cuoc-thi', title: 'Cuộc thi' },
    number: 1,
    title: 'Vòng 1',
    opensAt: OPENS,
    closesAt: OPENS + 7 * 86_400_000,
    durationMs: 15 * 60_000,
    settings,
    settledAt: null,
    standing: null,
    ...more,
  };
  const journal =
    database.dialect === 'sqlite'
      ? await SqliteJournal.load(database)
      : new PostgresJournal(database, announcer);
  const outages = new Outages(context);
  await outages.load();
  const attempts = new Attempts(context, roundsOf(round), journal, outages);
  return {
    attempts,
    sweeper: new Sweeper(context, attempts),
    clock,
    round,
    database,
    again: () => nodeOf(database, more, clock),
  };
}

export function roundsOf(round: RoundInForce): Rounds {
  const pool: Pool = preparePool(
    Array.from({ length: 30 }, (_, i) => {
      const { kind, prompt } = sampleQuestion(i + 1);
      const options =
        typeof prompt === 'object' && 'options' in prompt && Array.isArray(prompt.options)
          ? prompt.options.length
          : 0;
      return {
        questionId: i + 1,
        versionId: i + 1,
        bank: 'bank',
        topic: 't',
        kind,
        difficulty: 1 as const,
        options,
      };
    }),
  );
  return {
    byUid: (uid) => (uid === round.uid ? round : null),
    byId: (id) => (id === round.id ? round : null),
    all: () => [round],
    ofContest: () => [round],
    admit: async () => ({ unitId: 7 }),
    pool: async () => pool,
    isOrganiser: async () => false,
  };
}
