/** The way in, and what a phone can do when no socket gets through. */
import type { FastifyRequest } from 'fastify';
import QRCode from 'qrcode';
import {
  AnswerReply,
  HttpAnswer,
  Joined,
  JoinLive,
  JoinPage,
  LiveParams,
  PinParams,
  PlayerFrame,
  QrQuery,
  RosterQuery,
  RosterReply,
} from '../contracts/live.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import { Limit, networkOf } from '../platform/limits.ts';
import { hallAddresses } from './addresses.ts';
import type { DoorParts } from './entrance.ts';
import { Entrance } from './entrance.ts';
import { readPlayerToken } from './tokens.ts';

const tags = ['live'];
const open = { access: 'public' } as const;

export function registerLiveDoors(http: Http, parts: DoorParts): void {
  const entrance = new Entrance(parts);
  registerEntrance(http, parts, entrance);
  registerPlaying(http, parts);
}

function registerEntrance(http: Http, { context, identify }: DoorParts, entrance: Entrance): void {
  const factor = context.config.limitFactor;
  // A hall behind one address mistypes a little; who tries PINs one after another needs years.
  const misses = new Limit(300 * factor, 60 * factor);
  const joins = new Limit(8000 * factor, 8000 * factor);
  const guarded = async <Of>(request: FastifyRequest, work: () => Promise<Of>): Promise<Of> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof AppError && error.code === 'notFound')
        misses.take(networkOf(request.ip), context.clock.now());
      throw error;
    }
  };
  http.get(
    '/api/live/pins/:pin',
    {
      config: open,
      schema: { tags, summary: 'What one joins', params: PinParams, response: { 200: JoinPage } },
    },
    (request) => guarded(request, () => entrance.page(request.params.pin)),
  );
  http.get(
    '/api/live/pins/:pin/roster',
    {
      config: open,
      schema: {
        tags,
        summary: 'Free names of the roster',
        params: PinParams,
        querystring: RosterQuery,
        response: { 200: RosterReply },
      },
    },
    (request) => guarded(request, () => entrance.roster(request.params.pin, request.query.q)),
  );
  http.post(
    '/api/live/pins/:pin/players',
    {
      config: open,
      schema: { tags, summary: 'Join', params: PinParams, body: JoinLive, response: { 200: Joined } },
    },
    async (request) => {
      joins.take(networkOf(request.ip), context.clock.now());
      const identity = await identify(request);
      return guarded(request, () => entrance.join(request.params.pin, request.body, identity));
    },
  );
  http.get(
    '/api/live/qr.svg',
    { config: open, schema: { tags, summary: 'QR code of the way in', querystring: QrQuery } },
    async (request, reply) => {
      const address = hallAddresses(context.config.publicUrl, http.server)[request.query.at ?? 0];
      if (address === undefined) throw new AppError('notFound');
      const text = `${address.origin}/vao/${request.query.pin}`;
      const svg = await QRCode.toString(text, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' });
      return reply
        .type('image/svg+xml; charset=utf-8')
        .header('cache-control', 'public, max-age=600')
        .send(svg);
    },
  );
}

/** `Authorization: Live <token>`. Throws `live.token`. */
function tokenOf(request: FastifyRequest): string {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  if (scheme !== 'Live' || token === undefined) throw new AppError('live.token');
  return token;
}

function registerPlaying(http: Http, { context, rooms }: DoorParts): void {
  const answers = new Limit(60 * context.config.limitFactor, 120 * context.config.limitFactor);
  const enter = async (live: string, token: string) => {
    const read = readPlayerToken(context.secrets, token);
    const open = read === null ? null : await rooms.byId(read.sessionId);
    if (read === null || open === null || open.room.state.uid !== live) throw new AppError('live.token');
    answers.take(token, context.clock.now());
    if (read.player > open.room.people.count) await open.room.followPeople();
    if (open.room.people.row(read.player) === undefined) throw new AppError('live.token');
    if (open.room.state.removed.includes(read.player)) throw new AppError('live.keptOut');
    return { open, player: read.player };
  };
  http.post(
    '/api/live/:live/answers',
    {
      config: { access: 'attempt' },
      schema: {
        tags,
        summary: 'Answer without a socket',
        params: LiveParams,
        body: HttpAnswer,
        response: { 200: AnswerReply },
      },
    },
    async (request): Promise<AnswerReply> => {
      const at = context.clock.now();
      const { open, player } = await enter(request.params.live, tokenOf(request));
      const { asking, answer } = request.body;
      return new Promise((done) => open.room.answers.take(player, asking, answer, at, done));
    },
  );
  http.get(
    '/api/live/:live/me',
    {
      config: { access: 'attempt' },
      schema: {
        tags,
        summary: 'What a player sees, for polling',
        params: LiveParams,
        response: { 200: PlayerFrame },
      },
    },
    async (request) => {
      const { open, player } = await enter(request.params.live, tokenOf(request));
      return open.showing.playerFrame(player);
    },
  );
}
