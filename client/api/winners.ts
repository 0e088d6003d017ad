/** What everybody may see after the close: winners, a result by its code, what a certificate says, one's own dossier. */
import type { Verification } from '../../server/contracts/certificates.ts';
import type { Dossier } from '../../server/contracts/dossier.ts';
import type { OwnResult, PublicWinners } from '../../server/contracts/prizes.ts';
import { http } from './http.ts';

export type { Verification } from '../../server/contracts/certificates.ts';
export type { Dossier } from '../../server/contracts/dossier.ts';
export type { OwnResult, PublicWinners } from '../../server/contracts/prizes.ts';

const part = encodeURIComponent;

export const winners = {
  ofContest: (slug: string, signal: AbortSignal) =>
    http.get<PublicWinners>(`/api/contests/${part(slug)}/winners`, { signal }),
  /** Address of the list to draw lots from again. */
  lots: (slug: string, board: string) => `/api/contests/${part(slug)}/lots?${new URLSearchParams({ board })}`,
  byCode: (code: string, signal: AbortSignal) =>
    http.get<OwnResult>(`/api/results/${part(code)}`, { signal, tries: 2 }),
  verify: (code: string, signal: AbortSignal) =>
    http.get<Verification>(`/api/certificates/${part(code)}`, { signal, tries: 2 }),
  certificateFile: (code: string) => `/api/certificates/${part(code)}/file`,
  dossier: (attempt: string, signal: AbortSignal) =>
    http.get<Dossier>(`/api/attempts/${part(attempt)}/dossier`, { signal }),
  dossierFile: (attempt: string) => `/api/attempts/${part(attempt)}/dossier/file`,
};
