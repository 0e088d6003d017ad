/** Players as hosts see them, a page at a time. */
import { fold } from '../../questions/vietnamese.ts';
import type { LivePlayerLine, LivePlayers, PlayersQuery } from '../contracts/live.ts';
import { standingsOf } from './machine/standings.ts';
import { mayAnswer } from './machine/view.ts';
import type { PlayerRow } from './people.ts';
import type { OpenRoom } from './rooms.ts';

const PAGE = 100;

export function playersOf({ room }: OpenRoom, { q, offset = 0, limit = PAGE }: PlayersQuery): LivePlayers {
  const { people, state } = room;
  const wanted = q === undefined ? null : fold(q).trim();
  const all = people
    .rows()
    .filter(({ number, name }) => !wanted || String(number) === wanted || fold(name).includes(wanted));
  const removed = new Set(state.removed);
  const { now } = standingsOf(state, people.count);
  const teams = new Map(people.teams.map((team) => [team.number, team]));
  const line = ({ number, name, team, simulated }: PlayerRow): LivePlayerLine => ({
    ...{ number, name, simulated },
    team: presentedTeam(team === null ? undefined : teams.get(team)),
    points: now.totals[number] ?? 0,
    rank: now.rank[number] ?? 0,
    connected: room.audiences.isConnected(number),
    removed: removed.has(number),
    in: mayAnswer(state, number),
  });
  return {
    total: all.length,
    offset,
    players: all.slice(offset, offset + limit).map(line),
    teams: people.teams.map(({ number, name }) => ({ number, name })),
  };
}

function presentedTeam(team: { readonly number: number; readonly name: string } | undefined) {
  return team === undefined ? null : { number: team.number, name: team.name };
}
