/** Closing a contest's boards: standings, prizes, winners, certificates, dossiers. Shapes: server/contracts. */
import type {
  BatchView,
  CertificateDesign,
  CertificatesView,
  OrderBatch,
  SaveDesign,
  Verification,
} from '../../server/contracts/certificates.ts';
import type { ClosingView, Comparison, Declare } from '../../server/contracts/closing.ts';
import type { Dossier, FoundAttempts } from '../../server/contracts/dossier.ts';
import type {
  Decide,
  PrizeRight,
  PrizesView,
  PublishWinners,
  SavePrizes,
  WinnerList,
} from '../../server/contracts/prizes.ts';
import { http } from './http.ts';
import { problemOf } from './problem.ts';

export type {
  BatchCard,
  BatchView,
  CertificateDesign,
  CertificateLine,
  CertificatesView,
} from '../../server/contracts/certificates.ts';
export type {
  ClosingBoard,
  ClosingView,
  Comparison,
  DeclaredStanding,
  Move,
  RoundStanding,
  SnapshotCard,
} from '../../server/contracts/closing.ts';
export type { Dossier, FoundAttempts } from '../../server/contracts/dossier.ts';
export type { Exclusion, Prize, PrizePlan, PrizesView, WinnerList } from '../../server/contracts/prizes.ts';

const door = (contest: string) => `/api/desk/contests/${encodeURIComponent(contest)}`;
const query = (values: Readonly<Record<string, string>>) => new URLSearchParams(values).toString();
/** Twice is once: these name what was seen, so a lost answer may be asked for again. */
const again = { tries: 3, timeoutMs: 60_000 };

export const deskClosing = {
  view: (contest: string, signal?: AbortSignal) =>
    http.get<ClosingView>(`${door(contest)}/closing`, signal === undefined ? {} : { signal }),
  declare: (contest: string, body: Declare) =>
    http.post<ClosingView>(`${door(contest)}/standings`, body, again),
  compare: (contest: string, from: string, to: string) =>
    http.get<Comparison>(`${door(contest)}/comparison`, { query: { from, to }, timeoutMs: 60_000 }),
  prizes: (contest: string) => http.get<PrizesView>(`${door(contest)}/prizes`),
  savePrizes: (contest: string, body: SavePrizes) => http.put<PrizesView>(`${door(contest)}/prizes`, body),
  decideRight: (contest: string, body: PrizeRight) =>
    http.put<PrizesView>(`${door(contest)}/prize-rights`, body),
  winners: (contest: string, board: string) =>
    http.get<WinnerList>(`${door(contest)}/winners`, { query: { board } }),
  decide: (contest: string, body: Decide) =>
    http.post<WinnerList>(`${door(contest)}/winners`, body, { timeoutMs: 60_000 }),
  publish: (contest: string, body: PublishWinners) =>
    http.post<WinnerList>(`${door(contest)}/winners/publication`, body, again),
  /** Address of a file. */
  notice: (contest: string, board: string, format: 'pdf' | 'docx') =>
    `${door(contest)}/notice?${query({ board, format })}`,
  certificates: (contest: string) => http.get<CertificatesView>(`${door(contest)}/certificates`),
  saveDesign: (contest: string, body: SaveDesign) =>
    http.post<CertificatesView>(`${door(contest)}/certificate-designs`, body),
  order: (contest: string, body: OrderBatch) =>
    http.post<CertificatesView>(`${door(contest)}/certificate-batches`, body, again),
  batch: (contest: string, batch: string, offset: number) =>
    http.get<BatchView>(`${door(contest)}/certificate-batches/${encodeURIComponent(batch)}`, {
      query: { offset },
    }),
  /** Address of a ZIP. */
  files: (contest: string, batch: string, part: number) =>
    `${door(contest)}/certificate-batches/${encodeURIComponent(batch)}/files?part=${part}`,
  revoke: (contest: string, certificate: string, reason: string) =>
    http.post<Verification>(
      `${door(contest)}/certificates/${encodeURIComponent(certificate)}/revocation`,
      { reason },
      again,
    ),
  find: (contest: string, q: string) =>
    http.get<FoundAttempts>(`${door(contest)}/attempts`, { query: { q } }),
  dossier: (contest: string, attempt: string) =>
    http.get<Dossier>(`${door(contest)}/attempts/${encodeURIComponent(attempt)}/dossier`),
  /** Address of a PDF. */
  dossierFile: (contest: string, attempt: string) =>
    `${door(contest)}/attempts/${encodeURIComponent(attempt)}/dossier/file`,
};

/** A sample certificate as a PDF. Throws ApiError. */
export async function certificatePreview(contest: string, design: CertificateDesign): Promise<Blob> {
  const reply = await fetch(`${door(contest)}/certificate-preview`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(design),
  });
  if (!reply.ok) throw await problemOf(reply);
  return reply.blob();
}
