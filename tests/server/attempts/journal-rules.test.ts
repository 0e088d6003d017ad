import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyDifference, isDifference, Replay, withLine } from '../../../server/attempts/journal-rules.ts';

const LINES = 5;
const line = fc.string({ unit: 'binary', maxLength: 6 }).map((text) => text.replaceAll('\n', ''));
const changes = fc.array(fc.tuple(fc.nat({ max: LINES - 1 }), line), { minLength: 1, maxLength: 4 });

it('gives the sheet after any number of saves, from its whole rows and the differences behind them', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ changes, whole: fc.boolean() }), { maxLength: 30 }), (saves) => {
      let lines = new Array<string>(LINES).fill('');
      const replay = new Replay();
      saves.forEach((save, i) => {
        const before = lines.join('\n');
        lines = [...lines];
        let difference = '';
        for (const [place, text] of save.changes) {
          lines[place] = text;
          difference = withLine(difference, place, text);
        }
        expect(isDifference(difference)).toBe(true);
        expect(applyDifference(before, difference)).toBe(lines.join('\n'));
        replay.add(i + 1, save.whole || i === 0 ? lines.join('\n') : difference);
        expect(replay.sheet).toBe(lines.join('\n'));
        expect(replay.seq).toBe(i + 1);
      });
    }),
  );
});

it('takes the later whole row, and leaves out differences whose whole row was carried forward', () => {
  const replay = new Replay();
  replay.add(6, '~1 old');
  expect([replay.seq, replay.wholeSeq, replay.sheet]).toEqual([0, 0, '']);
  replay.add(7, 'a\nb');
  replay.add(8, '~0 refused');
  replay.add(9, 'refused\nrefused');
  replay.add(8, 'a\nc');
  replay.add(9, '~0 d');
  expect([replay.seq, replay.wholeSeq, replay.sheet]).toEqual([9, 8, 'd\nc']);
});

it('never passes over a save that is missing, nor over a line that has no place', () => {
  const replay = new Replay();
  replay.add(1, 'a\nb');
  expect(() => replay.add(3, '~0 c')).toThrow('save 2 is missing');
  expect(() => applyDifference('a\nb', '~2 c')).toThrow();
  expect(() => applyDifference('a\nb', '~c')).toThrow();
});
