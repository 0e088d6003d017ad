import { describe, expect, it } from 'vitest';
import type { Json } from '../../../questions/question.ts';
import { begin, evolve } from '../../../server/live/machine/evolve.ts';
import { seatsOf } from '../../../server/live/machine/seats.ts';
import { standingsOf } from '../../../server/live/machine/standings.ts';
import { currentAsking } from '../../../server/live/machine/state.ts';
import { refusalAt, usedMs, wakeAt } from '../../../server/live/machine/timing.ts';
import { hostView, meView, playerView, screenView } from '../../../server/live/machine/view.ts';
import { choice, EXPLANATION, Play, planned, RIGHT, roster } from './sessions.ts';

const quiz = (count = 3, more: object = {}) =>
  planned(
    'quiz',
    { reveal: 'host', ...more },
    Array.from({ length: count }, (_, i) => choice(i + 1)),
  );
const bell = (more: object = {}, count = 12) =>
  planned(
    'bell',
    { bestFrom: 1, ...more },
    Array.from({ length: count }, (_, i) => choice(i + 1)),
  );
const points = (play: Play): number[] => [...standingsOf(play.state, play.players).now.totals].slice(1);

describe('a quick quiz', () => {
  it('tells everybody who shares a place of the podium, however short the board is', () => {
    const play = new Play([quiz(1, { scoring: 'accuracy' })], 30, { boardLines: 3 });
    const tied = Array.from({ length: 12 }, (_, i) => i + 5);
    play.question(tied);
    play.say({ do: 'adjust', player: 2, points: 5000 });
    const lines = () => screenView(play.state, roster(30)).board?.lines.map(({ number }) => number);
    play.say({ do: 'showBoard' });
    expect(lines()).toEqual([2, 5, 6]);
    play.say({ do: 'podium' });
    expect(lines()).toEqual([2, ...tied]);
  });

  it('goes from the lobby through its questions to the podium and the end', () => {
    const play = new Play([quiz(2)]);
    const phases: string[] = [];
    for (let i = 0; i < 20 && play.state.step.phase !== 'ended'; i++) {
      phases.push(play.state.step.phase);
      if (play.state.step.phase === 'closed') play.grade();
      else if ('refused' in play.say({ do: 'next' })) play.say({ do: 'end' });
    }
    const question = ['asked', 'closed', 'graded', 'revealed', 'board'];
    expect(phases).toEqual([
      'lobby',
      'intro',
      ...question,
      ...question,
      'podium',
      'podium',
      'podium',
      'podium',
    ]);
  });

  it('draws the formulas of a question, and those of its explanation only when that is shown', () => {
    class Explained extends Play {
      override get around() {
        return { ...super.around, solution: { answer: [RIGHT], explanation: 'Vì $y^2$.', citation: null } };
      }
    }
    const prompt = { stem: 'Tính $x^2$', rich: true, options: ['$1$', 'B', 'C', 'D'], multiple: false };
    const play = new Explained([planned('quiz', { reveal: 'host' }, [{ ...choice(1), prompt }])]);
    const drawn = () =>
      Object.keys(Object(Reflect.get(Object(playerView(play.state).question?.prompt), 'formulas'))).sort();
    play.say({ do: 'next' });
    play.say({ do: 'next' });
    expect([play.state.step.phase, drawn()]).toEqual(['asked', ['$1', '$x^2']]);
    play.say({ do: 'closeEarly' });
    play.grade();
    expect([play.state.step.phase, drawn()]).toEqual(['graded', ['$1', '$x^2']]);
    play.say({ do: 'reveal' });
    expect([play.state.step.phase, drawn()]).toEqual(['revealed', ['$1', '$x^2', '$y^2']]);
    expect(JSON.stringify(play.log)).not.toContain('formulas');
  });

  it('gives points by the time that was used, full below half a second', () => {
    const play = new Play([quiz()]);
    play.question([1], [2], 499);
    expect(points(play)).toEqual([1000, 0, 0, 0]);
    play.say({ do: 'next' });
    play.question([2], [], 10_000);
    expect(points(play)).toEqual([1000, 750, 0, 0]);
  });

  it('gives points by place, equal times share a place', () => {
    const play = new Play([quiz(3, { scoring: 'rank' })]);
    play.say({ do: 'start' });
    play.say({ do: 'next' });
    const opensAt = currentAsking(play.state)?.opensAt ?? 0;
    play.answer(3, play.right, opensAt + 900);
    play.answer(1, play.right, opensAt + 1000);
    play.answer(2, play.right, opensAt + 1000);
    play.answer(4, play.right, opensAt + 1001);
    play.now = opensAt + 2000;
    play.say({ do: 'closeEarly' });
    play.grade();
    play.say({ do: 'reveal' });
    expect(points(play)).toEqual([975, 975, 1000, 925]);
  });

  it('adds a streak only when it is asked for', () => {
    const play = new Play([quiz(3, { scoring: 'accuracy', streak: 100 })]);
    for (let i = 0; i < 3; i++) {
      play.question([1], [2]);
      play.say({ do: 'next' });
    }
    expect(points(play)[0]).toBe(1000 + 1100 + 1200);
  });

  it('lets the first answer count and the time of a pause go back to the players', () => {
    const play = new Play([quiz()]);
    play.say({ do: 'start' });
    play.say({ do: 'next' });
    const { opensAt, deadline } = currentAsking(play.state) ?? { opensAt: 0, deadline: 0 };
    play.now = opensAt + 2000;
    play.say({ do: 'pause' });
    const asking = currentAsking(play.state);
    if (asking === null) throw new Error('nothing asked');
    expect(refusalAt(play.state, asking, opensAt + 2500)).toBe('live.paused');
    expect(refusalAt(play.state, asking, opensAt + 1999)).toBeNull();
    play.now += 60_000;
    play.say({ do: 'resume' });
    const after = currentAsking(play.state);
    expect(after?.deadline).toBe(deadline + 60_000);
    if (after !== null) expect(usedMs(after, opensAt + 65_000)).toBe(5000);
  });

  it('gives time back after an interruption, also when nobody resumes', () => {
    const play = new Play([quiz()]);
    play.say({ do: 'start' });
    play.say({ do: 'next' });
    const { opensAt, deadline, id } = currentAsking(play.state) ?? { opensAt: 0, deadline: 0, id: 0 };
    play.now = deadline + 30_000;
    play.room({ do: 'interrupt', asking: id, from: opensAt + 1000 });
    expect(wakeAt(play.state, true)).toBe(play.now + 8000);
    play.now += 8000;
    play.room({ do: 'due' });
    expect(currentAsking(play.state)?.deadline).toBe(play.now + 19_000);
    expect(play.state.pause).toBeNull();
  });

  it('takes a voided question out of the points, and asks another in its place', () => {
    const play = new Play([quiz()]);
    play.question([1, 2]);
    const first = currentAsking(play.state)?.id ?? 0;
    play.say({ do: 'next' });
    play.question([1], [], 499);
    play.say({ do: 'void', asking: first });
    expect(points(play)).toEqual([1000, 0, 0, 0]);
    expect(playerView(play.state).question?.number).toBe(2);
  });

  it('undoes steps: what was opened is voided and can be asked again, what was shown is not', () => {
    const play = new Play([quiz()]);
    play.say({ do: 'start' });
    play.say({ do: 'next' });
    play.say({ do: 'undo' });
    expect(play.state.step.phase).toBe('intro');
    expect(play.state.askings[0]?.voided).toBe('lý do');
    play.question([1]);
    expect(play.state.askings[1]?.item).toBe(0);
    play.say({ do: 'undo' });
    expect(points(play)).toEqual([0, 0, 0, 0]);
    play.say({ do: 'next' });
    expect(play.state.askings[2]?.item).toBe(1);
  });

  it('undoes an adjustment without moving the step', () => {
    const play = new Play([quiz()]);
    play.question([1], [], 0);
    play.say({ do: 'adjust', player: 2, points: 300 });
    expect(points(play)).toEqual([1000, 300, 0, 0]);
    play.say({ do: 'undo' });
    expect(points(play)).toEqual([1000, 0, 0, 0]);
    expect(play.state.step.phase).toBe('revealed');
  });

  it('does one press once, whenever it comes again, and refuses a step decided on an older view', () => {
    const play = new Play([quiz()]);
    play.say({ do: 'start', id: 'press-one' });
    const { version } = play.state;
    expect(play.say({ do: 'start', id: 'press-one' })).toEqual({ done: version });
    expect(play.say({ do: 'next', seen: version - 1 })).toEqual({ refused: 'live.stale' });
    expect(play.state.version).toBe(version);
  });

  it('obeys the one in control alone', () => {
    const play = new Play([quiz()]);
    const second = { client: 'client-two', person: 'host-2' };
    expect(play.say({ do: 'start', ...second })).toEqual({ refused: 'live.notInControl' });
    play.say({ do: 'handOver', to: 'client-two' });
    expect(play.say({ do: 'start' })).toEqual({ refused: 'live.notInControl' });
    play.say({ do: 'start', ...second });
    expect(play.state.step.phase).toBe('intro');
    play.say({ do: 'takeControl' });
    expect(play.state.control?.client).toBe('client-one');
  });
});

describe('Rung chuông vàng', () => {
  it('puts out who is wrong or gives no answer, and nobody when all are', () => {
    const play = new Play([bell()], 5);
    play.question([1, 2, 3], [4]);
    expect(seatsOf(play.state, 0).standing).toEqual([1, 2, 3]);
    play.question([], [1, 2]);
    expect(seatsOf(play.state, 0).standing).toEqual([1, 2, 3]);
    play.question([1, 2, 3, 4]);
    expect(points(play)).toEqual([20, 20, 20, 0, 0]);
  });

  it('rescues once, and again after an undo', () => {
    const play = new Play([bell({ rescueMost: 2 })], 6);
    play.question([1, 2, 3, 4], [5, 6]);
    play.question([1, 2], [3, 4]);
    play.say({ do: 'rescue' });
    expect(seatsOf(play.state, 0).standing).toEqual([1, 2, 3, 4]);
    expect(play.say({ do: 'rescue' })).toEqual({ refused: 'live.notNow' });
    play.say({ do: 'undo' });
    play.say({ do: 'rescue', players: [5, 6] });
    expect(seatsOf(play.state, 0).standing).toEqual([1, 2, 5, 6]);
  });

  it('asks the last one standing the final question, from the question on that is set', () => {
    const final = { question: '01900000-0000-7000-8000-000000000009', seconds: null, points: null };
    const items = [...Array.from({ length: 6 }, (_, i) => choice(i + 1)), { ...choice(9), final: true }];
    const play = new Play([planned('bell', { bestFrom: 3, final, reveal: 'host' }, items)], 3);
    play.question([1], [2, 3]);
    play.question([1]);
    play.question([1]);
    play.say({ do: 'next' });
    expect(currentAsking(play.state)).toMatchObject({ final: true, only: 1 });
    play.now += 5000;
    play.answer(1, play.right);
    play.answer(2, play.right);
    play.say({ do: 'closeEarly' });
    play.grade();
    play.say({ do: 'reveal' });
    expect(playerView(play.state).bell).toMatchObject({ best: 1, rang: true });
    expect(points(play)).toEqual([130, 0, 0]);
    play.say({ do: 'next' });
    expect(play.state.step.phase).toBe('podium');
  });

  it('lets who joins after its beginning watch, and who was put out by a void back in', () => {
    const play = new Play([bell()], 3);
    play.question([1, 2], [3]);
    play.players = 4;
    expect(meView(play.state, roster(4), 4, null).in).toBe(false);
    expect(meView(play.state, roster(4), 3, null).in).toBe(false);
    play.say({ do: 'void', asking: currentAsking(play.state)?.id });
    expect(seatsOf(play.state, 0).standing).toEqual([1, 2, 3]);
    play.say({ do: 'seat', player: 4, in: true });
    play.say({ do: 'seat', player: 1, in: false });
    expect(seatsOf(play.state, 0).standing).toEqual([2, 3, 4]);
  });
});

describe('polls, clouds and breaks', () => {
  it('bring no points and show what the hall said', () => {
    const play = new Play([planned('poll'), planned('pause'), planned('cloud')]);
    play.say({ do: 'start' });
    play.say({ do: 'next' });
    play.now += 1000;
    play.answer(1, [0]);
    play.answer(2, [0]);
    play.answer(3, [2]);
    play.say({ do: 'closeEarly' });
    play.grade();
    play.say({ do: 'reveal' });
    expect(playerView(play.state).reveal).toMatchObject({
      tally: { type: 'options', counts: [2, 0, 1] },
      answered: 3,
    });
    play.say({ do: 'next' });
    expect(playerView(play.state).break).toMatchObject({ text: 'Giải lao' });
    play.say({ do: 'next' });
    play.say({ do: 'next' });
    play.now += 1000;
    play.answer(1, ['Xanh', 'Văn minh']);
    play.answer(2, ['xanh']);
    play.say({ do: 'closeEarly' });
    play.grade();
    play.say({ do: 'reveal' });
    expect(playerView(play.state).reveal?.tally).toEqual({
      type: 'texts',
      lines: [
        { text: 'Xanh', count: 2 },
        { text: 'Văn minh', count: 1 },
      ],
      others: 0,
    });
    expect(points(play)).toEqual([0, 0, 0, 0]);
  });
});

describe('what leaves', () => {
  it('holds nothing of the key before the reveal, for nobody', () => {
    const play = new Play([quiz()]);
    play.say({ do: 'start' });
    play.say({ do: 'next' });
    play.now += 4000;
    play.answer(1, play.right);
    const views = () =>
      JSON.stringify([
        playerView(play.state),
        screenView(play.state, roster(4)),
        hostView(play.state, roster(4), play.around),
        [1, 2, 3, 4].map((player) => meView(play.state, roster(4), player, null)),
      ]);
    const before = [views()];
    play.say({ do: 'closeEarly' });
    before.push(views());
    play.grade();
    before.push(views());
    for (const text of before) {
      expect(text).not.toContain(EXPLANATION);
      expect(text).not.toContain('"answer":[');
      expect(text).not.toMatch(/"(points|gained)":[1-9]\d*[,}](?=.*"share")/);
      expect(text).toContain('"reveal":null');
    }
    expect(meView(play.state, roster(4), 1, null).points).toBe(0);
    play.say({ do: 'reveal' });
    expect(views()).toContain(EXPLANATION);
    expect(meView(play.state, roster(4), 1, null).points).toBeGreaterThan(0);
  });

  it('tells which typed answers were right from the reveal on, and nothing of it before', () => {
    const typed = { ...choice(1), kind: 'shortText', prompt: { stem: 'Thủ đô tên là gì?' } };
    const play = new Play([planned('quiz', { reveal: 'host' }, [typed])], 7);
    const views = () => [
      playerView(play.state),
      screenView(play.state, roster(7)),
      hostView(play.state, roster(7), play.around),
    ];
    play.say({ do: 'start' });
    play.say({ do: 'next' });
    play.now += 4000;
    // One line holds what is spelled alike but for accents: two of these three are right.
    for (const [i, text] of ['Huế', 'Huế', 'Huế', 'Hà Nội', 'Hà Nội', 'Ha Noi', 'Thăng Long'].entries())
      play.answer(i + 1, text);
    play.say({ do: 'closeEarly' });
    play.grade({ accept: ['Hà Nội', 'Thăng Long'], accents: true, case: false });
    expect(play.state.step.phase).toBe('graded');
    expect(screenView(play.state, roster(7)).tally).toEqual({
      type: 'texts',
      lines: [
        { text: 'Huế', count: 3 },
        { text: 'Hà Nội', count: 3 },
        { text: 'Thăng Long', count: 1 },
      ],
      others: 0,
    });
    expect(JSON.stringify(views())).not.toMatch(/"(share|lineShares)":/);
    play.say({ do: 'reveal' });
    const marked = [
      { text: 'Huế', count: 3, share: 0 },
      { text: 'Hà Nội', count: 3, share: 0.6667 },
      { text: 'Thăng Long', count: 1, share: 1 },
    ];
    expect(screenView(play.state, roster(7)).tally).toMatchObject({ lines: marked });
    expect(hostView(play.state, roster(7), play.around).tally).toMatchObject({ lines: marked });
  });

  it('takes what is in the gaps of a cloze as one answer, right in part where some gaps are', () => {
    const gaps = [{ kind: 'choice', options: ['Huế', 'Hà Nội'] }, { kind: 'text' }];
    const filled = { ...choice(1), kind: 'cloze', prompt: { stem: 'Thủ đô {{1}}, năm {{2}}', gaps } };
    const play = new Play([planned('quiz', { reveal: 'host', scoring: 'accuracy' }, [filled])], 4);
    play.say({ do: 'start' });
    play.say({ do: 'next' });
    play.now += 4000;
    const given: Json[] = [
      [1, 'mười'],
      [1, 'Mười'],
      [0, 'mười'],
      [1, null],
    ];
    for (const [i, answer] of given.entries()) play.answer(i + 1, answer);
    play.say({ do: 'closeEarly' });
    const accept = { accept: ['mười'], accents: true, case: false };
    play.grade({ gaps: [{ right: [1] }, accept] });
    play.say({ do: 'reveal' });
    expect(points(play)).toEqual([1000, 1000, 500, 500]);
    expect(screenView(play.state, roster(4)).tally).toEqual({
      type: 'texts',
      lines: [
        { text: 'Hà Nội · Mười', count: 2, share: 1 },
        { text: 'Huế · mười', count: 1, share: 0.5 },
        { text: 'Hà Nội · –', count: 1, share: 0.5 },
      ],
      others: 0,
    });
  });

  it('does not tell before the reveal who is out of the bell', () => {
    const play = new Play([bell()], 3);
    play.say({ do: 'start' });
    play.say({ do: 'next' });
    play.now += 4000;
    play.answer(1, play.right);
    play.say({ do: 'closeEarly' });
    const before = [2, 3].map((player) => meView(play.state, roster(3), player, null).in);
    play.grade();
    expect([2, 3].map((player) => meView(play.state, roster(3), player, null).in)).toEqual(before);
    expect(screenView(play.state, roster(3)).floor?.out).toEqual([]);
    play.say({ do: 'reveal' });
    expect(screenView(play.state, roster(3)).floor?.out).toEqual([2, 3]);
  });

  it('names the last one standing in a crowd that is too large to be listed', () => {
    const play = new Play([bell()], 700);
    play.question([650], [1]);
    const { bell: told, players } = screenView(play.state, roster(700));
    expect([told?.best, players]).toEqual([650, [{ number: 650, name: 'Người 650', team: null }]]);
  });
});

it('a state rebuilt from its log equals the one that ran', () => {
  const play = new Play([quiz(), bell()], 5);
  play.question([1, 2], [3]);
  play.say({ do: 'next' });
  play.say({ do: 'skipStage' });
  play.question([1, 2], [3, 4]);
  const [first, ...rest] = play.log;
  if (first === undefined) throw new Error('no log');
  expect(rest.reduce(evolve, begin(first))).toEqual(play.state);
});
