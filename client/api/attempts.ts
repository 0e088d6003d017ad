/** The doors of an attempt, typed. Shapes and codes: server/contracts/attempts.ts. Saves go with the attempt's token. */
import type {
  AttemptReply,
  ResultReply,
  SaveBody,
  SaveReply,
  SharedReply,
  SubmitBody,
  SubmitReply,
} from '../../server/contracts/attempts.ts';
import { http } from './http.ts';

export type {
  Answer,
  AttemptReply,
  ResultReply,
  ReviewedQuestion,
  SaveBody,
  SaveReply,
  SharedReply,
  ShownQuestion,
  SubmitBody,
  SubmitReply,
} from '../../server/contracts/attempts.ts';

/** Browsers refuse to keep a request alive that is larger (64 KiB in all); Vietnamese takes up to three bytes a letter. */
const keepableLength = 20_000;
/** ms; a phone on a weak network gets an answer or tries again. */
const saveTimeoutMs = 12_000;

const at = (attempt: string): string => `/api/attempts/${encodeURIComponent(attempt)}`;
const signed = (token: string) => ({ authorization: `Attempt ${token}` });
const isKeepable = (body: unknown): boolean => JSON.stringify(body).length < keepableLength;

export const attempts = {
  /** The paper, its saved answers and the token; my own attempts only. */
  open: (attempt: string, signal?: AbortSignal) =>
    http.get<AttemptReply>(at(attempt), signal === undefined ? {} : { signal }),
  /** One try: repeating is the caller's, who may have more to send by then. Goes on when the page is left. */
  save: (attempt: string, token: string, body: SaveBody) =>
    http.post<SaveReply>(`${at(attempt)}/answers`, body, {
      headers: signed(token),
      tries: 1,
      timeoutMs: saveTimeoutMs,
      keepalive: isKeepable(body),
    }),
  /** One try, as a save. Sent again it gives the same receipt. */
  /** How often the page was out of sight so far, where the contest looks. */
  away: (attempt: string, token: string, body: { readonly times: number; readonly ms: number }) =>
    http.post<null>(`/api/attempts/${encodeURIComponent(attempt)}/away`, body, { headers: signed(token) }),
  submit: (attempt: string, token: string, body: SubmitBody) =>
    http.post<SubmitReply>(`${at(attempt)}/submit`, body, {
      headers: signed(token),
      tries: 1,
      timeoutMs: saveTimeoutMs,
      keepalive: isKeepable(body),
    }),
  result: (attempt: string, signal: AbortSignal) =>
    http.get<ResultReply>(`${at(attempt)}/result`, { signal }),
  shared: (share: string, signal: AbortSignal) =>
    http.get<SharedReply>(`/api/shared-results/${encodeURIComponent(share)}`, { signal }),
};
