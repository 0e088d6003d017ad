/** What a citizen's browser asks while taking an attempt, as ready-made requests, and what is read from the replies. */
import { post, type Reply } from './connection.ts';

/** What is needed of a started attempt. */
export interface Started {
  readonly id: string;
  readonly token: string;
  /** Kinds of the questions, in order. */
  readonly kinds: readonly string[];
}

export function startRequest(round: string, session: string, number: number): string {
  return post(`/api/rounds/${round}/attempts`, `cookie: hoithi=${session}\r\n`, `{"number":${number}}`);
}

/** Reads the reply of a start without parsing twenty questions; null when it is something else. */
export function readStarted({ status, body }: Reply): Started | null {
  if (status !== 200) return null;
  const id = textAfter(body, '"id":"');
  const token = textAfter(body, '"token":"');
  if (id === null || token === null) return null;
  const kinds: string[] = [];
  for (let at = body.indexOf('"kind":"'); at >= 0; at = body.indexOf('"kind":"', at)) {
    at += 8;
    kinds.push(body.slice(at, body.indexOf('"', at)));
  }
  return { id, token, kinds };
}

function textAfter(body: string, name: string): string | null {
  const at = body.indexOf(name);
  if (at < 0) return null;
  return body.slice(at + name.length, body.indexOf('"', at + name.length));
}

/** Some answer to a question of this kind, as JSON. */
export function answerTo(kind: string | undefined, i: number): string {
  if (kind === 'trueFalse') return i % 2 === 0 ? 'true' : 'false';
  if (kind === 'shortText') return `"tra loi ${i}"`;
  if (kind === 'numeric') return `"${i}"`;
  return `[${i % 2}]`;
}

/** The save that answers question `i` as the `n`-th of its device, knowing the save `base`. */
export function saveRequest(
  attempt: Started,
  device: string,
  n: number,
  i: number,
  base = n - 1,
  salt = i,
): string {
  const body = `{"device":"${device}","n":${n},"base":${base},"changes":{"${i}":${answerTo(attempt.kinds[i], salt)}}}`;
  return post(`/api/attempts/${attempt.id}/answers`, `authorization: Attempt ${attempt.token}\r\n`, body);
}

/** Whether the save was acknowledged with this number and nothing of it was left out. */
export function isSaved({ status, body }: Reply, seq: number): boolean {
  return status === 200 && body.includes(`"seq":${seq},`) && !body.includes('"refused"');
}

export function submitRequest(attempt: Started): string {
  return post(`/api/attempts/${attempt.id}/submit`, `authorization: Attempt ${attempt.token}\r\n`, '{}');
}

export function isSubmitted({ status, body }: Reply, answered: number): boolean {
  return status === 200 && body.includes(`"answered":${answered},`);
}
