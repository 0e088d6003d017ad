/**
 * What each audience sees of a state. Nothing that is not named here leaves: before the reveal no view holds a right
 * answer, an explanation, or what an answer brought.
 */
import type {
  LiveBoardLine,
  LiveHostView,
  LiveMe,
  LivePlayerView,
  LiveQuestionView,
  LiveRevealView,
  LiveScreenView,
  LiveTally,
  LiveTeamLine,
} from '../../contracts/live.ts';
import { withMath } from '../questions.ts';
import { markedTally } from '../tally.ts';
import type { Surroundings } from './commands.ts';
import { possibleCommands } from './decide.ts';
import type { Roster } from './roster.ts';
import { isIn, seatsOf, standingOf } from './seats.ts';
import { placeIn, type Ranking, standingsOf, teamStandings } from './standings.ts';
import { type Asking, currentAsking, type LiveState, openAsking, plannedStage, stageAt } from './state.ts';
import { currentRules, nextStep, upcoming } from './steps.ts';

/** More players than these are not listed on the screen. */
const LISTED_MOST = 600;
/** Places of the podium. */
const PODIUM_PLACES = 3;
/** Teams that a screen shows. */
const TEAMS_MOST = 50;

/** The part that everybody sees. */
export function playerView(state: LiveState): LivePlayerView {
  const { step, pause } = state;
  const planned = plannedStage(state);
  return {
    session: state.uid,
    title: state.title,
    rehearsal: state.rehearsal,
    phase: step.phase,
    stage:
      planned === null
        ? null
        : { index: step.stage, of: state.plan.length, kind: planned.kind, title: planned.title },
    paused: pause === null ? null : { by: pause.by, since: pause.since, leftMs: leftMs(state) },
    hostPresent: state.hostPresent,
    question: questionView(state),
    reveal: revealView(state),
    break: breakView(state),
    bell: bellView(state),
  };
}

function leftMs(state: LiveState): number | null {
  const open = openAsking(state);
  if (open === null || state.pause === null) return null;
  return Math.max(0, open.deadline - Math.max(state.pause.since, open.opensAt));
}

function questionView(state: LiveState): LiveQuestionView | null {
  const { phase } = state.step;
  const asking = currentAsking(state);
  const shown = phase === 'asked' || phase === 'closed' || phase === 'graded' || phase === 'revealed';
  if (asking === null || !shown) return null;
  const items = state.plan[asking.stage]?.items ?? [];
  return {
    asking: asking.id,
    number: numberOf(state, asking),
    of: items.filter(({ final }) => !final).length,
    kind: asking.kind,
    prompt: withMath(asking.prompt, phase === 'revealed' ? asking.solution?.explanation : ''),
    points: asking.points,
    opensAt: asking.opensAt,
    deadline: asking.deadline,
    totalMs: asking.totalMs,
    final: asking.final,
    voided: asking.voided !== null,
  };
}

/** Which question of its stage it is: those that were taken back are not counted. */
function numberOf(state: LiveState, asking: Asking): number {
  const same = state.askings.filter(({ stage, id }) => stage === asking.stage && id !== asking.id);
  return same.filter(({ voided, burnt, id }) => (voided === null || burnt) && id < asking.id).length + 1;
}

function revealView(state: LiveState): LiveRevealView | null {
  const asking = currentAsking(state);
  if (state.step.phase !== 'revealed' || asking?.solution == null || asking.outcome === null) return null;
  const { solution, outcome } = asking;
  return {
    answer: solution.answer,
    explanation: solution.explanation,
    citation: solution.citation,
    tally: outcome.tally,
    asked: outcome.asked,
    answered: outcome.players.length,
    right: outcome.right,
  };
}

function breakView(state: LiveState): LivePlayerView['break'] {
  if (state.step.phase !== 'break') return null;
  const { planned, stage } = stageAt(state, state.step.stage);
  const shown = stage.break(planned.settings);
  if (shown === null) return null;
  const { text, image, seconds } = shown;
  return { text, image, endsAt: seconds === null ? null : state.step.since + seconds * 1000 };
}

function bellView(state: LiveState): LivePlayerView['bell'] {
  const index = state.step.stage;
  if (state.plan[index] === undefined) return null;
  const { planned, stage } = stageAt(state, index);
  if (!stage.eliminates) return null;
  const { standing, rescues, out } = shownSeats(state);
  const counted = state.askings.filter((asking) => asking.stage === index && asking.voided === null);
  const final = counted.find((asking) => asking.final);
  const best = final?.only ?? (standing.length === 1 && counted.length > 0 ? (standing[0] ?? null) : null);
  return {
    total: standing.length + out.length,
    standing: standing.length,
    rescuesLeft: Math.max(0, stage.rescues(planned.settings).count - rescues),
    best,
    rang: final?.solution == null || final.outcome === null ? null : final.outcome.right > 0,
  };
}

/** Seats as they are shown: who was put out by a question shows with its reveal. */
function shownSeats(state: LiveState) {
  const seats = seatsOf(asShown(state), state.step.stage);
  const out = [...seats.out].filter((player) => !state.removed.includes(player)).sort((a, b) => a - b);
  return { ...seats, out };
}

const knownShown = new WeakMap<LiveState, LiveState>();

/** The state without what an asking brought and nobody has been shown. */
function asShown(state: LiveState): LiveState {
  const asking = currentAsking(state);
  if (asking === null || asking.outcome === null || asking.solution !== null) return state;
  const known = knownShown.get(state);
  if (known !== undefined) return known;
  const askings = state.askings.map((one) => (one.id === asking.id ? { ...one, outcome: null } : one));
  const shown = { ...state, askings };
  knownShown.set(state, shown);
  return shown;
}

/** A player's name where others see it. */
function shownName(state: LiveState, roster: Roster, player: number): string {
  return state.namesHidden ? `Số ${player}` : roster.name(player);
}

/** What one player alone is told. `answer` is what stands for them at the open question. */
export function meView(state: LiveState, roster: Roster, player: number, answer: LiveMe['answer']): LiveMe {
  const { now, before } = standingsOf(state, roster.count);
  const played = state.askings.some(({ solution }) => solution !== null);
  const showsRank = state.settings.ownRank && played;
  const teamNumber = roster.teamOf(player);
  const team =
    teamNumber === 0 ? undefined : teamLines(state, roster).find(({ number }) => number === teamNumber);
  return {
    number: player,
    name: roster.name(player),
    team:
      team === undefined
        ? null
        : { number: team.number, name: team.name, points: team.points, rank: team.rank },
    points: now.totals[player] ?? 0,
    rank: showsRank ? (now.rank[player] ?? null) : null,
    of: now.order.length,
    in: mayAnswer(state, player),
    answer,
    last: lastOf(state, player, now, before, showsRank),
  };
}

/** Whether a player may answer the question that is open or comes next. */
export function mayAnswer(state: LiveState, player: number): boolean {
  const asking = currentAsking(state);
  const only = asking !== null && state.step.phase === 'asked' ? asking.only : null;
  return only === null ? isIn(asShown(state), player) : only === player;
}

function lastOf(
  state: LiveState,
  player: number,
  now: Ranking,
  before: Ranking | null,
  showsRank: boolean,
): LiveMe['last'] {
  const asking = currentAsking(state);
  const isShown = state.step.phase === 'revealed' && asking !== null && asking.voided === null;
  if (!isShown || asking.outcome === null) return null;
  const { outcome } = asking;
  const place = placeIn(outcome.players, player);
  const was = before?.rank[player] ?? 0;
  return {
    asking: asking.id,
    points: place < 0 ? 0 : (outcome.points[place] ?? 0),
    share: outcome.shares === null ? null : place < 0 ? 0 : (outcome.shares[place] ?? 0),
    answered: place >= 0,
    change: showsRank && was > 0 ? was - (now.rank[player] ?? 0) : null,
    streak: place < 0 ? 0 : (outcome.streaks[place] ?? 0),
  };
}

const knownTeams = new WeakMap<
  LiveState,
  { readonly roster: Roster; readonly count: number; readonly lines: LiveTeamLine[] }
>();

/** Teams in order, with the place that each had before the newest question. */
export function teamLines(state: LiveState, roster: Roster): LiveTeamLine[] {
  const known = knownTeams.get(state);
  if (known?.roster === roster && known.count === roster.count) return known.lines;
  const { now, before } = standingsOf(state, roster.count);
  const lines = (ranking: Ranking) =>
    teamStandings(state, ranking, roster.teams.length, (player) => roster.teamOf(player));
  const earlier = new Map(before === null ? [] : lines(before).map(({ number, rank }) => [number, rank]));
  const names = new Map(roster.teams.map(({ number, name }) => [number, name]));
  const shown = lines(now).map((line) => ({
    ...line,
    name: names.get(line.number) ?? '',
    before: earlier.get(line.number) ?? null,
  }));
  knownTeams.set(state, { roster, count: roster.count, lines: shown });
  return shown;
}

/** The screen: everything that the hall sees. */
export function screenView(state: LiveState, roster: Roster): LiveScreenView {
  const { phase, podiumFrom } = state.step;
  return {
    ...playerView(state),
    pin: roster.pin,
    joinUrl: roster.joinUrl,
    locked: state.locked,
    namesHidden: state.namesHidden,
    shown: state.manual.shown,
    tally: state.manual.shown.chart ? tallyView(state, roster) : null,
    board: phase === 'board' || phase === 'podium' || phase === 'ended' ? boardView(state, roster) : null,
    podiumFrom: phase === 'podium' ? podiumFrom : null,
    floor: floorView(state, roster),
    counts: countsView(state, roster),
    players: listed(state, roster),
    teams: [...roster.teams],
  };
}

/** A crowd is not listed; whoever may ring the bell has a name all the same. */
function listed(state: LiveState, roster: Roster): LiveScreenView['players'] {
  if (roster.count <= LISTED_MOST) return seatList(state, roster, 1, roster.count);
  const best = bellView(state)?.best ?? null;
  return best === null ? [] : seatList(state, roster, best, best);
}

function tallyView(state: LiveState, roster: Roster): LiveTally | null {
  const { phase } = state.step;
  if (phase === 'asked') return roster.tally;
  const outcome = currentAsking(state)?.outcome ?? null;
  if (outcome === null) return null;
  if (phase === 'revealed') return markedTally(outcome);
  return phase === 'graded' ? outcome.tally : null;
}

/** Players from one number to another, without those that were taken out. */
export function seatList(
  state: LiveState,
  roster: Roster,
  from: number,
  to: number,
): LiveScreenView['players'] {
  const list: LiveScreenView['players'] = [];
  for (let number = from; number <= to; number++) {
    if (state.removed.includes(number)) continue;
    const team = roster.teamOf(number);
    list.push({ number, name: shownName(state, roster, number), team: team === 0 ? null : team });
  }
  return list;
}

export function countsView(state: LiveState, roster: Roster): LiveScreenView['counts'] {
  return {
    players: roster.count - state.removed.length,
    connected: roster.connected,
    answered: roster.answered,
    asked: askedNow(state, roster.count),
  };
}

/** Players who may answer the open question. */
export function askedNow(state: LiveState, players: number): number {
  const only = openAsking(state)?.only ?? null;
  return only !== null ? 1 : (standingOf(state)?.length ?? players - state.removed.length);
}

/** At the podium everybody who shares one of its places is told: a tie is never cut off by the board's length. */
function linesShown(state: LiveState, { order, rank }: Ranking): number {
  const { boardLines } = state.settings;
  if (state.step.phase === 'board') return boardLines;
  const below = order.findIndex((number) => (rank[number] ?? 0) > PODIUM_PLACES);
  return Math.max(boardLines, Math.min(below < 0 ? order.length : below, LISTED_MOST));
}

function boardView(state: LiveState, roster: Roster): NonNullable<LiveScreenView['board']> {
  const { now, before, newest } = standingsOf(state, roster.count);
  const teamNames = new Map(roster.teams.map(({ number, name }) => [number, name]));
  const lines = now.order.slice(0, linesShown(state, now)).map((number): LiveBoardLine => {
    const place = newest?.outcome == null ? -1 : placeIn(newest.outcome.players, number);
    const was = before?.rank[number] ?? 0;
    return {
      number,
      name: shownName(state, roster, number),
      team: teamNames.get(roster.teamOf(number)) ?? null,
      points: now.totals[number] ?? 0,
      gained: place < 0 ? 0 : (newest?.outcome?.points[place] ?? 0),
      rank: now.rank[number] ?? 0,
      before: was === 0 ? null : was,
    };
  });
  return { lines, teams: teamLines(state, roster).slice(0, TEAMS_MOST), total: now.order.length };
}

function floorView(state: LiveState, roster: Roster): LiveScreenView['floor'] {
  const index = state.step.stage;
  if (state.plan[index] === undefined) return null;
  const { planned, stage } = stageAt(state, index);
  const columns = stage.columns(planned.settings);
  if (columns === null) return null;
  const { out, rescued } = shownSeats(state);
  return {
    columns,
    seats: Math.min(roster.count, state.upTo[index] ?? 0),
    out,
    rescued: [...rescued].sort((a, b) => a - b),
  };
}

/** The host: the screen's view, and what can be done. */
export function hostView(state: LiveState, roster: Roster, around: Surroundings): LiveHostView {
  const { control } = state;
  const coming = state.step.phase === 'ended' ? null : upcoming(state);
  const item = coming === null ? undefined : plannedStage(state)?.items[coming.item];
  return {
    ...screenView(state, roster),
    tally: tallyView(state, roster),
    control: control === null ? null : { client: control.client, name: roster.hostName(control.person) },
    hosts: [...roster.hosts],
    can: possibleCommands(state, around),
    next: state.step.phase === 'ended' ? null : (nextStep(state)?.what ?? null),
    undo: state.past.at(-1)?.what ?? null,
    upcoming:
      item === undefined || coming === null
        ? null
        : {
            number: coming.item + 1,
            of: plannedStage(state)?.items.length ?? 0,
            kind: item.kind,
            prompt: withMath(item.prompt),
          },
    stages: state.plan.map(({ kind, title, items }) => ({ kind, title, questions: items.length })),
  };
}

/** Whether the chart of the open question grows on the screen while people answer. */
export function hasLiveChart(state: LiveState): boolean {
  return state.step.phase === 'asked' && (currentRules(state)?.liveChart ?? false);
}
