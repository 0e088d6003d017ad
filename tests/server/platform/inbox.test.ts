import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { MovableClock } from '../../../server/platform/clock.ts';
import { Inbox } from '../../../server/platform/inbox.ts';

const NOW = 1_700_000_000_000;
const HOUR = 3_600_000;
const later = (): Promise<void> => new Promise((done) => setImmediate(done));

it('stamps what is said when it is read, and serves it in pieces with the rest of the loop between them', async () => {
  const clock = new MovableClock(NOW);
  const inbox = new Inbox(clock);
  const heard: { readonly said: unknown; readonly at: number }[] = [];
  const lines = Array.from({ length: 300 }, () => new EventEmitter());
  for (const line of lines) inbox.open(line, (read, at) => heard.push({ said: read?.message, at }));
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

it('gives what is no message as none, and leaves coming in and leaving at their place', async () => {
  const inbox = new Inbox(new MovableClock(NOW));
  const heard: unknown[] = [];
  const line = new EventEmitter();
  const left: unknown[] = [];
  line.on('data', (packet) => left.push(packet));
  inbox.open(line, (read) => heard.push(read));
  for (const packet of ['2["say",1]', '2["say"', Buffer.from('x'), '0', '2["say",2]', '1'])
    line.emit('data', packet);
  const message = (said: number) => ({ event: 'say', message: said, ack: '' });
  // Coming in and leaving stay where they were, each at its place in the order.
  expect(heard).toEqual([message(1), null, null, message(2)]);
  expect(left).toEqual(['0', '1']);
  line.emit('data', '27["say",3]');
  line.emit('close');
  expect(heard.at(-1)).toEqual({ ...message(3), ack: '7' });
  await later();
  expect(heard).toHaveLength(5);
});
