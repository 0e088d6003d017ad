import { afterEach, expect, it, vi } from 'vitest';
import { answerCount } from '../../../server/live/answer-book.ts';
import { startServer } from '../../harness/app.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { asks, Hall, stage } from './hall.ts';

const RIGHT = 1;

onBothDatabases('a room', ({ location }) => {
  let hall: Hall;
  afterEach(() => hall.close());

  const open = async () => {
    const at = await location();
    hall = await Hall.open(
      (known) => [
        stage('quiz', {
          questions: asks(known.filter((_, i) => i % 4 === 0)),
          ...{ readSeconds: 0, shuffleOptions: false, scoring: 'accuracy', closeWhenAllAnswered: false },
          reveal: 'host',
        }),
      ],
      {},
      at,
    );
    return at;
  };

  it('grades when it is read again, if it fell between the close and the grading', async () => {
    const at = await open();
    const phones = await hall.phones(2);
    const question = await hall.ask(phones);
    await phones[0]?.ear.answer(question.asking, [RIGHT]);
    const version = hall.host.newest('host')?.version ?? 0;
    const { database } = hall.server.context;
    const { liveEvents, liveAskings, liveSessions } = database.tables;
    const [session] = await database.query.select().from(liveSessions);
    await hall.server.close();

    // What a server had written that died right then.
    const later = await startServer(at, {}, hall.server.clock);
    const { query } = later.context.database;
    const event = { type: 'closed', asking: question.asking, by: 'time' } as const;
    const entry = { sessionId: session?.id ?? 0, version: version + 1, at: later.clock.now(), event };
    await later.context.database.atomic([
      query.insert(liveEvents).values(entry),
      query.update(liveAskings).set({ state: 2 }),
    ]);
    await later.app.live.listening();
    const room = (await later.app.live.rooms.byUid(hall.live))?.room;
    await expect.poll(() => room?.state.step.phase).toBe('graded');
    expect(room?.state.askings.at(-1)?.outcome).toMatchObject({
      players: [phones[0]?.number],
      ...{ points: [1000], right: 1 },
    });
    await later.close();
  });

  it('closes a question whose timer came a moment before its time', async () => {
    await open();
    const question = await hall.ask(await hall.phones(2));
    const room = (await hall.server.app.live.rooms.byUid(hall.live))?.room;
    const { clock } = hall.server;
    const due = question.deadline + 10_000;
    clock.set(due);
    const early = vi.spyOn(clock, 'now').mockReturnValueOnce(question.deadline - 1);
    await room?.wake();
    early.mockRestore();
    await expect.poll(() => room?.state.step.phase).toBe('graded');
  });

  it('takes what was read in time and waits to be served when the question closes', async () => {
    await open();
    const [phone] = await hall.phones(1);
    const question = await hall.ask(phone === undefined ? [] : [phone]);
    const room = (await hall.server.app.live.rooms.byUid(hall.live))?.room;
    if (room === undefined || phone === undefined) throw new Error('no room');
    const crowd = Promise.withResolvers<void>();
    const heard = vi.spyOn(room.audiences, 'heard').mockReturnValueOnce(crowd.promise);
    hall.server.clock.set(question.deadline + 10_000);
    const closing = room.wake();
    // The crowd before it is served, and the deadline is long over.
    await expect.poll(() => heard.mock.calls.length).toBe(1);
    const reply = new Promise((told) =>
      room.answers.take(phone.number, question.asking, [RIGHT], question.deadline, told),
    );
    crowd.resolve();
    await closing;
    expect(await reply).toEqual({ ok: true, at: question.deadline });
    await expect.poll(() => room.state.askings.at(-1)?.outcome?.right).toBe(1);
  });

  it('grades every answer that was acknowledged, however closing races with answering', {
    timeout: 60_000,
  }, async () => {
    await open();
    const phones = await hall.phones(20);
    for (let round = 0; round < 3; round++) {
      const question = await hall.ask(phones);
      const answering = phones.map(async ({ ear }, i) => {
        await new Promise((later) => setTimeout(later, i * 2));
        return ear.answer(question.asking, [RIGHT]);
      });
      await new Promise((later) => setTimeout(later, 20));
      await hall.say({ do: 'closeEarly' });
      const replies = await Promise.all(answering);
      await hall.phase('graded');
      const acknowledged = replies.flatMap((reply, i) => ('ok' in reply ? [phones[i]?.number ?? 0] : []));
      const room = (await hall.server.app.live.rooms.byUid(hall.live))?.room;
      const outcome = room?.state.askings.at(-1)?.outcome;
      expect(outcome?.players).toEqual([...acknowledged].sort((a, b) => a - b));
      expect(replies.every((reply) => 'ok' in reply || reply.refused === 'live.closed')).toBe(true);
      expect(await answerCount(hall.server.context.database, question.asking)).toBe(acknowledged.length);
      await hall.say({ do: 'reveal' });
      await hall.say({ do: 'next' });
    }
  });

  it('does a command once that comes from two hands at once, and the second is told so', async () => {
    await open();
    const press = { v: 1, id: 'one-press-twice', do: 'start', seen: 99 };
    const replies = await Promise.all([1, 2, 3].map(() => hall.host.ask('live:command', press)));
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
    const { database } = hall.server.context;
    const events = await database.query.select().from(database.tables.liveEvents);
    expect(events.filter(({ event }) => event.type === 'stageEntered').length).toBe(1);
    expect(events.map(({ version }) => version).sort((a, b) => a - b)).toEqual(events.map((_, i) => i + 1));
  });

  it('interrupts a question when a fifth of the phones is lost at once, and goes on when they are back', async () => {
    await open();
    const phones = await hall.phones(10);
    const question = await hall.ask(phones);
    for (const { ear } of phones.slice(0, 5)) ear.close();
    const paused = await hall.host.until('host', ({ view }) => view.paused?.by === 'interrupted');
    expect(paused.view.paused?.leftMs).toBeGreaterThan(0);
    // Who is still there may answer meanwhile.
    expect(await phones[9]?.ear.answer(question.asking, [RIGHT])).toMatchObject({ ok: true });
    await new Promise((later) => setTimeout(later, 300));
    for (const { token } of phones.slice(0, 4)) {
      const ear = hall.ear();
      await ear.follow(hall.live, 'player', { token });
    }
    const resumed = await hall.host.until('host', ({ view }) => view.paused === null);
    expect((resumed.view.question?.deadline ?? 0) - question.deadline).toBeGreaterThanOrEqual(290);
  });

  it('says when the host in control is gone, and when they are back', { timeout: 30_000 }, async () => {
    await open();
    const [phone] = await hall.phones(1);
    hall.host.close();
    await phone?.ear.until('player', ({ view }) => !view.hostPresent, 9000);
    const again = hall.ear(hall.cookie);
    await again.follow(hall.live, 'host', { client: 'client-of-host' });
    await phone?.ear.until('player', ({ view }) => view.hostPresent);
  });
});
