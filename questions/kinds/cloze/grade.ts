/** Grading of clozes: each gap by the rules of the kind that it is, together by their weights. */
import type { Grading, Problem } from '../../grading.ts';
import { cleanText } from '../../vietnamese.ts';
import { grading as choice } from '../choice/grade.ts';
import { isChoiceKey } from '../choice/key.ts';
import { exampleNumber, shareOfTypedNumber } from '../numeric/grade.ts';
import { isNumericKey } from '../numeric/key.ts';
import { keyUnreadable, partProblems, promptUnreadable, stemProblems } from '../shapes.ts';
import { exampleOf, isShortTextKey, shareOfText } from '../short-text/key.ts';
import { type ClozeGapKey, type ClozeKey, clozeKeyProblems, isClozeKey } from './key.ts';
import {
  type ClozeAnswer,
  type ClozeGap,
  type ClozePrompt,
  GAP_TEXT_MAX,
  GAPS_MAX,
  gapsIn,
  isClozePrompt,
} from './prompt.ts';

type GapAnswer = ClozeAnswer[number];

/** Nothing longer is even cleaned. */
const RAW_MAX = 4 * GAP_TEXT_MAX;
const OPTIONS = { min: 2, max: 26, distinct: true };

function normaliseGap(gap: ClozeGap, value: unknown): GapAnswer | undefined {
  if (value === null) return null;
  if (gap.kind === 'choice') {
    const isOption = typeof value === 'number' && Number.isInteger(value) && value >= 0;
    return isOption && value < gap.options.length ? value : undefined;
  }
  if (typeof value !== 'string' || value.length > RAW_MAX) return undefined;
  const text = cleanText(value);
  if (text.length > GAP_TEXT_MAX) return undefined;
  return text === '' ? null : text;
}

function normalise({ gaps }: ClozePrompt, value: unknown): ClozeAnswer | null | undefined {
  if (value === null) return null;
  if (!Array.isArray(value) || value.length !== gaps.length) return undefined;
  const filled: GapAnswer[] = [];
  for (const [i, gap] of gaps.entries()) {
    const answer = normaliseGap(gap, value[i]);
    if (answer === undefined) return undefined;
    filled.push(answer);
  }
  return filled.every((answer) => answer === null) ? null : filled;
}

function gradeGap(gap: ClozeGap, key: ClozeGapKey, answer: GapAnswer): number {
  if (key === null || answer === null) return 0;
  if (gap.kind === 'choice') {
    if (typeof answer !== 'number' || !isChoiceKey(key)) return 0;
    return choice.grade({ stem: '', options: gap.options, multiple: false }, key, [answer], []);
  }
  if (typeof answer !== 'string') return 0;
  if (gap.kind === 'text') return isShortTextKey(key) ? shareOfText(key, answer) : 0;
  return isNumericKey(key) ? shareOfTypedNumber(gap.unit, key, answer) : 0;
}

function parts({ gaps }: ClozePrompt, key: ClozeKey, answer: ClozeAnswer): readonly number[] {
  return gaps.map((gap, i) => gradeGap(gap, key.gaps[i] ?? null, answer[i] ?? null));
}

function grade(prompt: ClozePrompt, key: ClozeKey | null, answer: ClozeAnswer | null): number {
  if (key === null || answer === null) return 0;
  let earned = 0;
  let possible = 0;
  for (const [i, share] of parts(prompt, key, answer).entries()) {
    const weight = key.weights?.[i] ?? 1;
    possible += weight;
    earned += weight * share;
  }
  return possible === 0 ? 0 : earned / possible;
}

function revealGap(gap: ClozeGap, key: ClozeGapKey): GapAnswer {
  if (key === null) return null;
  if (gap.kind === 'choice') {
    if (!isChoiceKey(key)) return null;
    return choice.reveal({ stem: '', options: gap.options, multiple: false }, key, [])?.[0] ?? null;
  }
  if (gap.kind === 'text') return isShortTextKey(key) ? exampleOf(key) : null;
  return isNumericKey(key) ? exampleNumber(key) : null;
}

function reveal({ gaps }: ClozePrompt, key: ClozeKey | null): ClozeAnswer | null {
  if (key === null) return null;
  const revealed = gaps.map((gap, i) => revealGap(gap, key.gaps[i] ?? null));
  return revealed.every((answer) => answer === null) ? null : revealed;
}

function promptProblems(prompt: ClozePrompt): readonly Problem[] {
  const { stem, gaps } = prompt;
  const problems: Problem[] = [
    ...stemProblems(stem),
    ...gaps.flatMap((gap, i) =>
      gap.kind === 'choice' ? partProblems(`gaps.${i}.options`, gap.options, OPTIONS) : [],
    ),
  ];
  const numbers = gapsIn(stem);
  const fits = numbers.length === gaps.length && gaps.every((_, i) => numbers.includes(i + 1));
  if (!fits) {
    problems.push({
      at: 'stem',
      vi: `Câu hỏi phải có các chỗ trống từ {{1}} đến {{${gaps.length}}}, mỗi chỗ một lần.`,
      en: `The text must hold the gaps {{1}} to {{${gaps.length}}}, each once.`,
    });
  }
  if (gaps.length === 0 || gaps.length > GAPS_MAX) {
    problems.push({
      at: 'gaps',
      vi: `Cần từ 1 đến ${GAPS_MAX} chỗ trống.`,
      en: `There must be 1 to ${GAPS_MAX} gaps.`,
    });
  }
  return problems;
}

export const grading: Grading<ClozePrompt, ClozeKey, ClozeAnswer> = {
  kind: 'cloze',
  check(prompt, key) {
    if (!isClozePrompt(prompt)) return promptUnreadable;
    const problems = promptProblems(prompt);
    if (key === null) return problems;
    if (!isClozeKey(key)) return [...problems, ...keyUnreadable];
    return [...problems, ...clozeKeyProblems(prompt, key)];
  },
  missing: (_prompt, { gaps }) =>
    gaps.flatMap((key, i) =>
      key === null
        ? [{ at: `gaps.${i}`, vi: `Chỗ trống ${i + 1} chưa có đáp án.`, en: `Gap ${i + 1} has no key.` }]
        : [],
    ),
  shuffleable: () => 0,
  arrange: (prompt) => prompt,
  normalise,
  grade,
  parts,
  reveal,
};
