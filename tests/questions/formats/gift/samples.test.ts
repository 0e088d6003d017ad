/** Counts by kind, written by hand from reading the samples. */
import { describe, expect, it } from 'vitest';
import { readGift } from '../../../../questions/formats/gift/read.ts';
import { candidatesOf } from '../../../../questions/formats/sniff.ts';
import { countsOf, faultsOf, hasSamples, samplesOf } from '../balance.ts';

const EXPECTED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'TFTwoFeedback.gift': { trueFalse: 3 },
  'categorySpecialCharacter.gift': { ignored: 1 },
  'descriptionTitleEscapedColon.gift': { info: 1, trueFalse: 1 },
  'escapeAll.gift': { choice: 1 },
  'escapeEquals.gift': { choice: 1 },
  'formatExamples.gift': { choice: 1 },
  'markdown.gift': { info: 4 },
  'mc1.gift': { choice: 1 },
  'mc4.gift': { choice: 1 },
  'mcHTMLComment.gift': { choice: 1 },
  'moodle-examples.txt': { choice: 18, trueFalse: 5, shortText: 9, numeric: 8, matching: 3, ignored: 15 },
  'multipleAnswersFloat.gift': { choice: 1 },
  'numerical1.gift': { numeric: 10, ignored: 1 },
  'shortAnswer1.gift': { shortText: 2, ignored: 1 },
  'shortAnswerNotMatching.gift': { choice: 2 },
  'shortFirstEmbeddedUnderline.gift': { shortText: 2 },
  'symbolsAll.gift': { trueFalse: 1 },
  'tag_id_and_two_tags.gift': { essay: 1 },
  'tf1.gift': { trueFalse: 1 },
  'tf1_markdown.gift': { trueFalse: 1 },
  'totara_moodle_backslash.gift': { essay: 1, ignored: 1 },
  'totara_moodle_match.gift': { matching: 1, ignored: 1 },
  'totara_moodle_multichoice_multi.gift': { choice: 1, ignored: 1 },
  'totara_moodle_pre_content.gift': { essay: 1, ignored: 1 },
  'totara_moodle_shortanswer_general_feedback.gift': { shortText: 1, ignored: 1 },
  'totara_moodle_truefalse_true_answer1.gift': { trueFalse: 1, ignored: 1 },
  'type_inferred_multiline_markdown.gift': { shortText: 1 },
};

describe.runIf(hasSamples)('GIFT files that other people wrote', () => {
  const samples = samplesOf('gift');

  it('are the ones that were read by hand', () => {
    expect(samples.map(([name]) => name).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(samples)('%s gives what stands in it', (name, bytes) => {
    const reading = readGift(bytes);
    expect(faultsOf(reading)).toEqual([]);
    expect(reading.failure).toBeNull();
    expect(countsOf(reading)).toEqual(EXPECTED[name]);
  });

  it.each(samples)('%s is recognised', (name, bytes) => {
    const DESCRIPTIONS_ONLY = ['markdown.gift'];
    const [best] = candidatesOf(bytes);
    expect(best?.format.name).toBe(DESCRIPTIONS_ONLY.includes(name) ? undefined : 'gift');
  });
});

it.skipIf(hasSamples)('the samples are not at hand: nothing was checked against them', () => {
  expect(hasSamples).toBe(false);
});
