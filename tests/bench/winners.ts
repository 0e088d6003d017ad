/** Winners of a round of a million results, asked of the product over HTTP: declared, prizes set, then decided and timed. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface WinnersAsked {
  readonly port: number;
  readonly cookie: string;
  readonly contest: string;
  readonly round: string;
}

const REASON = 'đo tốc độ';
const WAIT_MS = 60_000;

const prize = (id: string, more: object) => ({
  ...{ id, title: `Giải ${id}`, value: '', count: 1, scope: 'round', to: 'people', by: 'rank' },
  ...{ metric: 'entrants', unit: null, block: null, membersFrom: null, membersTo: null },
  ...{ minMarks: null, minEntrants: null },
  ...more,
});

/** By rank and by lots for people, and for units: what a weekly round gives. */
const PRIZES = [
  prize('nhat', {}),
  prize('giainhi', { count: 2 }),
  prize('khuyenkhich', { count: 10 }),
  prize('mayman', { count: 10, by: 'lot' }),
  prize('donvi', { to: 'units', count: 10 }),
];

/** Seconds from the request to the list. */
export async function decideWinners({ port, cookie, contest, round }: WinnersAsked) {
  const desk = `http://127.0.0.1:${port}/api/desk/contests/${contest}`;
  const board = `round-${round}`;
  const ask = async (method: string, path: string, body?: object) => {
    const reply = await fetch(desk + path, {
      method,
      headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: reply.status, body: await reply.json() };
  };
  const declared = { board, standing: 'provisional', last: 0, reason: REASON };
  let answer = await ask('POST', '/standings', declared);
  for (const end = Date.now() + WAIT_MS; answer.status === 409 && Date.now() < end; ) {
    // The server settles rounds that are over by itself; until then nothing can be declared.
    await sleep(500);
    answer = await ask('POST', '/standings', declared);
  }
  if (answer.status !== 200) throw new Error(`not declared: ${JSON.stringify(answer.body)}`);
  const snapshot = answer.body.boards.find((one: { board: string }) => one.board === board).snapshots[0].id;
  const { body: before } = await ask('GET', '/prizes');
  const caps = { onePerBoard: true, person: null, unit: null, unitWins: null };
  const plan = { ...before.plan, prizes: PRIZES, caps };
  const saved = await ask('PUT', '/prizes', { expectedVersion: before.version, plan, reason: REASON });
  if (saved.status !== 200) throw new Error(`no prizes: ${JSON.stringify(saved.body)}`);
  const from = performance.now();
  const winners = await ask('POST', '/winners', { board, snapshot, extra: '', reason: REASON });
  if (winners.status !== 200) throw new Error(`no winners: ${JSON.stringify(winners.body)}`);
  return (performance.now() - from) / 1000;
}
