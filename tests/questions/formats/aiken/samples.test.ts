/** Counts written by hand from reading the sample. Its last question has four options that are all ".". */
import { expect, it } from 'vitest';
import { readAiken } from '../../../../questions/formats/aiken/read.ts';
import { candidatesOf } from '../../../../questions/formats/sniff.ts';
import { countsOf, faultsOf, hasSamples, samplesOf } from '../balance.ts';

it.runIf(hasSamples)('the sample of Aiken gives four questions and one that nobody could answer', () => {
  const samples = samplesOf('aiken');
  expect(samples.map(([name]) => name)).toEqual(['aiken_1.txt']);
  for (const [, bytes] of samples) {
    const reading = readAiken(bytes);
    expect(faultsOf(reading)).toEqual([]);
    expect(countsOf(reading)).toEqual({ choice: 4, quarantined: 1 });
    expect(reading.blocks.map(({ place }) => place)).toEqual([1, 9, 15, 21, 27].map((line) => ({ line })));
    expect(reading.blocks.map(({ draft }) => draft?.key)).toMatchObject([
      { right: [4] },
      { right: [0] },
      { right: [0] },
      { right: [1] },
      { right: [0] },
    ]);
    expect(candidatesOf(bytes)[0]?.format.name).toBe('aiken');
  }
});

it.skipIf(hasSamples)('the samples are not at hand: nothing was checked against them', () => {
  expect(hasSamples).toBe(false);
});
