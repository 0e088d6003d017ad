/** State and command make events or a refusal. Pure: what it needs from outside comes with `Surroundings`. */
import type { Json } from '../../../questions/question.ts';
import { SeededRandom } from '../../attempts/seeded-random.ts';
import { arranged, orderOf } from '../questions.ts';
import type { Decision, HostCommand, RoomCommand, Surroundings } from './commands.ts';
import type { LiveEvent } from './events.ts';
import { seatsOf } from './seats.ts';
import { currentAsking, type LiveState, openAsking, stageAt } from './state.ts';
import { currentRules, type NextStep, nextStage, nextStep, upcoming } from './steps.ts';
import { wakeAt } from './timing.ts';

const refuse = (refused: Extract<Decision, { refused: unknown }>['refused']): Decision => ({ refused });
const notNow = refuse('live.notNow');
const nothing: Decision = { events: [] };
const events = (...list: readonly LiveEvent[]): Decision => ({ events: list });

/** What a host says. */
export function decide(state: LiveState, command: HostCommand, around: Surroundings): Decision {
  const before = state.commands.find(({ id }) => id === command.id);
  if (before !== undefined) return { done: before.version };
  if (state.step.phase === 'ended') return refuse('live.notOpen');
  const { client, person } = command;
  if (command.do === 'takeControl') return events({ type: 'controlTaken', client, person });
  if (state.control?.client !== client || state.control.person !== person) return refuse('live.notInControl');
  if ('seen' in command && command.seen < state.stepVersion) return refuse('live.stale');
  return decideInControl(state, command, around);
}

function decideInControl(state: LiveState, command: HostCommand, around: Surroundings): Decision {
  switch (command.do) {
    case 'handOver': {
      const to = around.hosts.find(({ client }) => client === command.to);
      return to === undefined ? refuse('notFound') : events({ type: 'controlHanded', ...to });
    }
    case 'lock':
      return state.locked ? nothing : events({ type: 'locked' });
    case 'unlock':
      return state.locked ? events({ type: 'unlocked' }) : nothing;
    case 'hideNames':
      return events({ type: 'namesHidden', hidden: command.hidden });
    case 'show': {
      const { counts, chart } = { ...state.manual.shown, ...command };
      return events({ type: 'shown', counts, chart });
    }
    case 'pause':
      return openAsking(state) === null || state.pause !== null ? notNow : events({ type: 'paused' });
    case 'resume':
      return state.pause === null ? notNow : events({ type: 'resumed' });
    case 'extend': {
      const open = openAsking(state);
      if (open === null) return notNow;
      return events({ type: 'extended', asking: open.id, ms: command.seconds * 1000 });
    }
    case 'end':
      return events({ type: 'ended' });
    case 'void':
      return decideVoid(state, command.asking, command.reason);
    case 'undo':
      return state.past.length === 0 ? notNow : events({ type: 'undone', reason: command.reason });
    case 'adjust':
    case 'seat':
    case 'rescue':
    case 'rename':
    case 'remove':
    case 'addTeam':
    case 'moveToTeam':
    case 'dealTeams':
      return decideAboutPlayers(state, command, around);
    case 'takeControl':
      return nothing;
    default:
      return decideStep(state, command.do, around);
  }
}

type StepName = Exclude<Extract<HostCommand, { readonly seen: number }>['do'], 'undo' | 'end'>;

function decideStep(state: LiveState, what: StepName, around: Surroundings): Decision {
  const { phase } = state.step;
  switch (what) {
    case 'start':
      return phase === 'lobby' ? go(state, nextStep(state), around) : notNow;
    case 'next':
      return go(state, nextStep(state), around);
    case 'closeEarly':
      return phase === 'asked' ? go(state, { what: 'closeEarly' }, around) : notNow;
    case 'reveal':
      return phase === 'graded' ? go(state, { what: 'reveal' }, around) : notNow;
    case 'skip':
      return skip(state);
    case 'skipStage':
      if (phase === 'lobby' || phase === 'podium') return notNow;
      return leaving(state, go(state, nextStage(state), around));
    case 'showBoard': {
      const can = phase === 'graded' || phase === 'revealed' || phase === 'intro' || phase === 'break';
      return can ? events({ type: 'boardShown' }) : notNow;
    }
    case 'hideBoard':
      return phase === 'board' ? events({ type: 'boardHidden' }) : notNow;
    case 'podium':
      if (phase === 'lobby' || phase === 'podium') return notNow;
      return leaving(state, events({ type: 'podiumShown', from: 4 }));
  }
}

function go(state: LiveState, step: NextStep | null, around: Surroundings): Decision {
  switch (step?.what) {
    case undefined:
      return notNow;
    case 'start':
    case 'stage':
      return events({ type: 'stageEntered', stage: step.stage, upTo: around.players });
    case 'ask':
      return events(asked(state, step.item, step.only, around));
    case 'closeEarly': {
      const open = openAsking(state);
      return open === null ? notNow : events({ type: 'closed', asking: open.id, by: 'host' });
    }
    case 'reveal':
      return reveal(state, around);
    case 'board':
      return events({ type: 'boardShown' });
    case 'hideBoard':
      return events({ type: 'boardHidden' });
    case 'podium':
    case 'place':
      return events({ type: 'podiumShown', from: step.from });
  }
}

function asked(state: LiveState, index: number, only: number | null, around: Surroundings): LiveEvent {
  const { planned, stage } = stageAt(state, state.step.stage);
  const item = planned.items[index];
  if (item === undefined) throw new RangeError(`no item ${index} in the stage`);
  const rules = stage.rules(planned.settings, item);
  const random = new SeededRandom(around.seed);
  const order = orderOf(item.kind, item.prompt, rules.shuffle, (count) => random.permutation(count));
  const opensAt = around.now + rules.readSeconds * 1000;
  const totalMs = rules.seconds * 1000;
  return {
    type: 'asked',
    asking: around.asking,
    item: index,
    prompt: arranged(item.kind, item.prompt, order),
    order,
    points: rules.points,
    totalMs,
    opensAt,
    deadline: opensAt + totalMs,
    only,
  };
}

function reveal(state: LiveState, { solution }: Surroundings): Decision {
  const asking = currentAsking(state);
  if (asking === null || state.step.phase !== 'graded' || solution === null) return notNow;
  return events({ type: 'revealed', asking: asking.id, solution });
}

/** An unfinished question is voided before the session leaves it. */
function leaving(state: LiveState, decision: Decision): Decision {
  const asking = currentAsking(state);
  const phase = state.step.under ?? state.step.phase;
  const unfinished = phase === 'asked' || phase === 'closed' || phase === 'graded';
  if (!unfinished || asking === null || !('events' in decision)) return decision;
  const voided = { type: 'voided', asking: asking.id, reason: 'bỏ qua' } as const;
  return { events: [voided, ...decision.events] };
}

function skip(state: LiveState): Decision {
  const { phase, stage } = state.step;
  const open = currentAsking(state);
  if (open !== null && (phase === 'asked' || phase === 'closed' || phase === 'graded'))
    return events({ type: 'voided', asking: open.id, reason: 'bỏ qua' });
  const coming = upcoming(state);
  if (coming === null || phase === 'podium') return notNow;
  return events({ type: 'skipped', stage, item: coming.item });
}

function decideVoid(state: LiveState, id: number, reason: string): Decision {
  const asking = state.askings.find((one) => one.id === id);
  if (asking === undefined) return refuse('notFound');
  return asking.voided === null ? events({ type: 'voided', asking: id, reason }) : notNow;
}

type AboutPlayers = Extract<
  HostCommand,
  {
    readonly do: 'adjust' | 'seat' | 'rescue' | 'rename' | 'remove' | 'addTeam' | 'moveToTeam' | 'dealTeams';
  }
>;

function decideAboutPlayers(state: LiveState, command: AboutPlayers, around: Surroundings): Decision {
  if ('player' in command && (command.player > around.players || state.removed.includes(command.player)))
    return refuse('notFound');
  switch (command.do) {
    case 'adjust': {
      const { player, points, reason } = command;
      return points === 0 ? nothing : events({ type: 'adjusted', player, points, reason });
    }
    case 'seat': {
      const { player, reason } = command;
      if (!eliminates(state) || isUnderway(state)) return notNow;
      return events({ type: 'seated', player, in: command.in, reason });
    }
    case 'rescue':
      return rescue(state, command.players ?? null);
    case 'rename':
      return events({ type: 'renamed', player: command.player });
    case 'remove':
      return events({ type: 'removed', player: command.player, reason: command.reason });
    default:
      return state.settings.teams.mode === 'own' ? decideAboutTeams(command, around) : notNow;
  }
}

type AboutTeams = Extract<AboutPlayers, { readonly do: 'addTeam' | 'moveToTeam' | 'dealTeams' }>;

function decideAboutTeams(command: AboutTeams, { players, teams }: Surroundings): Decision {
  if (command.do === 'addTeam') return events({ type: 'teamAdded', team: teams + 1 });
  if (command.do === 'dealTeams') return teams > 0 ? events({ type: 'dealt', players }) : notNow;
  const { player, team } = command;
  return team !== null && team > teams ? refuse('notFound') : events({ type: 'moved', player, team });
}

function eliminates(state: LiveState): boolean {
  const planned = state.plan[state.step.stage];
  return planned !== undefined && stageAt(state, state.step.stage).stage.eliminates;
}

/** Who may answer does not change under a question. */
function isUnderway({ step }: LiveState): boolean {
  return step.phase === 'asked' || step.phase === 'closed';
}

function rescue(state: LiveState, wanted: readonly number[] | null): Decision {
  if (!eliminates(state) || isUnderway(state)) return notNow;
  const { planned, stage } = stageAt(state, state.step.stage);
  const { count, most } = stage.rescues(planned.settings);
  const seats = seatsOf(state, state.step.stage);
  if (seats.rescues >= count) return notNow;
  const out = new Set([...seats.out].filter((player) => !state.removed.includes(player)));
  const chosen = wanted ?? lastOut(state, out);
  if (wanted !== null && most !== null && wanted.length > most) return notNow;
  const players = chosen.filter((player) => out.has(player)).slice(0, most ?? chosen.length);
  if (players.length === 0) return notNow;
  return events({ type: 'rescued', players: players.sort((a, b) => a - b) });
}

/** Those who are out, who came furthest first. */
function lastOut({ askings, step }: LiveState, out: ReadonlySet<number>): number[] {
  const inOrder = askings
    .filter(({ stage, voided }) => stage === step.stage && voided === null)
    .flatMap((asking) => [...(asking.outcome?.out ?? [])])
    .reverse();
  return [...new Set([...inOrder, ...out])].filter((player) => out.has(player));
}

/** What the room says by itself: done, or not needed any more. Never a refusal that anybody sees. */
export function decideByItself(state: LiveState, command: RoomCommand, around: Surroundings): Decision {
  const open = openAsking(state);
  switch (command.do) {
    case 'due':
      return due(state, around);
    case 'allAnswered':
      if (open?.id !== command.asking || state.pause !== null) return nothing;
      return events({ type: 'closed', asking: open.id, by: 'all' });
    case 'grade': {
      const asking = currentAsking(state);
      if (state.step.phase !== 'closed' || asking?.id !== command.asking) return nothing;
      return events({ type: 'graded', asking: asking.id, outcome: command.outcome });
    }
    case 'interrupt':
      if (open?.id !== command.asking || state.pause !== null) return nothing;
      return events({ type: 'interrupted', from: command.from });
    case 'comeBack':
      return state.pause?.by === 'interrupted' ? events({ type: 'resumed' }) : nothing;
    case 'hostGone':
      return state.hostPresent && state.control?.client === command.client
        ? events({ type: 'hostGone' })
        : nothing;
    case 'hostBack':
      return !state.hostPresent && state.control?.client === command.client
        ? events({ type: 'hostBack' })
        : nothing;
  }
}

function due(state: LiveState, around: Surroundings): Decision {
  const at = wakeAt(state, currentRules(state)?.autoReveal ?? false);
  if (at === null || at > around.now) return nothing;
  if (state.pause !== null) return events({ type: 'resumed' });
  const open = openAsking(state);
  if (open !== null) return events({ type: 'closed', asking: open.id, by: 'time' });
  return state.step.phase === 'graded' && around.solution !== null ? reveal(state, around) : nothing;
}

/** Names of commands that can be given now, for the host's buttons. */
export function possibleCommands(state: LiveState, around: Surroundings): string[] {
  if (state.step.phase === 'ended') return [];
  const tried = { ...around, solution: around.solution ?? noSolution };
  const steps: readonly StepName[] = [
    ...(['start', 'next', 'closeEarly', 'reveal', 'skip', 'skipStage'] as const),
    ...(['showBoard', 'hideBoard', 'podium'] as const),
  ];
  const can: string[] = steps.filter((step) => 'events' in decideStep(state, step, tried));
  if (openAsking(state) !== null) can.push('extend', ...(state.pause === null ? ['pause'] : []));
  if (state.pause !== null) can.push('resume');
  if (state.past.length > 0) can.push('undo');
  if (eliminates(state) && !isUnderway(state)) can.push('seat');
  if ('events' in rescue(state, null)) can.push('rescue');
  can.push(state.locked ? 'unlock' : 'lock', 'hideNames', 'show', 'adjust', 'rename', 'remove', 'end');
  if (state.settings.teams.mode === 'own') can.push('addTeam', 'moveToTeam', 'dealTeams');
  return can;
}

const noSolution: { answer: Json; explanation: string; citation: null } = {
  answer: null,
  explanation: '',
  citation: null,
};
