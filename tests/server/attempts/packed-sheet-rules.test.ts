import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyDifference } from '../../../server/attempts/journal-rules.ts';
import {
  blankSheet,
  deviceMarkOn,
  holderOn,
  mergePacked,
  notSeen,
} from '../../../server/attempts/packed-sheet-rules.ts';
import { emptySheet, markDevice, mergeChanges, packSheet } from '../../../server/attempts/sheet-rules.ts';

const QUESTIONS = 6;
const device = fc.constantFrom('phone', 'phone1', 'tablet', ...'abcdefgh'.split('').map((c) => `tab-${c}`));
const answer = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 3 }),
);
const save = fc.record({
  device,
  takesOver: fc.boolean(),
  changes: fc.array(fc.record({ question: fc.integer({ min: 0, max: QUESTIONS }), answer }), {
    maxLength: 4,
  }),
  sinceStartMs: fc.integer({ min: -5, max: 10_000_000 }),
  prediction: fc.option(fc.option(fc.nat()), { nil: undefined }),
  replaced: fc.array(fc.record({ device, n: fc.integer({ min: 1, max: 99 }) }), { maxLength: 2 }),
});

it('merges a save as unpacking, merging and packing would', () => {
  fc.assert(
    fc.property(fc.array(save, { maxLength: 25 }), (saves) => {
      let packed = blankSheet(QUESTIONS);
      let sheet = emptySheet(QUESTIONS);
      expect(packed).toBe(packSheet(sheet));
      expect(holderOn(packed)).toBeNull();
      saves.forEach((one, i) => {
        const mark = { n: i + 1, seq: i * 40, at: Math.max(0, one.sinceStartMs) };
        const merged = mergePacked(packed, { ...one, mark });
        expect(applyDifference(packed, merged.difference)).toBe(merged.sheet);
        packed = merged.sheet;
        sheet = markDevice(mergeChanges(sheet, one.changes, one.sinceStartMs), one.device, {
          mark,
          takesOver: one.takesOver,
        });
        for (const { device: other, n } of one.replaced)
          sheet = markDevice(sheet, other, { mark: { ...mark, n }, takesOver: false });
        if (one.prediction !== undefined) sheet = { ...sheet, prediction: one.prediction };
        expect(packed).toBe(packSheet(sheet));
        expect(holderOn(packed)).toBe([...sheet.devices.keys()].at(-1));
        for (const name of ['phone', 'phone1', 'nobody', one.device])
          expect(deviceMarkOn(packed, name)).toEqual(sheet.devices.get(name) ?? null);
      });
    }),
  );
});

it('names of the saves that another holds those that have not come, and never its own', () => {
  const mark = { n: 3, seq: 5, at: 0 };
  const more = { changes: [], sinceStartMs: 0, prediction: undefined };
  const { sheet } = mergePacked(blankSheet(1), { device: 'tab-a', mark, takesOver: true, ...more });
  const replaces = ['tab-a', 'tab-b', 'tab-c'].map((name) => ({ device: name, n: 4 }));
  expect(notSeen(sheet, 'tab-c', replaces)).toEqual(replaces.slice(0, 2));
  expect(notSeen(sheet, 'tab-c', [{ device: 'tab-a', n: 3 }])).toEqual([]);
});

it('refuses what is no sheet', () => {
  const mark = { n: 1, seq: 1, at: 0 };
  expect(() =>
    mergePacked('', {
      device: 'phone',
      mark,
      takesOver: true,
      changes: [],
      sinceStartMs: 0,
      prediction: undefined,
    }),
  ).toThrow();
});
