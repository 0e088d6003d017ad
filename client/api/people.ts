/** Staff's doors to people, their roles and the audit log, typed. Shapes and codes: server/contracts/accounts.ts. */
import type {
  AuditReply,
  PeopleQuery,
  PeopleReply,
  PersonDetail,
  ResetCodeBody,
  ResetCodeReply,
  RoleName,
} from '../../server/contracts/accounts.ts';
import { http } from './http.ts';

export type {
  AuditReply,
  PersonDetail,
  PersonSummary,
  ResetCodeBody,
  ResetCodeReply,
  RoleName,
} from '../../server/contracts/accounts.ts';

const door = (person: string) => `/api/people/${encodeURIComponent(person)}`;

export const people = {
  find: (query: PeopleQuery, signal?: AbortSignal) =>
    http.get<PeopleReply>('/api/people', signal === undefined ? { query } : { query, signal }),
  read: (person: string) => http.get<PersonDetail>(door(person)),
  grant: (person: string, role: RoleName, reason: string) =>
    http.put<PersonDetail>(`${door(person)}/roles/${role}`, { reason }),
  revoke: (person: string, role: RoleName, reason: string) =>
    http.delete<PersonDetail>(`${door(person)}/roles/${role}`, { body: { reason } }),
  secondFactorOff: (person: string, reason: string) =>
    http.post<PersonDetail>(`${door(person)}/second-factor/off`, { reason }),
  /** The code is shown this once. */
  resetCode: (person: string, body: ResetCodeBody) =>
    http.post<ResetCodeReply>(`${door(person)}/reset-codes`, body),
  /** The newest first; `before` is a `seq`. */
  audit: (query: { readonly before?: number; readonly subject?: string; readonly limit?: number }) =>
    http.get<AuditReply>('/api/audit', { query }),
};
