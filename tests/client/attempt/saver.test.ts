/** One save at a time, again after failures, everything at the end. */
import { describe, expect, test } from 'vitest';
import type { SaveBody, SaveReply } from '../../../client/api/attempts.ts';
import { ApiError, localError } from '../../../client/api/problem.ts';
import { retryPauseMs, Saver, type Trouble } from '../../../client/attempt/saver.ts';
import { answered, isSaved, type LocalSheet, openedSheet } from '../../../client/attempt/sync.ts';
import { ModelServer } from './model-server.ts';

const problem = (code: string, status: number): ApiError =>
  new ApiError({ code, status, messages: { vi: code, en: code } }, null);

/** A saver whose sends are answered by hand. */
class Stage {
  readonly server = new ModelServer(3);
  readonly sent: SaveBody[] = [];
  readonly troubles: (Trouble | null)[] = [];
  readonly kept: LocalSheet[] = [];
  readonly changed: string[][] = [];
  readonly pauses: number[] = [];
  closed = 0;
  takenOver = 0;
  renewed = 0;
  readonly saver: Saver;
  #waiting: { save: SaveBody; resolve: (reply: SaveReply) => void; reject: (error: ApiError) => void }[] = [];

  constructor() {
    this.saver = new Saver(openedSheet(this.server.whole), 'phone', {
      send: (save) => {
        this.sent.push(save);
        return new Promise((resolve, reject) => this.#waiting.push({ save, resolve, reject }));
      },
      keep: (sheet) => void this.kept.push(sheet),
      pause: async (ms) => void this.pauses.push(ms),
      changedElsewhere: (questions) => void this.changed.push([...questions]),
      takenOver: () => {
        this.takenOver += 1;
      },
      trouble: (trouble) => void this.troubles.push(trouble),
      renew: async () => {
        this.renewed += 1;
      },
      closed: () => {
        this.closed += 1;
      },
    });
  }

  choose(question: number, answer: string): void {
    this.saver.change((sheet) => answered(sheet, String(question), answer));
  }

  async answer(): Promise<void> {
    const first = this.#waiting.shift();
    if (first === undefined) throw new Error('nothing was sent');
    first.resolve(this.server.save(first.save));
    await settled();
  }

  async refuse(error: ApiError): Promise<void> {
    const first = this.#waiting.shift();
    if (first === undefined) throw new Error('nothing was sent');
    first.reject(error);
    await settled();
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('a saver', () => {
  test('has one save under way, and sends what came meanwhile when it is answered', async () => {
    const stage = new Stage();
    stage.choose(0, 'a');
    stage.choose(1, 'b');
    expect(stage.sent.map(({ changes }) => changes)).toEqual([{ 0: 'a' }]);
    await stage.answer();
    expect(stage.sent.map(({ changes }) => changes)).toEqual([{ 0: 'a' }, { 1: 'b' }]);
    await stage.answer();
    expect(isSaved(stage.saver.sheet)).toBe(true);
    expect(stage.server.whole.answers).toEqual({ 0: 'a', 1: 'b' });
  });

  test('keeps a save before it is sent', () => {
    const stage = new Stage();
    stage.choose(0, 'a');
    expect(stage.kept[stage.kept.length - 1]?.sent?.save).toBe(stage.sent[0]);
  });

  test('sends the same again without a network, and says so until it gets through', async () => {
    const stage = new Stage();
    stage.choose(0, 'a');
    await stage.refuse(localError('network'));
    await stage.refuse(problem('busy', 503));
    expect(stage.sent).toEqual([stage.sent[0], stage.sent[0], stage.sent[0]]);
    expect(stage.troubles).toEqual(['offline', 'busy']);
    await stage.answer();
    expect(stage.troubles).toEqual(['offline', 'busy', null]);
  });

  test('says everything when the page goes, also while a reply is awaited', async () => {
    const stage = new Stage();
    stage.choose(0, 'a');
    stage.choose(1, 'b');
    stage.saver.flush();
    expect(stage.sent[1]).toMatchObject({ n: 2, changes: { 0: 'a', 1: 'b' } });
    await stage.refuse(localError('network'));
    await stage.answer();
    expect(stage.server.whole.answers).toEqual({ 0: 'a', 1: 'b' });
  });

  test('says with its next save that the attempt goes on here, also when nothing was changed', async () => {
    const stage = new Stage();
    stage.server.save({ device: 'tablet', n: 1, base: 0, changes: {} });
    stage.saver.takeOver();
    expect(isSaved(stage.saver.sheet)).toBe(true);
    expect(stage.sent).toEqual([{ device: 'phone', n: 1, base: 0, changes: {}, takesOver: true }]);
    await stage.answer();
    expect(stage.saver.sheet.savedAt).toBeNull();
    stage.choose(0, 'a');
    await stage.answer();
    expect(stage.sent[1]).toEqual({ device: 'phone', n: 2, base: 2, changes: { 0: 'a' } });
    expect(stage.takenOver).toBe(0);
  });

  test('is told that the attempt goes on elsewhere, and still sends what was chosen here', async () => {
    const stage = new Stage();
    stage.choose(0, 'a');
    await stage.answer();
    stage.server.save({ device: 'tablet', n: 1, base: 1, changes: { 1: 't' }, takesOver: true });
    stage.choose(1, 'b');
    stage.choose(2, 'c');
    await stage.answer();
    expect(stage.takenOver).toBe(1);
    await stage.answer();
    expect(isSaved(stage.saver.sheet)).toBe(true);
    expect(stage.server.whole.answers).toEqual({ 0: 'a', 1: 'b', 2: 'c' });
    stage.saver.takeOver();
    const told = stage.takenOver;
    await stage.answer();
    expect(stage.takenOver).toBe(told);
  });

  test('does not say twice what is under way already, nor anything when all is saved', async () => {
    const stage = new Stage();
    stage.saver.flush();
    stage.choose(0, 'a');
    stage.saver.flush();
    expect(stage.sent.length).toBe(1);
    await stage.answer();
    stage.saver.flush();
    expect(stage.sent.length).toBe(1);
  });

  test('gives the submit all that is not acknowledged, and is silent afterwards', async () => {
    const stage = new Stage();
    stage.choose(0, 'a');
    stage.choose(1, 'b');
    expect(stage.saver.finish()).toMatchObject({ n: 2, changes: { 0: 'a', 1: 'b' } });
    await stage.answer();
    stage.choose(2, 'c');
    stage.saver.flush();
    expect(stage.sent.length).toBe(1);
  });

  test.each(['attempt.late', 'attempt.notOpen'])('stops at %s and says that it is over', async (code) => {
    const stage = new Stage();
    stage.choose(0, 'a');
    await stage.refuse(problem(code, 409));
    expect([stage.closed, stage.sent.length]).toEqual([1, 1]);
    expect(isSaved(stage.saver.sheet)).toBe(false);
  });

  test('gets another token when its own is refused', async () => {
    const stage = new Stage();
    stage.choose(0, 'a');
    await stage.refuse(problem('attempt.token', 401));
    expect([stage.renewed, stage.sent.length]).toEqual([1, 2]);
  });

  test('tells what another device changed', async () => {
    const stage = new Stage();
    stage.server.save({ device: 'laptop', n: 1, base: 0, changes: { 2: 'theirs' } });
    stage.choose(0, 'a');
    await stage.answer();
    expect([stage.changed, stage.saver.sheet.answers]).toEqual([[['2']], { 0: 'a', 2: 'theirs' }]);
  });
});

describe('the pause before another try', () => {
  test('grows, is never twice the same for all phones, and ends at half a minute', () => {
    expect([1, 2, 3, 9].map((failures) => retryPauseMs(failures, null, () => 1))).toEqual([
      600, 1200, 2400, 30_000,
    ]);
    expect(retryPauseMs(1, null, () => 0)).toBe(300);
  });

  test('is never shorter than the server asked', () => {
    expect(retryPauseMs(1, 5_000, () => 0)).toBe(5_300);
  });
});
