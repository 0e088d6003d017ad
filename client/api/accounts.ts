/** The doors of accounts, typed. Shapes and codes: server/contracts/accounts.ts. */
import type {
  FirstAdminBody,
  GuestReturnBody,
  Household,
  HouseholdBody,
  Me,
  MePatch,
  PasswordBody,
  ProveBody,
  RecoverBody,
  RecoveryCodeReply,
  RegisterBody,
  RegisteredReply,
  SecondFactorOffBody,
  SecondFactorReply,
  SessionList,
  SessionReply,
  SignInBody,
} from '../../server/contracts/accounts.ts';
import { http } from './http.ts';

export type {
  FirstAdminBody,
  Group,
  Household,
  Me,
  MePatch,
  RecoverBody,
  RegisterBody,
  RegisteredReply,
  RoleName,
  SecondFactorReply,
  SessionList,
  SessionPerson,
  SignInBody,
} from '../../server/contracts/accounts.ts';

/** A ticket is what `auth.wait` and `auth.secondFactor` hand out, to be sent along the next time. */
type Without<Body> = Omit<Body, 'ticket'>;
const withTicket = (body: object, ticket: string | null): object =>
  ticket === null ? body : { ...body, ticket };

export const accounts = {
  /** Who is signed in; never 401. */
  session: () => http.get<SessionReply>('/api/session'),
  signIn: (body: Without<SignInBody>, ticket: string | null) =>
    http.post<SessionReply>('/api/sessions', withTicket(body, ticket)),
  /** Signs out on this device. */
  signOut: () => http.delete<null>('/api/session'),
  register: (body: Without<RegisterBody>, ticket: string | null) =>
    http.post<RegisteredReply>('/api/accounts', withTicket(body, ticket)),
  makeFirstAdmin: (body: Without<FirstAdminBody>, ticket: string | null) =>
    http.post<RegisteredReply>('/api/accounts/first-admin', withTicket(body, ticket)),
  recover: (body: Without<RecoverBody>, ticket: string | null) =>
    http.post<RegisteredReply>('/api/accounts/recover', withTicket(body, ticket)),
  /** Who shares this phone. */
  household: () => http.get<Household>('/api/household'),
  addPerson: (body: HouseholdBody) => http.post<Household>('/api/household', body),
  /** Now somebody else of the family. */
  switchPerson: (person: string) => http.post<SessionReply>('/api/household/switch', { person }),
  /** A guest comes back with the personal code or link. */
  returnAsGuest: (body: GuestReturnBody) => http.post<SessionReply>('/api/guests/return', body),
};

/** One's own account. */
export const me = {
  get: (signal: AbortSignal) => http.get<Me>('/api/me', { signal }),
  change: (body: Without<MePatch>, ticket: string | null) =>
    http.patch<Me>('/api/me', withTicket(body, ticket)),
  /** Address of the file with everything kept about oneself. */
  exportFile: '/api/me/export',
  erase: (body: Without<ProveBody>, ticket: string | null) =>
    http.post<null>('/api/me/erase', withTicket(body, ticket)),
  changePassword: (body: Without<PasswordBody>, ticket: string | null) =>
    http.put<SessionReply>('/api/me/password', withTicket(body, ticket), { tries: 1 }),
  newRecoveryCode: (body: Without<ProveBody>, ticket: string | null) =>
    http.post<RecoveryCodeReply>('/api/me/recovery-code', withTicket(body, ticket)),
  sessions: (signal: AbortSignal) => http.get<SessionList>('/api/me/sessions', { signal }),
  endSession: (session: string) => http.delete<null>(`/api/me/sessions/${session}`),
  endOtherSessions: () => http.post<null>('/api/me/sessions/end', { which: 'others' }, { tries: 3 }),
  beginSecondFactor: (body: Without<ProveBody>, ticket: string | null) =>
    http.post<SecondFactorReply>('/api/me/second-factor', withTicket(body, ticket)),
  confirmSecondFactor: (totp: string) =>
    http.put<SessionReply>('/api/me/second-factor', { totp }, { tries: 1 }),
  endSecondFactor: (body: Without<SecondFactorOffBody>, ticket: string | null) =>
    http.post<SessionReply>('/api/me/second-factor/off', withTicket(body, ticket)),
  /** Gives the second factor in a session that began without it. */
  elevate: (totp: string) => http.post<SessionReply>('/api/me/elevation', { totp }),
};
