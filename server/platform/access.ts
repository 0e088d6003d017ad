/** Who may use a route: declared with the route, enforced in one place, and read by the test that tries every route as every role. */
import type { FastifyRequest } from 'fastify';
import { AppError } from './errors.ts';

/** officer: answers for a unit, and sees its figures. */
export type Role = 'organiser' | 'editor' | 'reviewer' | 'admin' | 'officer';

/**
 * public: anybody. person: signed in, or a guest with a personal code. attempt: the attempt's own token, checked by the handler.
 * roles: one of them (admin always); whether a contest or bank is theirs is decided by the feature's rules.
 * signedIn: an account, guests excluded.
 */
export type Access = 'public' | 'person' | 'signedIn' | 'attempt' | { readonly roles: readonly Role[] };

/** Who asks: resolved from the session once a request. */
export interface Identity {
  readonly personId: number;
  readonly uid: string;
  readonly name: string;
  readonly roles: ReadonlySet<Role>;
  readonly guest: boolean;
  /** uid of the session, so that signing out elsewhere can leave it alone. */
  readonly sessionUid: string;
  /** Whether the second factor was given in this session. */
  readonly elevated: boolean;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    /** Who asks; null when nobody is signed in or the route is public and did not look. */
    identity: Identity | null;
  }
}

export type Identify = (request: FastifyRequest) => Promise<Identity | null>;

/** Throws `auth.required`, `auth.forbidden` or `auth.secondFactorNeeded` when `identity` may not. */
export function demandAccess(
  access: Access,
  identity: Identity | null,
  secondFactor: 'required' | 'optional',
): void {
  if (access === 'public' || access === 'attempt') return;
  if (identity === null) throw new AppError('auth.required');
  if (access === 'person') return;
  if (identity.guest) throw new AppError('auth.required');
  if (access === 'signedIn') return;
  const allowed = identity.roles.has('admin') || access.roles.some((role) => identity.roles.has(role));
  if (!allowed) throw new AppError('auth.forbidden');
  if (secondFactor === 'required' && !identity.elevated) throw new AppError('auth.secondFactorNeeded');
}

/** The identity of a request whose route demands one. */
export function identityOf(request: FastifyRequest): Identity {
  if (request.identity === null) throw new AppError('auth.required');
  return request.identity;
}
