/**
 * Phones on bad networks against a model server: requests and replies are lost, doubled and overtaken, pages reload at any
 * moment, several devices answer the same paper. What was acknowledged is there, and in the end all show the same.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SaveBody, SaveReply } from '../../../client/api/attempts.ts';
import {
  acknowledged,
  answered,
  isSaved,
  type LocalSheet,
  lastWords,
  nextSave,
  type Outgoing,
  openedSheet,
  predicted,
  resumed,
  type ServerSheet,
  type Unsent,
  unsavedQuestions,
  unsentOf,
} from '../../../client/attempt/sync.ts';
import { ModelServer } from './model-server.ts';

const questions = 3;

/** One device: a page that may be reloaded, and what its browser keeps. */
class Device {
  readonly #server: ModelServer;
  readonly index: number;
  sheet: LocalSheet;
  /** Tab by tab and reload by reload. */
  page = 0;
  tab = 0;
  waiting = false;
  kept: Unsent;

  constructor(server: ModelServer, index: number) {
    this.#server = server;
    this.index = index;
    this.sheet = openedSheet(server.whole);
    this.kept = unsentOf(this.sheet);
  }

  get name(): string {
    return `device-${this.index}-${this.tab}`;
  }

  is(sheet: LocalSheet): void {
    this.sheet = sheet;
    this.kept = JSON.parse(JSON.stringify(unsentOf(sheet)));
  }

  reload(inNewTab: boolean): void {
    this.page += 1;
    if (inNewTab) this.tab += 1;
    this.waiting = false;
    this.is(openedSheet(this.#server.whole, this.kept));
  }
}

interface Request {
  readonly from: Device;
  readonly page: number;
  readonly save: SaveBody;
}
interface Reply extends Request {
  readonly reply: SaveReply;
}
interface Snapshot {
  readonly to: Device;
  readonly page: number;
  readonly server: ServerSheet;
}

/** The world of one run. */
class World {
  readonly server = new ModelServer(questions);
  readonly devices: Device[];
  readonly chosen = new Map<string, string>();
  #requests: Request[] = [];
  #replies: Reply[] = [];
  #snapshots: Snapshot[] = [];
  #count = 0;

  constructor(devices: number) {
    this.devices = Array.from({ length: devices }, (_, i) => new Device(this.server, i));
  }

  device(index: number): Device {
    const device = this.devices[index % this.devices.length];
    if (device === undefined) throw new RangeError('no device');
    return device;
  }

  choose(device: Device, question: number): void {
    const value = `${device.index}:${question}:${++this.#count}`;
    this.chosen.set(`${device.index}/${question}`, value);
    device.is(answered(device.sheet, String(question), value));
  }

  send(device: Device, compose: (sheet: LocalSheet, name: string) => Outgoing | null): void {
    const next = compose(device.sheet, device.name);
    if (next === null) return;
    device.is(next.sheet);
    device.waiting = true;
    this.#requests.push({ from: device, page: device.page, save: next.save });
  }

  arrive(which: number, copies: boolean): void {
    const request = this.#requests[which % Math.max(1, this.#requests.length)];
    if (request === undefined) return;
    if (!copies) this.#requests = this.#requests.filter((other) => other !== request);
    this.#replies.push({ ...request, reply: this.server.save(request.save) });
  }

  lose(which: number): void {
    const request = this.#requests[which % Math.max(1, this.#requests.length)];
    this.#requests = this.#requests.filter((other) => other !== request);
  }

  answer(which: number, copies: boolean): void {
    const reply = this.#replies[which % Math.max(1, this.#replies.length)];
    if (reply === undefined) return;
    if (!copies) this.#replies = this.#replies.filter((other) => other !== reply);
    if (reply.page === reply.from.page) this.hear(reply);
  }

  /** A device is told that a save was kept: what it then holds for saved must have come into force. */
  hear({ from, save, reply }: Reply): void {
    const before = from.sheet;
    const { sheet } = acknowledged(before, save.device, reply);
    from.waiting = false;
    from.is(sheet);
    const told = unsavedQuestions(before).filter((name) => !unsavedQuestions(sheet).includes(name));
    for (const name of told) expect(this.server.applied(name)).toContain(before.answers[name]);
  }

  ask(device: Device): void {
    this.#snapshots.push({ to: device, page: device.page, server: this.server.whole });
  }

  tell(which: number): void {
    const snapshot = this.#snapshots[which % Math.max(1, this.#snapshots.length)];
    if (snapshot === undefined) return;
    this.#snapshots = this.#snapshots.filter((other) => other !== snapshot);
    const { to, page, server } = snapshot;
    if (page === to.page) to.is(resumed(to.sheet, server).sheet);
  }

  /** The network is good again: everything late arrives, then every device sends until it is done, and looks once more. */
  settle(): void {
    while (this.#requests.length > 0) this.arrive(0, false);
    while (this.#snapshots.length > 0) this.tell(0);
    while (this.#replies.length > 0) this.answer(0, false);
    for (const device of this.devices) {
      for (let round = 0; !isSaved(device.sheet); round++) {
        expect(round).toBeLessThan(3);
        this.send(device, nextSave);
        this.arrive(0, false);
        this.answer(0, false);
      }
    }
    for (const device of this.devices) device.is(resumed(device.sheet, this.server.whole).sheet);
  }
}

/** Something that happens; name and values are what a failing run prints. */
interface Step {
  readonly name: string;
  readonly values: unknown;
  perform(world: World): void;
}

function step<Values>(
  name: string,
  values: fc.Arbitrary<Values>,
  perform: (world: World, values: Values) => void,
): fc.Arbitrary<Step> {
  return values.map((drawn) => ({ name, values: drawn, perform: (world) => perform(world, drawn) }));
}

const device = fc.record({ device: fc.nat({ max: 2 }) });
const message = fc.record({ message: fc.nat({ max: 50 }), copies: fc.boolean() });
const ordinarySteps = [
  step('choose', fc.tuple(device, fc.nat({ max: questions - 1 })), (world, [on, question]) =>
    world.choose(world.device(on.device), question),
  ),
  step('send', device, (world, on) => {
    const sender = world.device(on.device);
    if (!sender.waiting) world.send(sender, nextSave);
  }),
  step('give up', device, (world, on) => {
    world.device(on.device).waiting = false;
  }),
  step('arrive', message, (world, which) => world.arrive(which.message, which.copies)),
  step('answer', message, (world, which) => world.answer(which.message, which.copies)),
  step('lose', message, (world, which) => world.lose(which.message)),
  step('reload', fc.tuple(device, fc.boolean()), (world, [on, inNewTab]) =>
    world.device(on.device).reload(inNewTab),
  ),
  step('ask', device, (world, on) => world.ask(world.device(on.device))),
  step('tell', message, (world, which) => world.tell(which.message)),
];
const lastWordsStep = step('last words', device, (world, on) =>
  world.send(world.device(on.device), lastWords),
);
const ordinary = fc.array(fc.oneof(...ordinarySteps), { maxLength: 80 });
const all = fc.array(fc.oneof(...ordinarySteps, lastWordsStep), { maxLength: 80 });

function lived(devices: number, life: readonly Step[]): World {
  const world = new World(devices);
  for (const happening of life) happening.perform(world);
  world.settle();
  return world;
}

const runs = { numRuns: 4000 };

describe('on any network, with any reloads, on any number of devices', () => {
  const life = fc.tuple(fc.integer({ min: 1, max: 3 }), all);

  test('everything chosen comes into force, and all devices end with the same answers', () => {
    fc.assert(
      fc.property(life, ([devices, steps]) => {
        const world = lived(devices, steps);
        for (const [place, value] of world.chosen)
          expect(world.server.applied(place.split('/')[1] ?? '')).toContain(value);
        for (const { sheet } of world.devices) expect(sheet.answers).toEqual(world.server.whole.answers);
      }),
      runs,
    );
  });

  test('alone, a device ends with exactly what was chosen last', () => {
    fc.assert(
      fc.property(all, (steps) => {
        const world = lived(1, steps);
        for (const [place, value] of world.chosen)
          expect(world.server.whole.answers[place.split('/')[1] ?? '']).toBe(value);
      }),
      runs,
    );
  });

  test('a choice comes into force once: it never comes back over what another device has saved since', () => {
    fc.assert(
      fc.property(fc.tuple(fc.integer({ min: 2, max: 3 }), ordinary), ([devices, steps]) => {
        const world = lived(devices, steps);
        for (const values of world.server.history.values()) expect(new Set(values).size).toBe(values.length);
      }),
      runs,
    );
  });
});

describe('a sheet', () => {
  const server = (): ModelServer => new ModelServer(questions);
  const reply = (world: ModelServer, out: Outgoing | null): SaveReply => {
    if (out === null) throw new Error('nothing to send');
    return world.save(out.save);
  };

  test('sends the same save until it is answered, and what came later with the next', () => {
    const first = nextSave(answered(openedSheet(server().whole), '0', 'a'), 'phone');
    if (first === null) throw new Error('nothing to send');
    const later = answered(first.sheet, '1', 'b');
    expect(nextSave(later, 'phone')?.save).toEqual({ device: 'phone', n: 1, base: 0, changes: { 0: 'a' } });
    const { sheet } = acknowledged(later, 'phone', { n: 1, seq: 1, savedAt: 9 });
    expect(nextSave(sheet, 'phone')?.save).toEqual({ device: 'phone', n: 2, base: 1, changes: { 1: 'b' } });
    expect(sheet.savedAt).toBe(9);
  });

  test('says everything at the end, under a new number', () => {
    const first = nextSave(answered(openedSheet(server().whole), '0', 'a'), 'phone');
    if (first === null) throw new Error('nothing to send');
    expect(lastWords(answered(first.sheet, '1', 'b'), 'phone')?.save).toMatchObject({
      n: 2,
      changes: { 0: 'a', 1: 'b' },
    });
    expect(lastWords(first.sheet, 'phone')?.save).toBe(first.save);
  });

  test('says at the end which save of an earlier tab it holds, so that this one does nothing when it comes last', () => {
    const world = server();
    const first = nextSave(answered(openedSheet(world.whole), '0', 'a'), 'tab-1');
    if (first === null) throw new Error('nothing to send');
    const later = openedSheet(world.whole, unsentOf(answered(first.sheet, '0', 'b')));
    const last = lastWords(later, 'tab-2');
    expect(last?.save).toMatchObject({ changes: { 0: 'b' }, replaces: [{ device: 'tab-1', n: 1 }] });
    reply(world, last);
    reply(world, first);
    expect(world.whole.answers).toEqual({ 0: 'b' });
    // Within one tab numbers say it.
    expect(lastWords(answered(first.sheet, '0', 'b'), 'tab-1')?.save.replaces).toBeUndefined();
  });

  test('keeps the number of a tab over a reload, and sends for a tab that is gone', () => {
    const first = nextSave(answered(openedSheet(server().whole), '0', 'a'), 'tab-1');
    if (first === null) throw new Error('nothing to send');
    const again = openedSheet(server().whole, unsentOf(answered(first.sheet, '1', 'b')));
    expect(nextSave(again, 'tab-2')?.save).toEqual(first.save);
    const { sheet } = acknowledged(again, 'tab-1', { n: 1, seq: 1, savedAt: 1 });
    expect(nextSave(sheet, 'tab-2')?.save).toMatchObject({ device: 'tab-2', n: 1, changes: { 1: 'b' } });
    expect(nextSave(sheet, 'tab-1')?.save).toMatchObject({ n: 2 });
  });

  test('takes over what others changed, except what waits here, and names it', () => {
    const world = server();
    const here = answered(answered(openedSheet(world.whole), '0', 'mine'), '1', 'mine');
    const out = nextSave(here, 'phone');
    world.save({ device: 'laptop', n: 1, base: 0, changes: { 1: 'theirs', 2: 'theirs' } });
    const waiting = answered(out?.sheet ?? here, '0', 'newer');
    const { sheet, changedElsewhere } = acknowledged(waiting, 'phone', reply(world, out));
    expect(sheet.answers).toEqual({ 0: 'newer', 1: 'mine', 2: 'theirs' });
    expect(changedElsewhere).toEqual(['2']);
    expect(unsavedQuestions(sheet)).toEqual(['0']);
  });

  test('does not take its own text, cleaned by the server, for a change by others', () => {
    const here = answered(openedSheet(server().whole), '0', '  Hà   Nội ');
    const out = nextSave(here, 'phone');
    const { sheet, changedElsewhere } = acknowledged(out?.sheet ?? here, 'phone', {
      n: 1,
      seq: 2,
      savedAt: 1,
      answers: { 0: 'Hà Nội' },
    });
    expect(changedElsewhere).toEqual([]);
    expect(sheet.answers['0']).toBe('  Hà   Nội ');
  });

  test('is saved when nothing changed, and a blank is no answer', () => {
    const opened = openedSheet({ seq: 3, answers: { 0: 'a', 1: [] }, predicted: null });
    expect(opened.answers).toEqual({ 0: 'a' });
    expect(answered(opened, '0', 'a')).toBe(opened);
    expect(isSaved(answered(opened, '1', '  '))).toBe(true);
    expect(nextSave(answered(opened, '0', ''), 'phone')?.save.changes).toEqual({ 0: null });
  });

  test('keeps an answer in sight that the server could not take, until it is changed', () => {
    const out = nextSave(answered(openedSheet(server().whole), '0', 'x'), 'phone');
    if (out === null) throw new Error('nothing to send');
    const { sheet } = acknowledged(out.sheet, 'phone', {
      n: 1,
      seq: 1,
      savedAt: 1,
      refused: ['0'],
      answers: {},
    });
    expect([sheet.answers['0'], sheet.refused]).toEqual(['x', ['0']]);
    expect(answered(sheet, '0', 'y').refused).toEqual([]);
  });

  test('saves a prediction like an answer', () => {
    const out = nextSave(predicted(openedSheet(server().whole), 120), 'phone');
    if (out === null) throw new Error('nothing to send');
    expect(out.save).toEqual({ device: 'phone', n: 1, base: 0, changes: {}, predicted: 120 });
    const again = openedSheet(server().whole, unsentOf(out.sheet));
    expect([again.predicted, nextSave(again, 'phone')?.save]).toEqual([120, out.save]);
    expect(isSaved(acknowledged(again, 'phone', { n: 1, seq: 1, savedAt: 1 }).sheet)).toBe(true);
  });

  test('forgets an older whole sheet than it knows', () => {
    const opened = openedSheet({ seq: 5, answers: { 0: 'new' }, predicted: null });
    expect(resumed(opened, { seq: 4, answers: { 0: 'old' }, predicted: null }).sheet.answers['0']).toBe(
      'new',
    );
  });

  test('does not go back to what a late reply tells, and lets the next one tell everything', () => {
    const out = nextSave(answered(openedSheet(server().whole), '0', 'a'), 'phone');
    if (out === null) throw new Error('nothing to send');
    const asked = resumed(out.sheet, { seq: 5, answers: { 0: 'a', 1: 'new' }, predicted: null }).sheet;
    const late = { n: 1, seq: 3, savedAt: 1, answers: { 0: 'a', 1: 'old' } };
    const { sheet } = acknowledged(asked, 'phone', late);
    expect(sheet.answers).toEqual({ 0: 'a', 1: 'new' });
    expect(nextSave(answered(sheet, '2', 'c'), 'phone')?.save.base).toBe(3);
  });
});
