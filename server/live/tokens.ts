/** What opens a session to a player, and what makes a phone a host or a projector a screen. Signed, so that no row is read. */
import type { Secrets } from '../platform/secrets.ts';

const PASS_MS = 12 * 3_600_000;

interface PlayerToken {
  readonly sessionId: number;
  readonly player: number;
}

export function playerToken(secrets: Secrets, { sessionId, player }: PlayerToken): string {
  const text = `${sessionId.toString(36)}.${player.toString(36)}`;
  return `${text}.${secrets.sign('livePlayer', text)}`;
}

/** Null: not one of ours. */
export function readPlayerToken(secrets: Secrets, token: string): PlayerToken | null {
  const [session = '', player = '', signature = '', ...more] = token.split('.');
  if (more.length > 0 || !secrets.verify('livePlayer', `${session}.${player}`, signature)) return null;
  return { sessionId: Number.parseInt(session, 36), player: Number.parseInt(player, 36) };
}

export interface Pass {
  readonly sessionId: number;
  readonly personId: number;
  readonly as: 'host' | 'screen';
  readonly expiresAt: number;
}

export function makePass(secrets: Secrets, pass: Omit<Pass, 'expiresAt'>, now: number) {
  const expiresAt = now + PASS_MS;
  const parts = [pass.sessionId, pass.personId, expiresAt].map((part) => part.toString(36));
  const text = `${pass.as}.${parts.join('.')}`;
  return { token: `${text}.${secrets.sign('livePass', text)}`, expiresAt };
}

/** Null: not one of ours, or over. Whether its maker is still a host is for the caller. */
export function readPass(secrets: Secrets, token: string, now: number): Pass | null {
  const parts = token.split('.');
  const signature = parts.pop() ?? '';
  if (parts.length !== 4 || !secrets.verify('livePass', parts.join('.'), signature)) return null;
  const [as, ...numbers] = parts;
  const [sessionId = 0, personId = 0, expiresAt = 0] = numbers.map((part) => Number.parseInt(part, 36));
  if ((as !== 'host' && as !== 'screen') || expiresAt <= now) return null;
  return { sessionId, personId, as, expiresAt };
}
