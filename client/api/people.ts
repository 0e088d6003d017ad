/** Staff's doors to people, their roles and the audit log, typed. Shapes and codes: server/contracts/accounts.ts. */

import type { RoleName } from '../../server/contracts/accounts.ts';
import type { AuditActionsReply, AuditCheckReply, AuditReply } from '../../server/contracts/audit.ts';
import type { ExportReply } from '../../server/contracts/exports.ts';
import type {
  ContactReply,
  PeopleQuery,
  PeopleReply,
  PersonDetail,
  ResetCodeBody,
  ResetCodeReply,
} from '../../server/contracts/people.ts';
import { http } from './http.ts';

export type { RoleName } from '../../server/contracts/accounts.ts';
export type { AuditCheckReply, AuditReply } from '../../server/contracts/audit.ts';
export type {
  PersonDetail,
  PersonSummary,
  ResetCodeBody,
  ResetCodeReply,
} from '../../server/contracts/people.ts';

/** What of the log is wanted. */
export interface AuditSearch {
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  readonly from?: number;
  readonly to?: number;
}

const door = (person: string) => `/api/people/${encodeURIComponent(person)}`;

export const people = {
  find: (query: PeopleQuery, signal?: AbortSignal) =>
    http.get<PeopleReply>('/api/people', signal === undefined ? { query } : { query, signal }),
  read: (person: string) => http.get<PersonDetail>(door(person)),
  contact: (person: string, reason: string) =>
    http.post<ContactReply>(`/api/people/${encodeURIComponent(person)}/contact`, { reason }),
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
  audit: (query: AuditSearch & { readonly before?: number; readonly limit?: number }) =>
    http.get<AuditReply>('/api/audit', { query: { ...query } }),
  /** What was ever done, to choose from. */
  auditActions: (signal: AbortSignal) => http.get<AuditActionsReply>('/api/audit/actions', { signal }),
  /** Follows the whole chain; a long log takes a while. */
  auditCheck: () => http.post<AuditCheckReply>('/api/audit/check', {}, { timeoutMs: 300_000 }),
  /** Logged; gives the address of the file. */
  auditFile: (search: AuditSearch, reason: string) =>
    http.post<ExportReply>('/api/audit/exports', { ...search, reason }),
};
