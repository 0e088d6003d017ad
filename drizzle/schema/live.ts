/** Live sessions: their log, the players, and the hot table of answers. Names stand in players' rows alone, where they can be erased. */
import type { Json } from '../../questions/question.ts';
import type { LiveSettings } from '../../server/contracts/live.ts';
import type { LiveEvent } from '../../server/live/machine/events.ts';
import type { Vocabulary } from '../vocabulary.ts';

export function defineLive(w: Vocabulary) {
  const liveSessions = w.table(
    'live_sessions',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      title: w.text('title').notNull(),
      /** draft, open, ended. */
      state: w.text('state').notNull(),
      rehearsal: w.bool('rehearsal').notNull(),
      /** Six digits while it is open. */
      pin: w.text('pin'),
      contestId: w.int('contest_id'),
      roundId: w.int('round_id'),
      settings: w.json('settings').$type<LiveSettings>().notNull(),
      /** Of the draft: counts up with every change. */
      version: w.int('version').notNull(),
      createdBy: w.int('created_by').notNull(),
      createdAt: w.int('created_at').notNull(),
      openedAt: w.int('opened_at'),
      endedAt: w.int('ended_at'),
    },
    (t) => [
      w.uniqueIndex('live_sessions_uid').on(t.uid),
      w.uniqueIndex('live_sessions_pin').on(t.pin),
      w.index('live_sessions_state').on(t.state),
      w.index('live_sessions_creator').on(t.createdBy),
      w.index('live_sessions_contest').on(t.contestId),
    ],
  );
  /** Hosts beside who made it and the contest's organisers. */
  const liveHosts = w.table(
    'live_hosts',
    {
      sessionId: w.int('session_id').notNull(),
      personId: w.int('person_id').notNull(),
      addedAt: w.int('added_at').notNull(),
    },
    (t) => [
      w.primaryKey({ columns: [t.sessionId, t.personId] }),
      w.index('live_hosts_person').on(t.personId),
    ],
  );
  /** The log: append-only; writers race on the version, and the loser decides again. */
  const liveEvents = w.table(
    'live_events',
    {
      sessionId: w.int('session_id').notNull(),
      /** From 1, without gaps. */
      version: w.int('version').notNull(),
      at: w.int('at').notNull(),
      /** uid of the host; null: the room itself. */
      by: w.text('by'),
      /** Id of the command that it came of. */
      command: w.text('command'),
      event: w.json('event').$type<LiveEvent>().notNull(),
    },
    (t) => [w.primaryKey({ columns: [t.sessionId, t.version] })],
  );
  const livePlayers = w.table(
    'live_players',
    {
      sessionId: w.int('session_id').notNull(),
      /** From 1 in the order of joining: what log and answers name. */
      number: w.int('number').notNull(),
      name: w.text('name').notNull(),
      /** What makes two names the same; with the number where names may be. */
      nameKey: w.text('name_key').notNull(),
      /** Hash of the device's own key: coming again is the same player. */
      device: w.text('device').notNull(),
      personId: w.int('person_id'),
      unitId: w.int('unit_id'),
      /** Entry of the roster. */
      entry: w.int('entry'),
      /** Number of the team; null: none. */
      team: w.int('team'),
      simulated: w.bool('simulated').notNull(),
      joinedAt: w.int('joined_at').notNull(),
    },
    (t) => [
      w.primaryKey({ columns: [t.sessionId, t.number] }),
      w.uniqueIndex('live_players_name').on(t.sessionId, t.nameKey),
      w.uniqueIndex('live_players_device').on(t.sessionId, t.device),
      w.uniqueIndex('live_players_account').on(t.sessionId, t.personId),
      w.uniqueIndex('live_players_entry').on(t.sessionId, t.entry),
      w.index('live_players_person').on(t.personId),
    ],
  );
  const liveTeams = w.table(
    'live_teams',
    {
      sessionId: w.int('session_id').notNull(),
      number: w.int('number').notNull(),
      name: w.text('name').notNull(),
      nameKey: w.text('name_key').notNull(),
    },
    (t) => [
      w.primaryKey({ columns: [t.sessionId, t.number] }),
      w.uniqueIndex('live_teams_name').on(t.sessionId, t.nameKey),
    ],
  );
  /** One opening of one question; answers are taken while its state is 1. */
  const liveAskings = w.table(
    'live_askings',
    {
      id: w.key('id'),
      sessionId: w.int('session_id').notNull(),
      versionId: w.int('version_id'),
      /** 1 open, 2 closed. */
      state: w.int('state').notNull(),
    },
    (t) => [w.index('live_askings_session').on(t.sessionId)],
  );
  /** The first answer of a player to an asking, with the moment of its arrival. */
  const liveAnswers = w.table(
    'live_answers',
    {
      askingId: w.int('asking_id').notNull(),
      player: w.int('player').notNull(),
      at: w.int('at').notNull(),
      answer: w.json('answer').$type<Json>(),
    },
    (t) => [w.primaryKey({ columns: [t.askingId, t.player] })],
  );
  /** Which server holds how many sockets of a session, and when it last said so: how others notice that it is gone. */
  const livePresence = w.table(
    'live_presence',
    {
      sessionId: w.int('session_id').notNull(),
      node: w.text('node').notNull(),
      players: w.int('players').notNull(),
      /** Client of the host in control, when it is connected here. */
      host: w.text('host'),
      at: w.int('at').notNull(),
    },
    (t) => [w.primaryKey({ columns: [t.sessionId, t.node] })],
  );
  return {
    liveSessions,
    liveHosts,
    liveEvents,
    livePlayers,
    liveTeams,
    liveAskings,
    liveAnswers,
    livePresence,
  };
}
