import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { MovableClock } from '../../../server/platform/clock.ts';
import { Inbox, type NoMessage } from '../../../server/platform/inbox.ts';

const NOW = 1_700_000_000_000;
const HOUR = 3_600_000;
/** Nothing more comes with time, however long a test takes. */
const RATE = { burst: 10, perMinute: 0 };
const later = (): Promise<void> => new Promise((done) => setImmediate(done));

it('stamps what is said when it is read, and serves it in pieces with the rest of the loop between them', async () => {
  const clock = new MovableClock(NOW);
  const inbox = new Inbox(clock, RATE);
  const heard: { readonly said: unknown; readonly at: number }[] = [];
  const lines = Array.from({ length: 300 }, () => new EventEmitter());
  for (const line of lines)
    inbox.open(line, (read, at) => heard.push({ said: typeof read === 'string' ? read : read.message, at }));
  for (const [i, line] of lines.entries()) line.emit('data', `2${i}["say",${i}]`);
  clock.advance(HOUR);
  expect(heard).toEqual([]);
  const pieces: number[] = [];
  while (heard.length < 300) {
    const before = heard.length;
    await later();
    pieces.push(heard.length - before);
  }
  expect(heard.map(({ said }) => said)).toEqual(lines.map((_, i) => i));
  expect(Math.max(...heard.map(({ at }) => at))).toBeLessThan(NOW + HOUR);
  expect(Math.max(...pieces)).toBeLessThan(100);
});

it('makes the loop go round once a turn while very many speak at once, and not for a few', async () => {
  const inbox = new Inbox(new MovableClock(NOW), RATE);
  const lines = Array.from({ length: 1000 }, () => new EventEmitter());
  for (const line of lines) inbox.open(line, () => undefined);
  const signals = vi.spyOn(process, 'kill').mockReturnValue(true);
  for (const line of lines.slice(0, 100)) line.emit('data', '2["say",1]');
  await inbox.served();
  expect(signals).not.toHaveBeenCalled();
  for (const line of lines) line.emit('data', '2["say",1]');
  expect(signals.mock.calls).toEqual([[process.pid, 'SIGURG']]);
  await later();
  for (const line of lines) line.emit('data', '2["say",1]');
  expect(signals).toHaveBeenCalledTimes(2);
  await inbox.served();
});

it('says what is no message, and leaves coming in and leaving at their place', async () => {
  const inbox = new Inbox(new MovableClock(NOW), RATE);
  const heard: unknown[] = [];
  const line = new EventEmitter();
  const left: unknown[] = [];
  line.on('data', (packet) => left.push(packet));
  inbox.open(line, (read) => heard.push(read));
  for (const packet of ['2["say",1]', '2["say"', Buffer.from('x'), '0', '2["say",2]', '1'])
    line.emit('data', packet);
  const message = (said: number) => ({ event: 'say', message: said, ack: '' });
  // Coming in and leaving stay where they were, each at its place in the order.
  expect(heard).toEqual([message(1), 'request.invalid', 'request.invalid', message(2)]);
  expect(left).toEqual(['0', '1']);
  line.emit('data', '27["say",3]');
  line.emit('close');
  expect(heard.at(-1)).toEqual({ ...message(3), ack: '7' });
  await later();
  expect(heard).toHaveLength(5);
});

it('counts what is said when it is read: who floods is stopped there, keeps no memory and holds up nobody', async () => {
  const clock = new MovableClock(NOW);
  const inbox = new Inbox(clock, RATE);
  const heard: { readonly line: EventEmitter; readonly read: unknown }[] = [];
  const [flood, neighbour] = [new EventEmitter(), new EventEmitter()];
  for (const line of [flood, neighbour]) inbox.open(line, (read) => heard.push({ line, read }));
  for (let i = 0; i < 100_000; i++) flood.emit('data', '2["say",1]');
  neighbour.emit('data', '2["say",2]');
  // The burst, the word that it was too much, and the neighbour: all of it in the first piece.
  await later();
  expect(heard).toHaveLength(RATE.burst + 2);
  expect(heard[RATE.burst]).toEqual({ line: flood, read: 'request.tooMany' satisfies NoMessage });
  expect(heard.at(-1)).toMatchObject({ line: neighbour, read: { message: 2 } });
  clock.advance(HOUR);
  flood.emit('data', '2["say",3]');
  flood.emit('close');
  expect(heard).toHaveLength(RATE.burst + 2);
});

it('gives a connection that leaves and comes in again no more than one that stays', () => {
  const inbox = new Inbox(new MovableClock(NOW), RATE);
  const heard: unknown[] = [];
  const line = new EventEmitter();
  let cameIn = 0;
  line.on('data', () => {
    cameIn += 1;
    inbox.open(line, (read) => heard.push(read));
  });
  line.emit('data', '0');
  for (let i = 0; i < 100; i++) for (const packet of ['2["say",1]', '1', '0']) line.emit('data', packet);
  line.emit('close');
  expect(heard.filter((read) => typeof read !== 'string')).toHaveLength(4);
  expect(heard.at(-1)).toBe('request.tooMany');
  expect(cameIn).toBe(7);
});

it('tells when what came until now was served, also while more keeps coming', async () => {
  const inbox = new Inbox(new MovableClock(NOW), { burst: 1000, perMinute: 0 });
  let served = 0;
  const line = new EventEmitter();
  inbox.open(line, () => {
    served += 1;
    if (served < 900) line.emit('data', '2["say","more"]');
  });
  await inbox.served();
  expect(served).toBe(0);
  for (let i = 0; i < 80; i++) line.emit('data', '2["say",1]');
  await inbox.served();
  expect(served).toBeGreaterThanOrEqual(80);
  expect(served).toBeLessThan(900);
});
