/** `read(write(x))` is x, apart from the losses that writing declared: over made-up questions of every kind. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Format } from '../../../questions/formats/format.ts';
import { formats } from '../../../questions/formats/formats.ts';
import { candidatesOf } from '../../../questions/formats/sniff.ts';
import type { Question } from '../../../questions/question.ts';
import { codesOf, faultsOf } from './balance.ts';
import { comparable, remaining } from './equality.ts';
import { anyQuestion, anyQuestions, pictures } from './generated.ts';

const TEXT_FORMATS = ['aiken', 'gift', 'json', 'moodle-xml'];
const RUNS = 100;

const options = { title: 'Ngân hàng', media: pictures };

async function roundTrip(format: Format, questions: readonly Question[]): Promise<void> {
  if (format.write === undefined || format.read === undefined) throw new Error('one way only');
  const { bytes, losses } = await format.write(questions, options);
  const left = remaining(questions, losses);
  const reading = await format.read(bytes, {});
  expect(faultsOf(reading)).toEqual([]);
  if (left.length === 0) return;
  expect([
    codesOf(reading).filter((code) => !['key-missing', 'nothing-found'].includes(code)),
    reading.failure,
  ]).toEqual([[], null]);
  const drafts = reading.blocks.flatMap(({ draft }) => draft ?? []);
  expect(drafts.map((draft, i) => comparable(draft, left[i]?.lost ?? new Set()))).toEqual(
    left.map(({ question, lost }) => comparable(question, lost)),
  );
}

describe.each(TEXT_FORMATS.flatMap((name) => formats.get(name) ?? []))('$name', (format) => {
  it('brings back every question, apart from what was declared as lost', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuestions, (questions) => roundTrip(format, questions)),
      { numRuns: RUNS },
    );
  });

  it('writes what is recognised as its own', async () => {
    const questions = fc
      .sample(anyQuestion, { numRuns: 40, seed: 3 })
      .filter(({ kind }) => kind === 'choice');
    const { bytes } = (await format.write?.(questions, options)) ?? { bytes: new Uint8Array() };
    expect(candidatesOf(bytes)[0]?.format.name).toBe(format.name);
  });

  it('declares in both languages, with places among the questions', async () => {
    const questions = fc.sample(anyQuestion, { numRuns: 60, seed: 1 });
    const { losses } = (await format.write?.(questions, options)) ?? { losses: [] };
    for (const { question, code, vi, en } of losses) {
      expect(questions[question]).toBeDefined();
      expect([code, vi, en].every((text) => text !== '')).toBe(true);
    }
  });
});
