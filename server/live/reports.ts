/** What a session came to, by question and by player, and how it went: all from the log and the rows. */

import type { Context } from '../context.ts';
import type { LiveLog, LiveReplay, LiveReport } from '../contracts/live.ts';
import { AppError } from '../platform/errors.ts';
import { readLog } from './log-store.ts';
import type { LiveEvent, LogEntry } from './machine/events.ts';
import { begin, evolve } from './machine/evolve.ts';
import { placeIn, standingsOf } from './machine/standings.ts';
import type { Asking, LiveState } from './machine/state.ts';
import { screenView, teamLines } from './machine/view.ts';
import type { People } from './people.ts';
import { stemText } from './questions.ts';
import type { OpenRoom } from './rooms.ts';
import { markedTally } from './tally.ts';

type ReportContext = Pick<Context, 'database'>;

export function reportOf({ room, showing }: OpenRoom): LiveReport {
  const { state, people } = room;
  return {
    questions: state.askings.map((asking) => questionReport(state, asking)),
    players: playerReports(state, people),
    teams: teamLines(state, showing.roster()),
  };
}

function questionReport(state: LiveState, asking: Asking): LiveReport['questions'][number] {
  const { outcome, solution } = asking;
  // What an outcome says shows from the reveal on, here too.
  const shown = solution === null ? null : outcome;
  const before = state.askings.filter(({ stage, id }) => stage === asking.stage && id <= asking.id);
  return {
    asking: asking.id,
    stage: state.plan[asking.stage]?.title ?? '',
    number: before.length,
    kind: asking.kind,
    stem: stemText(asking.prompt),
    voided: asking.voided,
    asked: shown?.asked ?? 0,
    answered: shown?.players.length ?? 0,
    right: shown?.right ?? 0,
    meanShare: shown?.shares == null || shown.asked === 0 ? null : round4(sum(shown.shares) / shown.asked),
    meanMs: shown === null ? null : mean(shown.ms),
    tally: shown === null ? null : markedTally(shown),
    answer: solution?.answer ?? null,
  };
}

function playerReports(state: LiveState, people: People): LiveReport['players'] {
  const { now } = standingsOf(state, people.count);
  const removed = new Set(state.removed);
  const teamName = new Map(people.teams.map(({ number, name }) => [number, name]));
  const counted = state.askings.filter(({ voided, solution }) => voided === null && solution !== null);
  const lines = people.rows().map((row) => {
    const { times, right } = answersOf(counted, row.number);
    const adjusted = state.manual.adjustments.filter(({ player }) => player === row.number);
    return {
      number: row.number,
      name: row.name,
      team: row.team === null ? null : (teamName.get(row.team) ?? null),
      rank: now.rank[row.number] ?? 0,
      points: now.totals[row.number] ?? 0,
      adjusted: sum(adjusted.map(({ points }) => points)),
      answered: times.length,
      right,
      meanMs: mean(times),
      removed: removed.has(row.number),
      simulated: row.simulated,
    };
  });
  return lines.sort((a, b) => (a.rank || Infinity) - (b.rank || Infinity) || a.number - b.number);
}

function answersOf(counted: readonly Asking[], player: number) {
  const times: number[] = [];
  let right = 0;
  for (const { outcome } of counted) {
    const place = outcome === null ? -1 : placeIn(outcome.players, player);
    if (outcome === null || place < 0) continue;
    times.push(outcome.ms[place] ?? 0);
    if ((outcome.shares?.[place] ?? 0) >= 1) right += 1;
  }
  return { times, right };
}

const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);
const mean = (list: readonly number[]): number | null =>
  list.length === 0 ? null : Math.round(sum(list) / list.length);
const round4 = (value: number): number => Math.round(value * 10_000) / 10_000;

/** The log, for people: sizes instead of long lists, no right answers before their reveal. */
export async function logOf(
  { database }: ReportContext,
  sessionId: number,
  nameOf: (person: string) => string,
): Promise<LiveLog> {
  const entries = await readLog(database, sessionId, 0);
  return {
    events: entries.map(({ version, at, by, event }) => ({
      version,
      at,
      what: event.type,
      by: by === null ? null : nameOf(by),
      facts: factsOf(event),
    })),
  };
}

function factsOf(event: LiveEvent): LiveLog['events'][number]['facts'] {
  switch (event.type) {
    case 'opened':
      return { stages: event.plan.length, rehearsal: event.rehearsal };
    case 'asked': {
      const { asking, item, points, totalMs, opensAt, deadline, only } = event;
      return { asking, item, points, totalMs, opensAt, deadline, only };
    }
    case 'graded':
      return { asking: event.asking, answered: event.outcome.players.length, asked: event.outcome.asked };
    case 'revealed':
      return { asking: event.asking };
    case 'controlTaken':
    case 'controlHanded':
      return { client: event.client };
    case 'rescued':
      return { players: [...event.players] };
    default: {
      const { type, ...facts } = event;
      return type === undefined ? {} : facts;
    }
  }
}

/** The session as it stood at a version, as its screen showed it. Throws `notFound` for a version that there is not. */
export async function replayOf(
  { database }: ReportContext,
  open: OpenRoom,
  version: number | undefined,
): Promise<LiveReplay> {
  const entries = await readLog(database, open.room.id, 0);
  const at = version ?? entries.length;
  const entry = entries[at - 1];
  if (entry === undefined) throw new AppError('notFound');
  return {
    version: at,
    versions: entries.length,
    at: entry.at,
    what: entry.event.type,
    screen: screenView(stateAt(entries, at), { ...open.showing.roster(), answered: 0, tally: null }),
  };
}

function stateAt(entries: readonly LogEntry[], version: number): LiveState {
  const [first, ...rest] = entries.slice(0, version);
  if (first === undefined) throw new RangeError('an empty log');
  return rest.reduce(evolve, begin(first));
}
