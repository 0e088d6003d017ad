import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../questions/question.ts';
import {
  emptySheet,
  markDevice,
  mergeChanges,
  packSheet,
  type Sheet,
  unpackAnswers,
  unpackSheet,
} from '../../../server/attempts/sheet-rules.ts';

const answer = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 6 }),
  fc.array(
    fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.nat({ max: 60 }),
      fc.string({ unit: 'binary', maxLength: 9 }),
    ),
    { maxLength: 6 },
  ),
);
const device = fc.stringMatching(/^[A-Za-z0-9_-]{4,24}$/);
const save = fc.record({
  device,
  changes: fc.array(fc.record({ question: fc.integer({ min: 0, max: 9 }), answer }), { maxLength: 5 }),
  at: fc.integer({ min: 0, max: 10_000_000 }),
});

function play(
  saves: readonly {
    device: string;
    changes: readonly { question: number; answer: Json }[];
    at: number;
  }[],
): Sheet {
  return saves.reduce(
    (sheet, { device: name, changes, at }, i) =>
      markDevice(mergeChanges(sheet, changes, at), name, {
        mark: { n: i + 1, seq: i + 1, at },
        takesOver: at % 2 === 0,
      }),
    emptySheet(10),
  );
}

describe('a sheet', () => {
  it('is the same after packing and unpacking', () => {
    fc.assert(
      fc.property(fc.array(save, { maxLength: 12 }), fc.option(fc.nat()), (saves, prediction) => {
        const sheet = { ...play(saves), prediction };
        const again = unpackSheet(packSheet(sheet));
        expect(again.answers).toEqual(sheet.answers);
        expect(unpackAnswers(packSheet(sheet))).toEqual(sheet.answers);
        expect(again.changedAt).toEqual(sheet.changedAt);
        expect(again.changes).toEqual(sheet.changes);
        expect([...again.devices]).toEqual([...sheet.devices]);
        expect(again.prediction).toBe(prediction);
      }),
    );
  });

  it('holds for each question the last answer received, whoever sent it', () => {
    fc.assert(
      fc.property(fc.array(save, { maxLength: 12 }), (saves) => {
        const expected = new Array(10).fill(null);
        for (const { changes } of saves)
          for (const change of changes) expected[change.question] = change.answer;
        expect(play(saves).answers).toEqual(expected);
      }),
    );
  });

  it('counts a change only when the answer became another one', () => {
    const once = mergeChanges(emptySheet(2), [{ question: 0, answer: [1] }], 1000);
    const twice = mergeChanges(once, [{ question: 0, answer: [1] }], 2000);
    expect(twice.changes).toEqual([1, 0]);
    expect(twice.changedAt).toEqual([10, -1]);
  });

  it('is small: twenty single choices take less than 160 characters', () => {
    const changes = Array.from({ length: 20 }, (_, question) => ({ question, answer: [question % 4] }));
    const sheet = markDevice(mergeChanges(emptySheet(20), changes, 600_000), 'a1b2c3d4', {
      mark: { n: 20, seq: 20, at: 600_000 },
      takesOver: true,
    });
    expect(packSheet(sheet).length).toBeLessThan(160);
  });

  it('refuses a text that is not a sheet', () => {
    expect(() => unpackSheet('')).toThrow();
    expect(() => unpackSheet('\n\n0')).toThrow();
  });
});
