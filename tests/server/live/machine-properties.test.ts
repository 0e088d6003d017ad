import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begin, evolve } from '../../../server/live/machine/evolve.ts';
import { isIn } from '../../../server/live/machine/seats.ts';
import { standingsOf } from '../../../server/live/machine/standings.ts';
import { currentAsking } from '../../../server/live/machine/state.ts';
import { wakeAt } from '../../../server/live/machine/timing.ts';
import { hostView, meView, playerView, screenView } from '../../../server/live/machine/view.ts';
import { choice, EXPLANATION, Play, planned, roster } from './sessions.ts';

/**
 * Twenty thousand random commands, of hosts and of the room, in any order and at any time: the rules of the machine hold
 * after each of them, and the log tells the same story again.
 */
const RUNS = 200;
const COMMANDS = 100;
const PLAYERS = 6;

interface Act {
  readonly what: (typeof WHATS)[number];
  readonly player: number;
  readonly ms: number;
  readonly right: boolean;
  readonly stale: boolean;
  readonly other: boolean;
}

const many = <const What extends string>(count: number, what: What): readonly What[] =>
  new Array<What>(count).fill(what);

/** What is said often is what leads somewhere. */
const WHATS = [
  ...many(24, 'next'),
  ...many(24, 'answer'),
  ...many(16, 'grade'),
  ...many(6, 'reveal'),
  ...many(6, 'due'),
  ...many(4, 'takeControl'),
  ...many(4, 'resume'),
  ...many(4, 'comeBack'),
  ...many(3, 'rescue'),
  ...([
    'handOver',
    'lock',
    'unlock',
    'hideNames',
    'start',
    'closeEarly',
    'skip',
    'skipStage',
    'undo',
  ] as const),
  ...(['pause', 'extend', 'void', 'show', 'showBoard', 'hideBoard', 'podium', 'adjust', 'seat'] as const),
  ...(['rename', 'interrupt', 'allAnswered', 'hostGone', 'hostBack', 'join', 'remove', 'again'] as const),
] as const;

const act = fc.record({
  what: fc.constantFrom(...WHATS),
  player: fc.integer({ min: 1, max: PLAYERS + 2 }),
  ms: fc.integer({ min: 0, max: 25_000 }),
  right: fc.boolean(),
  stale: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  other: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});

const items = (count: number, from: number) => Array.from({ length: count }, (_, i) => choice(from + i));

function fresh(): Play {
  const final = { question: '01900000-0000-7000-8000-000000000009', seconds: null, points: null };
  return new Play(
    [
      planned('quiz', { reveal: 'host', streak: 50 }, items(4, 1)),
      planned('poll'),
      planned('bell', { bestFrom: 2, final, rescues: 2 }, [...items(8, 10), { ...choice(30), final: true }]),
      planned('pause'),
      planned('quiz', { scoring: 'rank', board: 'end', readSeconds: 0 }, items(3, 40)),
    ],
    PLAYERS,
  );
}

/** Commands that went through, so that one can be said again. */
type Said = { readonly do: string; readonly id: string };

function perform(play: Play, said: Said[], one: Act): void {
  const { what, player, ms, right } = one;
  play.now += ms;
  const asking = currentAsking(play.state);
  switch (what) {
    case 'answer':
      // As the door does: only who is in, only while it is open.
      if (play.state.step.phase === 'asked' && asking !== null && isIn(play.state, player))
        play.answer(player, right ? play.right : play.wrong);
      return;
    case 'grade':
      if (play.state.step.phase === 'closed') play.grade();
      return;
    case 'due':
    case 'comeBack':
      play.room({ do: what });
      return;
    case 'interrupt':
    case 'allAnswered':
      play.room({ do: what, asking: asking?.id ?? 1, from: play.now - ms } as never);
      return;
    case 'hostGone':
    case 'hostBack':
      play.room({ do: what, client: 'client-one' });
      return;
    case 'join':
      play.players = Math.min(PLAYERS + 2, play.players + 1);
      return;
    case 'again':
      sayAgain(play, said[player]);
      return;
    default:
      say(play, said, one);
  }
}

function sayAgain(play: Play, before: Said | undefined): void {
  const { version, commands } = play.state;
  // Only the newest commands are remembered: older ones are refused as stale by then.
  if (before === undefined || !commands.some(({ id }) => id === before.id)) return;
  expect(play.say(before as never)).toHaveProperty('done');
  expect(play.state.version).toBe(version);
}

function say(play: Play, said: Said[], { what, player, ms, right, stale, other }: Act): void {
  const id = `press-${play.log.length}-${said.length}`;
  const who = other ? { client: 'client-two', person: 'host-2' } : {};
  const seen = stale ? play.state.stepVersion - 1 : play.state.version;
  const asking = currentAsking(play.state)?.id ?? 1;
  const more = { player, in: right, points: ms - 12_000, seconds: 5, hidden: right, to: 'client-two' };
  const command = { do: what, id, seen, asking, name: 'Tên', ...more, ...who };
  const decision = play.say(command as never);
  if ('events' in decision && decision.events.length > 0 && said.length < 50) said.push(command);
}

/** The rules, looked at from outside and the slow way. */
function check(play: Play): void {
  const { state, log } = play;
  expect(log.at(-1)?.version).toBe(state.version);
  expect(log.length).toBe(state.version);
  const open = state.askings.filter(({ closedAt }) => closedAt === null);
  expect(open.length).toBeLessThanOrEqual(1);
  if (open[0] !== undefined) expect(state.step).toMatchObject({ phase: 'asked', asking: open[0].id });
  if (state.step.phase === 'asked') expect(open.length).toBe(1);
  if (state.step.phase === 'asked' || state.step.phase === 'closed' || state.step.phase === 'graded')
    expect(currentAsking(state)?.voided).toBeNull();
  if (state.step.phase === 'revealed') expect(currentAsking(state)?.solution).not.toBeNull();
  if (state.pause !== null) expect(state.step.phase).toBe('asked');
  expect(state.control).not.toBeNull();
  checkPoints(play);
  checkSecrets(play);
}

function checkPoints({ state, players }: Play): void {
  const expected = new Map<number, number>();
  const add = (player: number, points: number): void => {
    expected.set(player, (expected.get(player) ?? 0) + points);
  };
  for (const asking of state.askings) {
    if (asking.voided !== null || asking.solution === null) continue;
    for (const [i, player] of asking.outcome?.players.entries() ?? [])
      add(player, asking.outcome?.points[i] ?? 0);
  }
  for (const { player, points } of state.manual.adjustments) add(player, points);
  const { totals } = standingsOf(state, players).now;
  for (let player = 1; player <= players; player++)
    expect(totals[player], `points of ${player}`).toBe(expected.get(player) ?? 0);
}

/** Everything that could be sent now. */
function everything(play: Play): string {
  const people = roster(play.players);
  return JSON.stringify([
    playerView(play.state),
    screenView(play.state, people),
    hostView(play.state, people, play.around),
    Array.from({ length: play.players }, (_, i) => meView(play.state, people, i + 1, null)),
  ]);
}

function checkSecrets(play: Play): void {
  const asking = currentAsking(play.state);
  const secret = asking === null || asking.solution === null;
  if (secret || play.state.step.phase !== 'revealed') expect(everything(play)).not.toContain(EXPLANATION);
}

describe('the machine under 20,000 random commands', () => {
  it('keeps its rules, and its log makes the same state again', { timeout: 120_000 }, () => {
    let commands = 0;
    let revealed = 0;
    const reached = new Set<string>();
    fc.assert(
      fc.property(fc.array(act, { minLength: COMMANDS, maxLength: COMMANDS }), (acts) => {
        const play = fresh();
        const said: Said[] = [];
        for (const one of acts) {
          const wasOut = outBefore(play);
          perform(play, said, one);
          check(play);
          checkEliminated(play, wasOut);
          commands += 1;
          reached.add(play.state.step.phase);
        }
        revealed += play.state.askings.filter(({ solution }) => solution !== null).length;
        const [first, ...rest] = play.log;
        if (first === undefined) throw new Error('no log');
        expect(rest.reduce(evolve, begin(first))).toEqual(play.state);
        expect(wakeAt(play.state, true) ?? 0).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: RUNS },
    );
    expect(commands).toBeGreaterThanOrEqual(20_000);
    // It has been everywhere: a run that never asks anything proves nothing.
    expect([...reached].sort()).toEqual(
      ['asked', 'board', 'break', 'closed', 'graded', 'intro', 'lobby', 'podium', 'revealed'].sort(),
    );
    expect(revealed).toBeGreaterThan(100);
  });
});

/** Who could not answer the question that is open now. */
function outBefore({ state, players }: Play): readonly number[] {
  if (state.step.phase !== 'asked' && state.step.phase !== 'closed') return [];
  return Array.from({ length: players }, (_, i) => i + 1).filter((player) => !isIn(state, player));
}

function checkEliminated({ state }: Play, wasOut: readonly number[]): void {
  if (state.step.phase !== 'graded') return;
  const scored = currentAsking(state)?.outcome?.players ?? [];
  expect(scored.filter((player) => wasOut.includes(player))).toEqual([]);
}
