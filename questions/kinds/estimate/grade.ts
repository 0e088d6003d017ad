/** Grading of estimates by bands. Who is closest is for live contests, where all answers are known together. */
import type { Grading } from '../../grading.ts';
import { cleanText } from '../../vietnamese.ts';
import { formatNumber, readingsOf } from '../numeric/readings.ts';
import { keyUnreadable, promptUnreadable, stemProblems } from '../shapes.ts';
import { type EstimateKey, estimateKeyProblems, isEstimateKey } from './key.ts';
import { ESTIMATE_MAX, type EstimatePrompt, isEstimatePrompt } from './prompt.ts';

/** Nothing longer is even cleaned. */
const RAW_MAX = 4 * ESTIMATE_MAX;

function normalise(_prompt: EstimatePrompt, value: unknown): string | null | undefined {
  if (value === null) return null;
  if (typeof value !== 'string' || value.length > RAW_MAX) return undefined;
  const text = cleanText(value);
  if (text.length > ESTIMATE_MAX) return undefined;
  return text === '' ? null : text;
}

/** A few units in the last place are forgiven, so that 0,4 is within 0,1 of 0,3. */
function isInBand(truth: number, within: number, reading: number): boolean {
  const rounding = within === 0 ? 0 : 4 * Number.EPSILON * Math.max(Math.abs(truth), Math.abs(reading));
  return Math.abs(reading - truth) <= within + rounding;
}

function grade({ unit }: EstimatePrompt, key: EstimateKey | null, answer: string | null): number {
  if (key === null || answer === null) return 0;
  const { truth, bands } = key;
  if (truth === null) return 0;
  let best = 0;
  for (const reading of readingsOf(answer, unit))
    for (const { within, share } of bands) if (share > best && isInBand(truth, within, reading)) best = share;
  return best;
}

export const grading: Grading<EstimatePrompt, EstimateKey, string> = {
  kind: 'estimate',
  check(prompt, key) {
    if (!isEstimatePrompt(prompt)) return promptUnreadable;
    if (key === null) return stemProblems(prompt.stem);
    if (!isEstimateKey(key)) return [...stemProblems(prompt.stem), ...keyUnreadable];
    return [...stemProblems(prompt.stem), ...estimateKeyProblems(key)];
  },
  shuffleable: () => 0,
  arrange: (prompt) => prompt,
  normalise,
  grade,
  reveal: (_prompt, key) => (key === null || key.truth === null ? null : formatNumber(key.truth)),
};
