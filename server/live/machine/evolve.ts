/** State and event make the next state. Pure and total: whatever stands in a log can be followed. */
import type { LiveEvent, LogEntry } from './events.ts';
import {
  type Asking,
  type Checkpoint,
  currentAsking,
  type LiveState,
  type Manual,
  openAsking,
  type Step,
  stageAt,
} from './state.ts';
import { givenBack } from './timing.ts';

const PAST_MOST = 30;
const COMMANDS_MOST = 64;

type Of<Type extends LiveEvent['type']> = Extract<LiveEvent, { readonly type: Type }>;
type Evolvers = {
  readonly [Type in LiveEvent['type']]: (state: LiveState, event: Of<Type>, at: number) => LiveState;
};

const nowhere: Step = { phase: 'lobby', stage: -1, asking: null, under: null, podiumFrom: null, since: 0 };

/** The first entry makes the state. Throws when it is no `opened`. */
export function begin(entry: LogEntry): LiveState {
  const { event, version, at } = entry;
  if (event.type !== 'opened') throw new Error('a log begins with opened');
  const { uid, title, rehearsal, settings, plan } = event;
  return {
    ...{ version, at, uid, title, rehearsal, settings, plan },
    locked: false,
    namesHidden: false,
    control: null,
    hostPresent: false,
    step: { ...nowhere, since: at },
    stepVersion: version,
    manual: { adjustments: [], seats: [], skipped: [], shown: { counts: true, chart: true } },
    pause: null,
    upTo: {},
    askings: [],
    removed: [],
    past: [],
    commands: [],
  };
}

/** Throws when the entry is not the next one. */
export function evolve(state: LiveState, entry: LogEntry): LiveState {
  if (entry.version !== state.version + 1)
    throw new Error(`version ${entry.version} does not follow ${state.version}`);
  const next = apply(state, entry.event, entry.at);
  const { version, at, command } = entry;
  const moved = next.step !== state.step || next.pause !== state.pause;
  return {
    ...next,
    version,
    at,
    stepVersion: moved ? version : state.stepVersion,
    commands: command === null ? next.commands : remembered(next.commands, command, version),
  };
}

function remembered(commands: LiveState['commands'], id: string, version: number): LiveState['commands'] {
  return [...commands.filter((known) => known.id !== id), { id, version }].slice(-COMMANDS_MOST);
}

function apply<Event extends LiveEvent>(state: LiveState, event: Event, at: number): LiveState {
  // The map pairs each type with its own function; TypeScript cannot follow that through an index.
  const evolver = evolvers[event.type] as (state: LiveState, event: LiveEvent, at: number) => LiveState;
  return evolver(state, event, at);
}

function moved(state: LiveState, what: string, to: Partial<Step>, at: number): LiveState {
  const step = { ...state.step, under: null, ...to, since: at };
  return { ...state, step, past: withCheckpoint(state, what, state.step) };
}

function byHand(state: LiveState, what: string, manual: Partial<Manual>): LiveState {
  return { ...state, manual: { ...state.manual, ...manual }, past: withCheckpoint(state, what, null) };
}

function withCheckpoint(state: LiveState, what: string, step: Step | null): readonly Checkpoint[] {
  const checkpoint = { what, step, manual: state.manual, askings: state.askings.length };
  return [...state.past, checkpoint].slice(-PAST_MOST);
}

/** Phases follow each other without the host: nothing to undo by itself. */
function inPhase(state: LiveState, phase: Step['phase'], at: number): LiveState {
  return { ...state, step: { ...state.step, phase, under: null, since: at } };
}

function withAsking(state: LiveState, id: number, change: (asking: Asking) => Asking): LiveState {
  return {
    ...state,
    askings: state.askings.map((asking) => (asking.id === id ? change(asking) : asking)),
  };
}

function stopped(asking: Asking, at: number, reason: string, burnt: boolean): Asking {
  if (asking.voided !== null) return asking;
  return { ...asking, voided: reason, burnt: asking.burnt || burnt, closedAt: asking.closedAt ?? at };
}

/** A question that stops being open leaves no pause of its own behind. */
function withoutOpen(state: LiveState, at: number): LiveState {
  return { ...inPhase(state, 'intro', at), pause: null };
}

function voidedAt(state: LiveState, { asking, reason }: Of<'voided'>, at: number): LiveState {
  const current = currentAsking(state);
  const next = withAsking(state, asking, (one) => stopped(one, at, reason, true));
  const shown = state.step.phase === 'board' ? state.step.under : state.step.phase;
  const unfinished = shown === 'asked' || shown === 'closed' || shown === 'graded';
  return current?.id === asking && unfinished ? withoutOpen(next, at) : next;
}

function undoneAt(state: LiveState, { reason }: Of<'undone'>, at: number): LiveState {
  const checkpoint = state.past.at(-1);
  if (checkpoint === undefined) return state;
  const past = state.past.slice(0, -1);
  const { step, manual } = checkpoint;
  if (step === null) return { ...state, past, manual };
  const askings = state.askings.map((asking, i) =>
    i < checkpoint.askings ? asking : stopped(asking, at, reason, asking.solution !== null),
  );
  const restored = { ...state, past, manual, askings, pause: null };
  return { ...restored, step: { ...standing(restored, step), since: at } };
}

/** A step as it can be stood at again: what was shown since stays shown, what was voided is not open. */
function standing({ askings }: LiveState, step: Step): Step {
  const asking = askings.find(({ id }) => id === step.asking);
  const phase = (was: Step['phase']): Step['phase'] => {
    if (was !== 'asked' && was !== 'closed' && was !== 'graded') return was;
    if (asking === undefined || asking.voided !== null) return 'intro';
    return asking.solution === null ? was : 'revealed';
  };
  return { ...step, phase: phase(step.phase), under: step.under === null ? null : phase(step.under) };
}

const evolvers: Evolvers = {
  opened: (state) => state,
  controlTaken: (state, { client, person }) => ({ ...state, control: { client, person }, hostPresent: true }),
  controlHanded: (state, { client, person }) => ({
    ...state,
    control: { client, person },
    hostPresent: true,
  }),
  hostGone: (state) => ({ ...state, hostPresent: false }),
  hostBack: (state) => ({ ...state, hostPresent: true }),
  locked: (state) => ({ ...state, locked: true }),
  unlocked: (state) => ({ ...state, locked: false }),
  namesHidden: (state, { hidden }) => ({ ...state, namesHidden: hidden }),
  shown: (state, { counts, chart }) => byHand(state, 'show', { shown: { counts, chart } }),
  stageEntered: (state, { stage, upTo }, at) => {
    const { planned, stage: kind } = stageAt(state, stage);
    const isBreak = kind.break(planned.settings) !== null;
    const next = moved(state, 'stage', { phase: isBreak ? 'break' : 'intro', stage, asking: null }, at);
    return { ...next, upTo: { ...state.upTo, [stage]: upTo } };
  },
  asked: (state, event, at) => {
    const { asking: id, item, prompt, order, points, totalMs, opensAt, deadline, only } = event;
    const { stage } = state.step;
    const planned = state.plan[stage]?.items[item];
    const asking: Asking = {
      ...{ id, stage, item, prompt, order, points, totalMs, opensAt, deadline, only },
      kind: planned?.kind ?? '',
      versionId: planned?.versionId ?? null,
      final: planned?.final ?? false,
      gaps: [],
      closedAt: null,
      outcome: null,
      solution: null,
      voided: null,
      burnt: false,
    };
    const next = moved(state, 'ask', { phase: 'asked', asking: id }, at);
    return { ...next, askings: [...state.askings, asking] };
  },
  extended: (state, { asking, ms }) =>
    withAsking(state, asking, (one) => ({ ...one, deadline: one.deadline + ms })),
  paused: (state, _event, at) => ({ ...state, pause: { by: 'host', since: at, noticedAt: at } }),
  interrupted: (state, { from }, at) => ({
    ...state,
    pause: { by: 'interrupted', since: Math.min(from, at), noticedAt: at },
  }),
  resumed: (state, _event, at) => {
    const open = openAsking(state);
    const gap = { from: state.pause?.since ?? at, to: at };
    const next = { ...state, pause: null };
    return open === null ? next : withAsking(next, open.id, (asking) => givenBack(asking, gap));
  },
  closed: (state, { asking }, at) => {
    const gap = state.pause === null ? null : { from: state.pause.since, to: at };
    const next = withAsking(state, asking, (one) => ({
      ...(gap === null ? one : givenBack(one, gap)),
      closedAt: at,
    }));
    return { ...inPhase(next, 'closed', at), pause: null };
  },
  graded: (state, { asking, outcome }, at) =>
    inPhase(
      withAsking(state, asking, (one) => ({ ...one, outcome })),
      'graded',
      at,
    ),
  revealed: (state, { asking, solution }, at) =>
    inPhase(
      withAsking(state, asking, (one) => ({ ...one, solution })),
      'revealed',
      at,
    ),
  voided: voidedAt,
  skipped: (state, { stage, item }) =>
    byHand(state, 'skip', { skipped: [...state.manual.skipped, `${stage}/${item}`] }),
  boardShown: (state, _event, at) =>
    moved(state, 'showBoard', { phase: 'board', under: state.step.phase }, at),
  boardHidden: (state, _event, at) => moved(state, 'hideBoard', { phase: state.step.under ?? 'intro' }, at),
  podiumShown: (state, { from }, at) => moved(state, 'podium', { phase: 'podium', podiumFrom: from }, at),
  undone: undoneAt,
  adjusted: (state, { player, points, reason }) =>
    byHand(state, 'adjust', {
      adjustments: [...state.manual.adjustments, { player, points, reason }],
    }),
  seated: (state, { player, in: isIn }) => {
    const act = {
      type: 'seat',
      stage: state.step.stage,
      player,
      in: isIn,
      after: state.askings.length,
    } as const;
    return byHand(state, 'seat', { seats: [...state.manual.seats, act] });
  },
  rescued: (state, { players }) => {
    const act = { type: 'rescue', stage: state.step.stage, players, after: state.askings.length } as const;
    return byHand(state, 'rescue', { seats: [...state.manual.seats, act] });
  },
  renamed: (state) => state,
  removed: (state, { player }) =>
    state.removed.includes(player) ? state : { ...state, removed: [...state.removed, player] },
  teamAdded: (state) => state,
  moved: (state) => state,
  dealt: (state) => state,
  ended: (state, _event, at) => ({
    ...inPhase(state, 'ended', at),
    pause: null,
    past: [],
    askings: state.askings.map((asking) =>
      asking.outcome === null ? stopped(asking, at, 'kết thúc phiên', true) : asking,
    ),
  }),
};
