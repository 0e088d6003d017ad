/** The doors of live contests over HTTP, typed; what runs over sockets is in `live-line.ts`. Shapes: server/contracts/live.ts. */
import type {
  AnswerReply,
  CommandReply,
  CreateLive,
  DeskLive,
  HallAddresses,
  Joined,
  JoinLive,
  JoinPage,
  LiveCommand,
  LiveLog,
  LivePass,
  LivePlayers,
  LiveReport,
  LiveSessionList,
  LiveStageList,
  PlayerFrame,
  PlayersQuery,
  QuestionsForLive,
  QuestionsForLiveQuery,
  RosterReply,
  SaveLive,
} from '../../server/contracts/live.ts';
import { http } from './http.ts';
import { ApiError } from './problem.ts';

export type { Blueprint } from '../../server/contracts/contest-settings.ts';
export type { FieldError } from '../../server/contracts/errors.ts';
export type {
  AnswerReply,
  Audience,
  CommandReply,
  CountsFrame,
  DeskLive,
  FollowReply,
  HallAddresses,
  HostFrame,
  Joined,
  JoinedFrame,
  JoinLive,
  JoinPage,
  LiveBoardLine,
  LiveCommand,
  LiveFrame,
  LiveHostView,
  LiveLog,
  LiveMe,
  LivePhase,
  LivePlayerLine,
  LivePlayers,
  LivePlayerView,
  LiveQuestionView,
  LiveReport,
  LiveRevealView,
  LiveScreenView,
  LiveSessionList,
  LiveSettings,
  LiveStage,
  LiveStageList,
  LiveTally,
  LiveTeamLine,
  PlayerFrame,
  QuestionForLive,
  RosterReply,
} from '../../server/contracts/live.ts';
export type {
  BellSettings,
  CloudSettings,
  LiveQuestion,
  PauseSettings,
  PollSettings,
  QuizSettings,
} from '../../server/contracts/live-stages.ts';
export type { JsonValue } from '../../server/contracts/values.ts';

const part = encodeURIComponent;
const desk = (live: string) => `/api/desk/live/${part(live)}`;
const room = (pin: string) => `/api/live/pins/${part(pin)}`;

export const deskLive = {
  list: () => http.get<LiveSessionList>('/api/desk/live'),
  stages: () => http.get<LiveStageList>('/api/desk/live/stages'),
  addresses: () => http.get<HallAddresses>('/api/desk/live/addresses'),
  questions: (query: QuestionsForLiveQuery, signal?: AbortSignal) =>
    http.get<QuestionsForLive>(
      '/api/desk/live/questions',
      signal === undefined ? { query } : { query, signal },
    ),
  create: (body: CreateLive) => http.post<DeskLive>('/api/desk/live', body),
  read: (live: string) => http.get<DeskLive>(desk(live)),
  save: (live: string, body: SaveLive) => http.put<DeskLive>(desk(live), body),
  remove: (live: string) => http.delete<null>(desk(live)),
  open: (live: string) => http.post<DeskLive>(`${desk(live)}/open`),
  copy: (live: string) => http.post<DeskLive>(`${desk(live)}/copy`),
  rehearse: (live: string, players: number) => http.post<DeskLive>(`${desk(live)}/rehearsal`, { players }),
  pass: (live: string, as: 'host' | 'screen') => http.post<LivePass>(`${desk(live)}/passes`, { as }),
  addHost: (live: string, person: string) => http.put<DeskLive>(`${desk(live)}/hosts/${part(person)}`, {}),
  removeHost: (live: string, person: string) => http.delete<DeskLive>(`${desk(live)}/hosts/${part(person)}`),
  players: (live: string, query: PlayersQuery, signal?: AbortSignal) =>
    http.get<LivePlayers>(`${desk(live)}/players`, signal === undefined ? { query } : { query, signal }),
  log: (live: string) => http.get<LiveLog>(`${desk(live)}/log`),
  report: (live: string) => http.get<LiveReport>(`${desk(live)}/report`),
};

/** Address of a report as a file. */
export const reportFile = (live: string, of: 'questions' | 'players', format: 'csv' | 'xlsx'): string =>
  `${desk(live)}/export?of=${of}&format=${format}`;

/** Address of the picture that phones scan; `at` is an index of the hall's addresses. */
export const qrAddress = (pin: string, at = 0): string => `/api/live/qr.svg?pin=${part(pin)}&at=${at}`;

const asPlayer = (token: string) => ({ headers: { authorization: `Live ${token}` } });

export const liveDoor = {
  room: (pin: string) => http.get<JoinPage>(room(pin), { tries: 2 }),
  roster: (pin: string, q: string, signal: AbortSignal) =>
    http.get<RosterReply>(`${room(pin)}/roster`, { query: { q }, signal }),
  /** The same `device` again is the same player, so it may be sent again. */
  join: (pin: string, body: JoinLive) => http.post<Joined>(`${room(pin)}/players`, body, { tries: 3 }),
  me: (live: string, token: string) =>
    http.get<PlayerFrame>(`/api/live/${part(live)}/me`, { ...asPlayer(token), tries: 1, timeoutMs: 6000 }),
  /** The first answer counts, so it may be sent again. */
  answer: (live: string, token: string, asking: number, answer: unknown) =>
    asReply(
      http.post<AnswerReply>(
        `/api/live/${part(live)}/answers`,
        { asking, answer },
        {
          ...asPlayer(token),
          tries: 3,
          timeoutMs: 5000,
        },
      ),
    ),
  command: (live: string, command: LiveCommand) =>
    asReply(http.post<CommandReply>(`${desk(live)}/commands`, command)),
};

/** A refusal is an answer here, whichever way it came; only silence is an error. */
async function asReply<Reply>(reply: Promise<Reply>): Promise<Reply | { readonly refused: string }> {
  try {
    return await reply;
  } catch (error) {
    if (error instanceof ApiError && error.status >= 400 && error.status < 500)
      return { refused: error.code };
    throw error;
  }
}
