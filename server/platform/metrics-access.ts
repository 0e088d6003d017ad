/**
 * Who may read /metrics: whoever runs the server. Requests by route would tell everybody how many take part. From this very
 * machine, without a proxy in between, or with the token of the configuration; for all others the door is not there.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

const LOOPBACK = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** `token` null: none is set. A request that a proxy passed on comes from loopback too, so it needs the token. */
export function mayReadMetrics(
  { headers, socket }: Pick<FastifyRequest, 'headers' | 'socket'>,
  token: string | null,
): boolean {
  const given = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (token !== null && given !== undefined) return timingSafeEqual(digest(given), digest(token));
  const passedOn = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  return !passedOn && LOOPBACK.test(socket.remoteAddress ?? '');
}
