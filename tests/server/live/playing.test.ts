import { afterEach, describe, expect, it } from 'vitest';
import { onBothDatabases } from '../../harness/databases.ts';
import { asks, Hall, SECRET, stage } from './hall.ts';

const RIGHT = 1;

onBothDatabases('a session', ({ location }) => {
  let hall: Hall;
  afterEach(() => hall.close());

  const quiz = async (more: object = {}) => {
    hall = await Hall.open(
      (known) => [
        stage('quiz', { questions: asks(known.slice(0, 3)), readSeconds: 0, shuffleOptions: false, ...more }),
      ],
      {},
      await location(),
    );
    return hall;
  };

  it('is played from the lobby to the end by a host, a screen and phones', async () => {
    await quiz({ reveal: 'host', closeWhenAllAnswered: true });
    const screen = await hall.screen();
    const phones = await hall.phones(3);
    await screen.until('joined', ({ total }) => total === 3);
    const question = await hall.ask(phones);
    expect(question).toMatchObject({ number: 1, of: 3, kind: 'choice', totalMs: 20_000 });

    hall.server.clock.advance(2000);
    const [one, two, three] = phones;
    if (one === undefined || two === undefined || three === undefined) throw new Error('no phones');
    const first = await one.ear.answer(question.asking, [RIGHT]);
    expect(first).toMatchObject({ ok: true });
    // The first one counts, and says when it was.
    expect(await one.ear.answer(question.asking, [0])).toEqual(first);
    expect(await two.ear.answer(question.asking, [0])).toMatchObject({ ok: true });
    expect(await three.ear.answer(question.asking, [9])).toEqual({ refused: 'request.invalid' });
    await screen.until('counts', ({ counts }) => counts.answered === 2 && counts.asked === 3);
    expect(await three.ear.answer(question.asking, [RIGHT])).toMatchObject({ ok: true });

    const { view: graded } = await hall.phase('graded');
    expect(graded.tally).toEqual({ type: 'options', counts: [1, 2, 0, 0] });
    expect(graded.reveal).toBeNull();
    await hall.say({ do: 'reveal' });
    const revealed = await one.ear.until('player', ({ view }) => view.phase === 'revealed');
    expect(revealed.view.reveal).toMatchObject({ answer: [RIGHT], asked: 3, answered: 3, right: 2 });
    expect(revealed.me?.last).toMatchObject({ share: 1, answered: true });
    expect(revealed.me?.points).toBeGreaterThan(900);
    const lost = await two.ear.until('player', ({ view }) => view.phase === 'revealed');
    expect(lost.me).toMatchObject({ points: 0, rank: 3, of: 3, last: { share: 0, points: 0 } });

    await hall.say({ do: 'next' });
    const { view: board } = await screen.until('screen', ({ view }) => view.phase === 'board');
    expect(board.board?.lines.map(({ number }) => number)).toContain(one.number);
    await hall.say({ do: 'podium' });
    await hall.say({ do: 'end' });
    expect((await screen.until('screen', ({ view }) => view.phase === 'ended')).view.pin).toBeNull();
    expect(await one.ear.answer(question.asking, [RIGHT])).toMatchObject({ ok: true });
    expect((await hall.organiser.get(`/api/live/pins/${hall.pin}`)).status).toBe(404);
  });

  it('refuses answers after the deadline and its grace, and closes by itself', async () => {
    await quiz({ reveal: 'auto' });
    const phones = await hall.phones(2);
    const question = await hall.ask(phones);
    const { clock } = hall.server;
    clock.set(question.deadline + 600);
    expect(await phones[0]?.ear.answer(question.asking, [RIGHT])).toMatchObject({ ok: true });
    clock.set(question.deadline + 5000);
    expect(await phones[1]?.ear.answer(question.asking, [RIGHT])).toEqual({ refused: 'live.closed' });
    // The room's own timer runs in real time: it is told that its time has come.
    await hall.wake();
    const revealed = await phones[0]?.ear.until('player', ({ view }) => view.phase === 'revealed');
    expect(revealed?.view.reveal).toMatchObject({ answered: 1, right: 1 });
    expect(revealed?.me?.points).toBe(500);
  });

  it('takes an answer over HTTP, and shows a phone that polls the same', async () => {
    await quiz();
    const { token } = await hall.join('Phone without a socket');
    const question = await hall.ask([]);
    const headers = { authorization: `Live ${token}` };
    const { http } = hall.server.app;
    const url = `/api/live/${hall.live}`;
    const body = { asking: question.asking, answer: [RIGHT] };
    const reply = await http.inject({ method: 'POST', url: `${url}/answers`, payload: body, headers });
    expect(reply.json()).toMatchObject({ ok: true });
    const me = await http.inject({ method: 'GET', url: `${url}/me`, headers });
    expect(me.json().me).toMatchObject({ number: 1, answer: { asking: question.asking, answer: [RIGHT] } });
    const forged = await http.inject({
      method: 'GET',
      url: `${url}/me`,
      headers: { authorization: `Live ${token}x` },
    });
    expect(forged.statusCode).toBe(401);
  });

  it('lets a phone come back: the same device is the same player, with its answer and points', async () => {
    await quiz({ reveal: 'host', closeWhenAllAnswered: false });
    const [phone] = await hall.phones(1);
    if (phone === undefined) throw new Error('no phone');
    const question = await hall.ask([phone]);
    await phone.ear.answer(question.asking, [RIGHT]);
    phone.ear.close();
    const again = await hall.phone('Nguoi 1');
    expect(again.number).toBe(phone.number);
    expect((await again.ear.me()).answer).toMatchObject({ asking: question.asking, answer: [RIGHT] });
  });

  it('plays Rung chuông vàng: who is out watches and is refused, a rescue brings them back', async () => {
    hall = await Hall.open(
      (known) => [
        stage('bell', {
          questions: asks([known[0], known[4], known[8]].flatMap((one) => one ?? [])),
          ...{ readSeconds: 0, shuffleOptions: false, closeWhenAllAnswered: true },
        }),
      ],
      {},
      await location(),
    );
    const phones = await hall.phones(3);
    const first = await hall.ask(phones);
    await Promise.all(phones.map(({ ear }, i) => ear.answer(first.asking, [i === 2 ? 0 : RIGHT])));
    await hall.phase('graded');
    await hall.say({ do: 'reveal' });
    const out = await phones[2]?.ear.until('player', ({ me }) => me?.in === false);
    expect(out?.view.bell).toMatchObject({ total: 3, standing: 2 });
    const second = await hall.ask(phones);
    expect(await phones[2]?.ear.answer(second.asking, [RIGHT])).toEqual({ refused: 'live.out' });
    for (const { ear } of phones.slice(0, 2)) await ear.answer(second.asking, [RIGHT]);
    await hall.phase('graded');
    await hall.say({ do: 'reveal' });
    await hall.say({ do: 'rescue' });
    await phones[2]?.ear.until('player', ({ me }) => me?.in === true);
  });

  it('plays in teams that players choose, by the mean of their members', async () => {
    hall = await Hall.open(
      (known) => [
        stage('quiz', {
          questions: asks(known.slice(0, 1)),
          ...{ readSeconds: 0, shuffleOptions: false, scoring: 'accuracy', reveal: 'auto' },
        }),
      ],
      { teams: { mode: 'own', formedBy: 'players', score: 'mean', names: ['Hồng Hà', 'Ba Vì'] } },
      await location(),
    );
    const page = await hall.organiser.get(`/api/live/pins/${hall.pin}`);
    expect(page.body.teamNames).toEqual([
      { number: 1, name: 'Hồng Hà' },
      { number: 2, name: 'Ba Vì' },
    ]);
    const phones = await hall.phones(3);
    for (const [i, { number }] of phones.entries())
      await hall.say({ do: 'moveToTeam', player: number, team: i === 2 ? 2 : 1 });
    const question = await hall.ask(phones);
    await Promise.all(phones.map(({ ear }, i) => ear.answer(question.asking, [i === 0 ? RIGHT : 0])));
    const revealed = await phones[1]?.ear.until('player', ({ view }) => view.phase === 'revealed');
    expect(revealed?.me?.team).toMatchObject({ name: 'Hồng Hà', points: 500, rank: 1 });
  });

  it('tells nobody a key before the reveal, on any channel', async () => {
    await quiz({ reveal: 'host' });
    const screen = await hall.screen();
    const phones = await hall.phones(2);
    const question = await hall.ask(phones);
    await Promise.all(phones.map(({ ear }) => ear.answer(question.asking, [RIGHT])));
    await hall.phase('graded');
    const ears = [hall.host, screen, ...phones.map(({ ear }) => ear)];
    const desk = await Promise.all(
      ['', '/log', '/replay', '/report', '/players'].map((path) =>
        hall.organiser.get(`/api/desk/live/${hall.live}${path}`),
      ),
    );
    const heard = `${JSON.stringify(ears.map(({ frames }) => frames))}${desk.map(({ text }) => text).join('')}`;
    expect(heard.length).toBeGreaterThan(5000);
    expect(heard).not.toContain(SECRET);
    expect(heard).not.toMatch(/"(right|accept|explanation|tolerance)":(?!null|0[,}])/);
    await hall.say({ do: 'reveal' });
    await screen.until('screen', ({ view }) => view.reveal?.explanation.includes(SECRET) === true);
  });

  it('reports by question and by player, as pages and as files', async () => {
    await quiz({ reveal: 'auto', scoring: 'accuracy' });
    const phones = await hall.phones(2);
    const question = await hall.ask(phones);
    await phones[0]?.ear.answer(question.asking, [RIGHT]);
    await phones[1]?.ear.answer(question.asking, [0]);
    await hall.phase('revealed');
    const base = `/api/desk/live/${hall.live}`;
    const report = await hall.organiser.get(`${base}/report`);
    expect(report.body.questions).toMatchObject([{ asked: 2, answered: 2, right: 1, meanShare: 0.5 }]);
    expect(report.body.players.map(({ points }: { points: number }) => points)).toEqual([1000, 0]);
    for (const of of ['questions', 'players']) {
      const csv = await hall.organiser.get(`${base}/export?of=${of}&format=csv`);
      expect(csv.text).toContain(of === 'players' ? 'Nguoi 1' : 'Câu hỏi số 1');
      const xlsx = await hall.organiser.get(`${base}/export?of=${of}&format=xlsx`);
      expect(xlsx.text.startsWith('PK')).toBe(true);
    }
    const { versions } = (await hall.organiser.get(`${base}/replay`)).body;
    const phases: string[] = [];
    for (let version = 1; version <= versions; version++)
      phases.push((await hall.organiser.get(`${base}/replay?version=${version}`)).body.screen.phase);
    expect([...new Set(phases)]).toEqual(['lobby', 'intro', 'asked', 'closed', 'graded', 'revealed']);
  });

  it('keeps out who was removed, and asks for control', async () => {
    await quiz();
    const [phone] = await hall.phones(1);
    await hall.say({ do: 'remove', player: 1, reason: 'gây rối' });
    await phone?.ear.until('removed', () => true);
    await expect(hall.join('Nguoi 1')).rejects.toThrow('live.keptOut');
    expect(await phone?.ear.follow(hall.live, 'player', { token: phone.token })).toEqual({
      refused: 'live.keptOut',
    });
    const second = hall.ear(hall.cookie);
    await second.follow(hall.live, 'host', { client: 'another-client' });
    const press = { v: 1, id: 'press-of-another', seen: 100 };
    expect(await second.ask('live:command', { ...press, do: 'start' })).toEqual({
      refused: 'live.notInControl',
    });
  });
});

describe('a name', () => {
  it('is refused when it is taken or unfit, and several people join at once', {
    timeout: 20_000,
  }, async () => {
    const hall = await Hall.open(() => [stage('poll')]);
    await hall.join('Nguyễn Văn An');
    const again = { name: 'nguyen van AN', device: 'another-device-0123456789' };
    const taken = await hall.organiser.post(`/api/live/pins/${hall.pin}/players`, again);
    expect(taken.body.code).toBe('live.nameTaken');
    const unfit = { name: 'Thằng ngu', device: 'another-device-0123456789' };
    expect((await hall.organiser.post(`/api/live/pins/${hall.pin}/players`, unfit)).body.code).toBe(
      'live.nameUnfit',
    );
    const many = await Promise.all(Array.from({ length: 300 }, (_, i) => hall.join(`Ban ${i}`)));
    expect(many.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 300 }, (_, i) => i + 2),
    );
    await hall.close();
  });
});
