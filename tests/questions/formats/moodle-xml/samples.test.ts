/** What stands in the samples, written by hand from reading them. */
import { describe, expect, it } from 'vitest';
import { readMoodleXml } from '../../../../questions/formats/moodle-xml/read.ts';
import { candidatesOf } from '../../../../questions/formats/sniff.ts';
import { codesOf, countsOf, faultsOf, hasSamples, samplesOf } from '../balance.ts';

const EXPECTED: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'cloze.xml': {
    kind: 'cloze',
    key: { gaps: [{ right: [2, 3], scoring: 'weights', weights: [0, 0, 1, 0.5] }] },
    title: 'Cloze',
    points: 100,
  },
  'description.xml': { kind: 'info', key: null, points: 0 },
  'essay.xml': {
    kind: 'essay',
    prompt: { stem: 'Explain in few words the aim of this course.', maxWords: null },
    points: 110,
  },
  'matching.xml': {
    kind: 'matching',
    prompt: {
      lefts: ['Drag and drop files', 'Groupings', 'Repositories'],
      rights: ['Moodle 2.3', 'Moodle 1.9', 'Moodle 2.0', 'Moodle 2.5'],
    },
    key: { pairs: [0, 1, 2] },
    points: 111,
  },
  'multichoice.xml': {
    kind: 'choice',
    prompt: {
      rich: true,
      multiple: false,
      options: [
        'This is the good __underlined__ answer.',
        'This is one *italic* wrong answer.',
        'This a wrong **bold** answer.',
        'This a wrong **strong** answer.',
        'This a wrong *emphasis* answer.',
      ],
    },
    key: { right: [0] },
    points: 130,
  },
  'numerical.xml': {
    kind: 'numeric',
    prompt: { rich: true, unit: 'cm' },
    key: { value: 150, tolerance: 0 },
  },
  'shortanswer.xml': {
    kind: 'shortText',
    key: { accept: ['Crete'], accents: true, case: false },
    points: 112,
  },
  'truefalse.xml': { kind: 'trueFalse', prompt: { rich: true }, key: { right: false }, points: 114 },
};

describe.runIf(hasSamples)('Moodle XML files that other people wrote', () => {
  const samples = samplesOf('moodle-xml');

  it('are the ones that were read by hand', () => {
    expect(samples.map(([name]) => name).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(samples)('%s gives its one question', (name, bytes) => {
    const reading = readMoodleXml(bytes);
    expect(faultsOf(reading)).toEqual([]);
    expect(reading.failure).toBeNull();
    expect(countsOf(reading)).toEqual({ [String(EXPECTED[name]?.kind)]: 1 });
    expect(reading.blocks[0]?.draft).toMatchObject(EXPECTED[name] ?? {});
    expect(candidatesOf(bytes)[0]?.format.name).toBe('moodle-xml');
  });

  it('keep their pictures, and say which attachment is none', () => {
    const reading = (name: string) =>
      readMoodleXml(samples.find(([file]) => file === name)?.[1] ?? new Uint8Array());
    const truefalse = reading('truefalse.xml');
    const [picture] = truefalse.media.values();
    expect(picture).toMatchObject({ type: 'image/jpeg', name: 'moodlewhich.jpg' });
    expect(truefalse.blocks[0]?.draft?.prompt.stem).toContain(`](media:${picture?.sha256})`);
    const multichoice = reading('multichoice.xml');
    expect([...multichoice.media.values()].map(({ name }) => name)).toEqual(['4.png']);
    expect(codesOf(multichoice)).toEqual(['media-refused']);
    expect(codesOf(reading('numerical.xml'))).toEqual(['moodle-units']);
  });
});

it.skipIf(hasSamples)('the samples are not at hand: nothing was checked against them', () => {
  expect(hasSamples).toBe(false);
});
