/** Broken files of every kind: a report with places or an error, never a crash and never a silent empty result. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAiken } from '../../../questions/formats/aiken/read.ts';
import { writeAiken } from '../../../questions/formats/aiken/write.ts';
import { readGift } from '../../../questions/formats/gift/read.ts';
import { writeGift } from '../../../questions/formats/gift/write.ts';
import { readJson } from '../../../questions/formats/json/read.ts';
import { writeJson } from '../../../questions/formats/json/write.ts';
import { readMoodleXml } from '../../../questions/formats/moodle-xml/read.ts';
import { writeMoodleXml } from '../../../questions/formats/moodle-xml/write.ts';
import { candidatesOf } from '../../../questions/formats/sniff.ts';
import { bytesOf, faultsOf, samplesOf } from './balance.ts';
import { anyQuestion, pictures } from './generated.ts';

const questions = fc.sample(anyQuestion, { numRuns: 12, seed: 42 });
const options = { title: 't', media: pictures };

const READERS = {
  aiken: { read: readAiken, own: writeAiken(questions).bytes },
  gift: { read: readGift, own: writeGift(questions, options).bytes },
  'moodle-xml': { read: readMoodleXml, own: writeMoodleXml(questions, options).bytes },
  json: { read: readJson, own: writeJson(questions, options).bytes },
} as const;

const STRUCTURE = bytesOf('{}=~#:\\%"<>&/;[]-,.\n\n\n::{{}}->ANSWER: A<![CDATA[]]></text>\\u0000$$\\(');

/** Cut off, with bytes changed, with pieces removed or doubled. */
const damage = fc.array(
  fc.record({
    how: fc.constantFrom('cut', 'change', 'insert', 'remove', 'double'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(60),
    byte: fc.oneof(fc.constantFrom(...STRUCTURE), fc.nat(255)),
  }),
  { minLength: 1, maxLength: 4 },
);

type Blow = { how: string; at: number; length: number; byte: number };

function damaged(bytes: Uint8Array, blows: readonly Blow[]): Uint8Array {
  return blows.reduce((before, { how, at, length, byte }) => {
    const from = Math.floor(at * before.length);
    const [head, piece, tail] = [
      before.subarray(0, from),
      before.subarray(from, from + length),
      before.subarray(from + length),
    ];
    if (how === 'cut') return head;
    if (how === 'change') return new Uint8Array([...head, byte, ...before.subarray(from + 1)]);
    if (how === 'insert') return new Uint8Array([...head, byte, ...before.subarray(from)]);
    return new Uint8Array(how === 'remove' ? [...head, ...tail] : [...head, ...piece, ...piece, ...tail]);
  }, bytes);
}

describe.each(Object.entries(READERS))('%s', (name, { read, own }) => {
  const samples = samplesOf(name)
    .map(([, bytes]) => bytes)
    .filter((bytes) => bytes.length < 10_000);

  it('reports on damaged files, whatever is wrong with them', () => {
    fc.assert(
      fc.property(fc.constantFrom(own, ...samples), damage, (bytes, blows) => {
        const broken = damaged(bytes, blows);
        expect(faultsOf(read(broken))).toEqual([]);
        candidatesOf(broken);
      }),
      { numRuns: 150 },
    );
  });

  it('reports on bytes and texts of no kind at all', () => {
    const text = fc.array(
      fc.constantFrom(
        ...Array.from(STRUCTURE, (byte) => String.fromCharCode(byte)),
        'A',
        ') ',
        'đ',
        '<quiz>',
        '<question type="cloze">',
        'T}',
      ),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          text.map((signs) => bytesOf(signs.join(''))),
        ),
        (bytes) => {
          expect(faultsOf(read(bytes))).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('notices every place at which a file is cut off', () => {
    const whole = read(own);
    for (let share = 0.02; share < 1; share += 0.07) {
      const cut = read(own.subarray(0, Math.floor(own.length * share)));
      expect(faultsOf(cut)).toEqual([]);
      if (name === 'moodle-xml' || name === 'json')
        expect(cut.failure).toMatchObject({ severity: 'error', place: { line: expect.any(Number) } });
      else expect(cut.blocks.length).toBeLessThanOrEqual(whole.blocks.length);
    }
  });
});
