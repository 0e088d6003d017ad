/** Sessions for tests of the machine: a quiz, a bell, a poll, a cloud and a break; a room that needs no database. */
import type { Json } from '../../../questions/question.ts';
import type { LiveSettings } from '../../../server/contracts/live.ts';
import type {
  Decision,
  HostCommand,
  RoomCommand,
  Surroundings,
} from '../../../server/live/machine/commands.ts';
import { decide, decideByItself } from '../../../server/live/machine/decide.ts';
import type { LiveEvent, LogEntry, PlannedStage } from '../../../server/live/machine/events.ts';
import { begin, evolve } from '../../../server/live/machine/evolve.ts';
import type { Roster } from '../../../server/live/machine/roster.ts';
import { currentAsking, type LiveState } from '../../../server/live/machine/state.ts';
import { OutcomeBuilder } from '../../../server/live/outcome.ts';
import type { PlannedItem } from '../../../server/live/stages/stage.ts';
import { stageOf } from '../../../server/live/stages/stage-registry.ts';

export const settings: LiveSettings = {
  stages: [],
  names: 'free',
  filterNames: true,
  roster: [],
  lateJoin: true,
  maxPlayers: 1000,
  proofOfWork: false,
  teams: { mode: 'none', formedBy: 'host', score: 'mean', names: [] },
  graceMs: 700,
  boardLines: 10,
  ownRank: true,
};

/** The right answer is the option that says so; its text must never be the only one in a view before the reveal. */
export const RIGHT = 2;
export const EXPLANATION = 'Lời giải thích bí mật';

export const choice = (number: number): PlannedItem => ({
  versionId: number,
  kind: 'choice',
  prompt: { stem: `Câu ${number}`, options: ['A', 'B', 'C', 'D'], multiple: false },
  seconds: null,
  points: null,
  final: false,
});

export function planned(kind: string, more: object = {}, items: readonly PlannedItem[] = []): PlannedStage {
  const stage = stageOf(kind);
  const merged: Json = JSON.parse(JSON.stringify({ ...Object(stage.defaults), ...more }));
  if (!stage.fits(merged)) throw new Error(`bad settings of ${kind}`);
  return { kind, title: kind, settings: merged, items: stage.items(merged, items) };
}

/** Says commands to the machine and keeps the log, as a room does. */
export class Play {
  readonly log: LogEntry[] = [];
  state: LiveState;
  now = 1_000_000;
  players: number;
  #asking = 0;
  #command = 0;
  readonly answers = new Map<number, Map<number, { readonly at: number; readonly answer: Json }>>();

  constructor(plan: readonly PlannedStage[], players = 4, more: Partial<LiveSettings> = {}) {
    this.players = players;
    const opened: LiveEvent = {
      type: 'opened',
      uid: '01900000-0000-7000-8000-000000000001',
      title: 'Phiên thử',
      rehearsal: false,
      settings: { ...settings, ...more },
      plan,
    };
    const entry = { version: 1, at: this.now, by: null, command: null, event: opened };
    this.log.push(entry);
    this.state = begin(entry);
    this.say({ do: 'takeControl' });
  }

  get around(): Surroundings {
    return {
      now: this.now,
      asking: this.#asking + 1,
      seed: '0123456789abcdef',
      players: this.players,
      teams: 2,
      solution: { answer: [RIGHT], explanation: EXPLANATION, citation: null },
      hosts: [
        { client: 'client-one', person: 'host-1' },
        { client: 'client-two', person: 'host-2' },
      ],
    };
  }

  /** As the host in control. `more` may override who says it and what they saw. */
  say(command: { readonly do: HostCommand['do'] } & Record<string, unknown>): Decision {
    const filled = {
      id: `command-${++this.#command}`,
      client: 'client-one',
      person: 'host-1',
      seen: this.state.version,
      reason: 'lý do',
      ...command,
    };
    // The tests build commands of every shape; the machine's own types are checked where the doors build them.
    const decision = decide(this.state, filled as unknown as HostCommand, this.around);
    this.#append(decision, filled.id, filled.person);
    return decision;
  }

  room(command: RoomCommand): Decision {
    const decision = decideByItself(this.state, command, this.around);
    this.#append(decision, null, null);
    return decision;
  }

  #append(decision: Decision, command: string | null, by: string | null): void {
    if (!('events' in decision)) return;
    for (const event of decision.events) {
      if (event.type === 'asked') this.#asking = event.asking;
      const entry = { version: this.state.version + 1, at: this.now, by, command, event };
      this.log.push(JSON.parse(JSON.stringify(entry)));
      this.state = evolve(this.state, entry);
    }
  }

  /** An answer that the room would have taken. */
  answer(player: number, answer: Json, at = this.now): void {
    const asking = currentAsking(this.state);
    if (asking === null) throw new Error('nothing is asked');
    const known = this.answers.get(asking.id) ?? new Map();
    this.answers.set(asking.id, known);
    if (!known.has(player)) known.set(player, { at, answer });
  }

  /** Grades the closed question: option RIGHT is right (in original order), unless another kind's key is given. */
  grade(given: Json = { right: [RIGHT] }): Decision {
    const asking = currentAsking(this.state);
    if (asking === null) throw new Error('nothing to grade');
    const rows = [...(this.answers.get(asking.id) ?? [])].map(([player, { at, answer }]) => ({
      player,
      at,
      answer,
    }));
    const key = asking.versionId === null ? null : given;
    const builder = new OutcomeBuilder(this.state, asking, key, this.players);
    builder.add(rows);
    const outcome = builder.build();
    return this.room({ do: 'grade', asking: asking.id, outcome });
  }

  /** Shown position of the right option of the open question. */
  get right(): Json {
    const asking = currentAsking(this.state);
    const order = asking?.order ?? [];
    return [order.length === 0 ? RIGHT : order.indexOf(RIGHT)];
  }

  get wrong(): Json {
    const [right] = Array.isArray(this.right) ? this.right : [0];
    return [right === 0 ? 1 : 0];
  }

  /** Asks, lets these answer after `ms`, closes and reveals. */
  question(right: readonly number[], wrong: readonly number[] = [], ms = 1000): void {
    this.say({ do: 'next' });
    if (this.state.step.phase === 'intro') this.say({ do: 'next' });
    const asking = currentAsking(this.state);
    if (asking === null || this.state.step.phase !== 'asked') throw new Error('nothing was asked');
    this.now = asking.opensAt + ms;
    for (const player of right) this.answer(player, this.right);
    for (const player of wrong) this.answer(player, this.wrong);
    this.say({ do: 'closeEarly' });
    this.grade();
    this.say({ do: 'reveal' });
  }
}

export const roster = (count: number): Roster => ({
  count,
  name: (player) => `Người ${player}`,
  teamOf: () => 0,
  teams: [],
  connected: count,
  answered: 0,
  tally: null,
  hosts: [],
  hostName: () => 'Chủ trì',
  pin: '123456',
  joinUrl: 'http://localhost/vao/123456',
});
