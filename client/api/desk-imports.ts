/** The doors for files into banks and out of them, typed. Shapes: server/contracts/imports.ts. */
import type {
  BlockList,
  BlockQuery,
  BulkFix,
  BulkFixed,
  ExportPlan,
  FormatList,
  ImportBlock,
  ImportDetail,
  ImportList,
  MendBlock,
  ReadAgain,
} from '../../server/contracts/imports.ts';
import { http } from './http.ts';
import { localError, problemOf } from './problem.ts';

export type {
  BlockQuery,
  BulkFix,
  ExportPlan,
  FormatList,
  ImportBlock,
  ImportDetail,
  Place,
} from '../../server/contracts/imports.ts';

const part = encodeURIComponent;
const bankDoor = (bank: string) => `/api/desk/banks/${part(bank)}`;
const door = (id: string) => `/api/desk/imports/${part(id)}`;
const slowMs = 60_000;

/** Told how much of a file has left, 0..1. */
export type OnSent = (share: number) => void;

function upload(
  bank: string,
  file: Blob,
  name: string,
  onsent: OnSent,
  format?: 'paste',
): Promise<ImportDetail> {
  const query = new URLSearchParams({ name: name.slice(0, 300) });
  if (format !== undefined) query.set('format', format);
  return send(`${bankDoor(bank)}/imports?${query.toString()}`, file, onsent);
}

/** The file as it is: it is not JSON, and may be large. `fetch` does not tell how much has left. */
async function send(address: string, file: Blob, onsent: OnSent): Promise<ImportDetail> {
  const reply = await new Promise<Response>((done, failed) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onsent(total === 0 ? 1 : loaded / total);
    request.onload = () => done(new Response(request.responseText, { status: request.status }));
    request.onerror = () => failed(localError('network'));
    request.send(file);
  });
  if (!reply.ok) throw await problemOf(reply);
  return reply.json();
}

export const deskImports = {
  upload,
  formats: () => http.get<FormatList>('/api/desk/formats'),
  templateOf: (format: string) => `/api/desk/formats/${part(format)}/template`,
  list: (bank: string) => http.get<ImportList>(`${bankDoor(bank)}/imports`),
  read: (id: string) => http.get<ImportDetail>(door(id)),
  drop: (id: string) => http.delete<null>(door(id)),
  blocks: (id: string, query: BlockQuery, signal?: AbortSignal) =>
    http.get<BlockList>(`${door(id)}/blocks`, signal === undefined ? { query } : { query, signal }),
  mend: (id: string, number: number, body: MendBlock) =>
    http.put<ImportBlock>(`${door(id)}/blocks/${number}`, body, { timeoutMs: slowMs }),
  bulk: (id: string, body: BulkFix) => http.post<BulkFixed>(`${door(id)}/bulk`, body, { timeoutMs: slowMs }),
  readAgain: (id: string, body: ReadAgain) => http.post<ImportDetail>(`${door(id)}/read`, body),
  answers: (id: string, file: Blob, onsent: OnSent) => send(`${door(id)}/answers`, file, onsent),
  commit: (id: string, partly: boolean) => http.post<ImportDetail>(`${door(id)}/commit`, { partly }),
  undo: (id: string) => http.post<ImportDetail>(`${door(id)}/undo`, {}, { timeoutMs: slowMs }),
  exportPlan: (bank: string, format: string) =>
    http.get<ExportPlan>(`${bankDoor(bank)}/exports/${part(format)}`, { timeoutMs: slowMs }),
  exportOf: (bank: string, format: string) => `${bankDoor(bank)}/exports/${part(format)}/file`,
};
