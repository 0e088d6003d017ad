/** Doors that move an entrant to another unit, and tell who was moved. */
import type { FastifyRequest } from 'fastify';
import { ContestParams } from '../contracts/contests.ts';
import { MoveEntrantBody, MovesQuery, MovesReply } from '../contracts/officers.ts';
import { identityOf } from '../platform/access.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import type { UnitDoorsParts } from './desk-routes.ts';
import { moveEntrant, movesOf } from './moves.ts';

const config = { access: { roles: ['organiser' as const] } };
const DOOR = '/api/desk/contests/:contest/moves';

export function registerMoves(http: Http, parts: UnitDoorsParts): void {
  const { context, units, entries } = parts;
  const own = (request: FastifyRequest, uid: string) => parts.own(uid, identityOf(request));
  const response = { 200: MovesReply };
  const schema = { tags: ['officers'], params: ContestParams, response };
  http.get(
    DOOR,
    { config, schema: { ...schema, summary: 'Entrants who were moved', querystring: MovesQuery } },
    async (request) => {
      const { contest } = await own(request, request.params.contest);
      return movesOf(context, units, contest, request.query.before);
    },
  );
  http.post(
    DOOR,
    {
      config,
      schema: { ...schema, summary: 'An entrant belongs to another unit from now on', body: MoveEntrantBody },
    },
    async (request) => {
      const { contest } = await own(request, request.params.contest);
      const { person, unit: uid, reason } = request.body;
      const unit = uid === null ? null : units.byUid(uid);
      if (unit === undefined) throw new AppError('notFound');
      const move = { person, unit, reason };
      const by = { actor: identityOf(request).uid, address: request.ip };
      await moveEntrant({ ...context, entries }, contest, move, by);
      return movesOf(context, units, contest);
    },
  );
}
