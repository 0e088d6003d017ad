/** Staff's doors to the tree of units, typed. Shapes and codes: server/contracts/units.ts. */
import type {
  UnitBody,
  UnitCloseBody,
  UnitDetail,
  UnitHistory,
  UnitMergeBody,
  UnitPatch,
  UnitsImportBody,
  UnitsImportReply,
  UnitsQuery,
  UnitsReply,
} from '../../server/contracts/units.ts';
import { http } from './http.ts';

export type {
  UnitBody,
  UnitCloseBody,
  UnitDetail,
  UnitHistory,
  UnitPatch,
  UnitSummary,
  UnitsImportOverwrite,
  UnitsImportReply,
  UnitsImportRow,
} from '../../server/contracts/units.ts';

const door = (unit: string) => `/api/units/${encodeURIComponent(unit)}`;
/** A large table takes the server a while. */
const importTimeoutMs = 90_000;

export const deskUnits = {
  find: (query: UnitsQuery, signal?: AbortSignal) =>
    http.get<UnitsReply>('/api/units', signal === undefined ? { query } : { query, signal }),
  read: (unit: string) => http.get<UnitDetail>(door(unit)),
  /** Lines older than `before`; the newest without. */
  history: (unit: string, signal?: AbortSignal, before?: number) =>
    http.get<UnitHistory>(`${door(unit)}/history`, {
      ...(signal !== undefined && { signal }),
      ...(before !== undefined && { query: { before } }),
    }),
  create: (body: UnitBody) => http.post<UnitDetail>('/api/units', body),
  change: (unit: string, body: UnitPatch) => http.patch<UnitDetail>(door(unit), body),
  merge: (unit: string, body: UnitMergeBody) =>
    http.post<UnitDetail>(`/api/units/${encodeURIComponent(unit)}/merge`, body),
  close: (unit: string, body: UnitCloseBody) => http.post<UnitDetail>(`${door(unit)}/close`, body),
  reopen: (unit: string, reason: string) => http.post<UnitDetail>(`${door(unit)}/reopen`, { reason }),
  importFile: (body: UnitsImportBody) =>
    http.post<UnitsImportReply>('/api/units/import', body, { timeoutMs: importTimeoutMs }),
};
