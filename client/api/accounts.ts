/** The doors of accounts, typed. Shapes and codes: server/contracts/accounts.ts. */
import type { SessionReply } from '../../server/contracts/accounts.ts';
import { http } from './http.ts';

export type { RoleName, SessionPerson } from '../../server/contracts/accounts.ts';

export const accounts = {
  /** Who is signed in; never 401. */
  session: () => http.get<SessionReply>('/api/session'),
  /** Signs out on this device. */
  signOut: () => http.delete<null>('/api/session'),
};
