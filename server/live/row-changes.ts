/** Rows that go with entries of the log, in the same commit: an asking opens and closes with its event, names are rows alone. */
import { and, eq, inArray } from 'drizzle-orm';
import { compile, type Database, type Statement } from '../platform/database/door.ts';
import { namesAreUnique } from './joining.ts';
import type { HostCommand } from './machine/commands.ts';
import type { LiveEvent, LogEntry } from './machine/events.ts';
import type { LiveState } from './machine/state.ts';
import { cleanName, nameKey, storedNameKey } from './name-rules.ts';
import type { People } from './people.ts';

interface Change {
  readonly before: LiveState;
  readonly after: LiveState;
  readonly entries: readonly LogEntry[];
  readonly command: HostCommand | null;
  readonly people: People;
}

const OPEN = 1;
const CLOSED = 2;

export function rowsOf(database: Database, sessionId: number, change: Change): Statement[] {
  const ofEvents = change.entries.flatMap((entry) => rowsOfEvent(database, sessionId, entry, change));
  return [...ofEvents, ...closing(database, change)];
}

function rowsOfEvent(
  database: Database,
  sessionId: number,
  { event, at }: LogEntry,
  change: Change,
): Statement[] {
  const { liveAskings, liveSessions } = database.tables;
  switch (event.type) {
    case 'asked': {
      const versionId = change.after.askings.find(({ id }) => id === event.asking)?.versionId ?? null;
      const row = { id: event.asking, sessionId, versionId, state: OPEN };
      return [compile(database.query.insert(liveAskings).values(row))];
    }
    case 'ended': {
      const ended = { state: 'ended', pin: null, endedAt: at };
      return [compile(database.query.update(liveSessions).set(ended).where(eq(liveSessions.id, sessionId)))];
    }
    default:
      return rowsOfPeople(database, sessionId, event, change);
  }
}

function rowsOfPeople(
  database: Database,
  sessionId: number,
  event: LiveEvent,
  { command, people, after }: Change,
): Statement[] {
  const { livePlayers: t, liveTeams } = database.tables;
  const ofPlayer = (player: number) => and(eq(t.sessionId, sessionId), eq(t.number, player));
  if (event.type === 'renamed' && command?.do === 'rename') {
    const name = cleanName(command.name) ?? '';
    const key = storedNameKey(name, event.player, namesAreUnique(after.settings));
    return [compile(database.query.update(t).set({ name, nameKey: key }).where(ofPlayer(event.player)))];
  }
  if (event.type === 'teamAdded' && command?.do === 'addTeam') {
    const row = { sessionId, number: event.team, name: command.name, nameKey: nameKey(command.name) };
    return [compile(database.query.insert(liveTeams).values(row))];
  }
  if (event.type === 'moved')
    return [compile(database.query.update(t).set({ team: event.team }).where(ofPlayer(event.player)))];
  if (event.type !== 'dealt') return [];
  return dealt(people).map(({ team, players }) => {
    const ofTeam = and(eq(t.sessionId, sessionId), inArray(t.number, [...players]));
    return compile(database.query.update(t).set({ team }).where(ofTeam));
  });
}

/** Players without a team go to the smallest one, in the order in which they came. */
function dealt(people: People): { readonly team: number; readonly players: readonly number[] }[] {
  const teams = people.teams.map(({ number }) => ({ team: number, size: 0, players: [] as number[] }));
  for (const { team } of people.rows()) {
    const joined = teams.find((one) => one.team === team);
    if (joined !== undefined) joined.size += 1;
  }
  for (const { number, team } of people.rows()) {
    if (team !== null) continue;
    const [smallest] = teams.toSorted((a, b) => a.size - b.size || a.team - b.team);
    if (smallest === undefined) return [];
    smallest.size += 1;
    smallest.players.push(number);
  }
  return teams.filter(({ players }) => players.length > 0);
}

/** Whatever stops an asking from being open closes its row: the answers that lose the race are refused by it. */
function closing(database: Database, { before, after }: Change): Statement[] {
  const { liveAskings } = database.tables;
  const open = new Set(before.askings.filter(({ closedAt }) => closedAt === null).map(({ id }) => id));
  const closed = after.askings.filter(({ id, closedAt }) => open.has(id) && closedAt !== null);
  return closed.map(({ id }) =>
    compile(database.query.update(liveAskings).set({ state: CLOSED }).where(eq(liveAskings.id, id))),
  );
}
