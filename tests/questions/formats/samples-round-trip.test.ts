/** `read(write(x))` is x apart from declared losses, over every question of the samples and every format of text. */
import { describe, expect, it } from 'vitest';
import { readAiken } from '../../../questions/formats/aiken/read.ts';
import type { Draft } from '../../../questions/formats/draft.ts';
import { formats } from '../../../questions/formats/formats.ts';
import { readGift } from '../../../questions/formats/gift/read.ts';
import { readMoodleXml } from '../../../questions/formats/moodle-xml/read.ts';
import type { Question } from '../../../questions/question.ts';
import { hasSamples, samplesOf } from './balance.ts';
import { comparable, remaining } from './equality.ts';

const READ = { aiken: readAiken, gift: readGift, 'moodle-xml': readMoodleXml } as const;

const readings = Object.entries(READ).flatMap(([folder, read]) =>
  samplesOf(folder).map(([, bytes]) => read(bytes)),
);
const media = new Map(readings.flatMap((reading) => [...reading.media]));

/** What a person would have to add before a draft can be used. */
function completed(draft: Draft, index: number): Question {
  const { title: _, ...rest } = draft;
  return {
    ...rest,
    code: draft.code ?? `s-${index}`,
    difficulty: draft.difficulty ?? 2,
    points: draft.points ?? 100,
  };
}

const questions = readings
  .flatMap(({ blocks }) => blocks)
  .flatMap((block) => (block.outcome === 'imported' || block.outcome === 'warned' ? [block.draft] : []))
  .map(completed);

describe.runIf(hasSamples)('the samples', () => {
  it('hold questions of eight kinds', () => {
    const kinds = new Set(questions.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(
      ['choice', 'cloze', 'essay', 'info', 'matching', 'numeric', 'shortText', 'trueFalse'].sort(),
    );
    expect(questions.length).toBeGreaterThan(90);
  });

  it.each(['gift', 'moodle-xml', 'json', 'aiken'])('come back from %s', async (name) => {
    const format = formats.get(name);
    const { bytes, losses } = (await format?.write?.(questions, { title: 't', media })) ?? {
      bytes: new Uint8Array(),
      losses: [],
    };
    const reading = await format?.read?.(bytes, {});
    const drafts = reading?.blocks.flatMap(({ draft }) => draft ?? []) ?? [];
    const left = remaining(questions, losses);
    expect(left.length).toBeGreaterThan(20);
    expect(drafts.map((draft, i) => comparable(draft, left[i]?.lost ?? new Set()))).toEqual(
      left.map(({ question, lost }) => comparable(question, lost)),
    );
    if (name !== 'aiken') expect(left.length).toBeGreaterThanOrEqual(questions.length - 1);
  });
});

it.skipIf(hasSamples)('the samples are not at hand: nothing was checked against them', () => {
  expect(hasSamples).toBe(false);
});
