/** Every shipped bank is read and reviewed, and every rule of the review is shown a bank that breaks it. */
import { describe, expect, it } from 'vitest';
import {
  isShipped,
  listShippedBanks,
  loadShippedBank,
  loadShippedBanks,
} from '../../../questions/banks/index.ts';
import type { Question } from '../../../questions/question.ts';
import {
  duplicateCodeFaults,
  NEAR_EQUAL,
  nearEqualFaults,
  rules,
  sample,
  similarity,
  unicodeFaults,
} from './review.ts';

/** The least that each bank must hold. */
const LEAST: Readonly<Record<string, number>> = {
  'nghi-quyet-15': 84,
  'luat-thu-do-2024': 48,
  'ha-noi-khoa-17': 43,
  'chi-thi-05': 22,
  'dan-van-kheo': 13,
};

const banks = await loadShippedBanks();

describe('the shipped banks', () => {
  it('are the five that we promise, each large enough', async () => {
    expect([...(await listShippedBanks())].sort()).toEqual(Object.keys(LEAST).sort());
    for (const bank of banks) {
      expect(bank.questions.length, bank.slug).toBeGreaterThanOrEqual(
        LEAST[bank.slug] ?? Number.POSITIVE_INFINITY,
      );
    }
  });

  it('share no code and no near-equal stem among them', () => {
    const all = banks.flatMap((bank) => bank.questions);
    expect(duplicateCodeFaults(all)).toEqual([]);
    expect(nearEqualFaults(all)).toEqual([]);
  });

  it('name licence and documents, each document with its validity, all in NFC', () => {
    for (const bank of banks) {
      expect(bank.licence).toBe('CC-BY-4.0');
      expect(Object.keys(bank.documents).length, bank.slug).toBeGreaterThan(0);
      expect(unicodeFaults(bank)).toEqual([]);
    }
  });

  it('fill four weekly papers of 8, 8 and 4 from the first bank without a repeat, every topic having every level', async () => {
    const { questions } = await loadShippedBank('nghi-quyet-15');
    const count = (of: readonly Question[], level: number): number =>
      of.filter(({ difficulty }) => difficulty === level).length;
    expect([1, 2, 3].map((level) => count(questions, level) >= (level === 3 ? 16 : 32))).toEqual([
      true,
      true,
      true,
    ]);
    for (const [topic, of] of Map.groupBy(questions, (question) => question.topic)) {
      for (const level of [1, 2, 3]) expect(count(of, level), `${topic}, level ${level}`).toBeGreaterThan(0);
    }
  });

  it('are known as shipped, and others are not', async () => {
    expect(await isShipped('nghi-quyet-15')).toBe(true);
    expect(await isShipped('ngan-hang-cua-toi')).toBe(false);
  });
});

describe.each(banks.map((bank) => [bank.slug, bank.questions] as const))('bank %s', (_slug, questions) => {
  it.each(Object.entries(rules))('has no %s', (_name, faults) => {
    expect(faults(questions)).toEqual([]);
  });
});

const stem = (text: string): Question['prompt'] => ({
  stem: text,
  options: ['Có', 'Không hẳn'],
  multiple: false,
});
const many = (count: number, changes: Partial<Question>): readonly Question[] =>
  Array.from({ length: count }, (_, index) => sample({ code: `mau-${index}`, ...changes }));
const longKey = {
  prompt: { stem: 'Câu nào?', options: ['một phương án rất dài', 'ngắn', 'vừa'], multiple: false },
};

/** For every rule, a bank that it must refuse. */
const bad: Readonly<Record<string, readonly Question[]>> = {
  'a key that does not exist': [sample({ key: { right: [4], scoring: 'allOrNothing' } })],
  'what the kind itself refuses': [
    sample({
      kind: 'numeric',
      prompt: { stem: 'Bao nhiêu?', unit: '%' },
      key: { value: 'ba', tolerance: 0 },
    }),
  ],
  'a key that earns less than full marks': [sample({ key: null })],
  'equal options': [
    sample({ prompt: { stem: 'Ai?', options: ['Hà Nội', 'Huế', 'ha noi.'], multiple: false } }),
  ],
  'near-equal stems': [
    sample({ prompt: stem('Nghị quyết 15-NQ/TW được ban hành vào ngày nào?') }),
    sample({ prompt: stem('Nghị quyết 15-NQ/TW ban hành ngày nào?') }),
  ],
  'a missing citation, explanation or validity': [sample({ citation: null })],
  'a code used twice': [sample(), sample()],
  'keys that are the longest option': [...many(4, longKey), ...many(6, {})],
  'keys in one position': [...many(4, {}), ...many(6, { key: { right: [1], scoring: 'allOrNothing' } })],
  'text that is not NFC': [sample({ explanation: 'Hà Nội'.normalize('NFD') })],
  'kinds and levels that are not mixed': many(10, {}),
};

describe('the review refuses', () => {
  it.each(Object.entries(rules))('%s', (name, faults) => {
    expect(faults(bad[name] ?? [])).not.toEqual([]);
  });

  it.each(['explanation', 'document', 'source', 'validity'])('a question without %s', (part) => {
    const whole = sample();
    const citation = { document: '', section: '', source: '', validity: '', ...whole.citation, [part]: ' ' };
    const broken = sample(part === 'explanation' ? { explanation: ' ' } : { citation });
    expect(rules['a missing citation, explanation or validity']?.([broken])).toEqual([`mau-1: no ${part}`]);
  });

  it('nothing in a sound question', () => {
    const sound = Object.entries(rules).filter(([name]) => !/mixed|position/.test(name));
    for (const [name, faults] of sound) expect(faults([sample()]), name).toEqual([]);
  });

  it('keys in one position at 36 %, not at 35 %', () => {
    const at = (right: number, count: number) =>
      many(count, { key: { right: [right], scoring: 'allOrNothing' } });
    const spread = (first: number) => [...at(0, first), ...at(1, 33), ...at(2, 32), ...at(3, 35 - first)];
    expect(rules['keys in one position']?.(spread(35))).toEqual([]);
    expect(rules['keys in one position']?.([...at(0, 36), ...at(1, 32), ...at(2, 32)])).not.toEqual([]);
  });

  it('stems by their words, whatever the diacritics and the order', () => {
    expect(similarity('Ai ký Chỉ thị?', 'chi thi AI KY')).toBe(1);
    expect(similarity('Ai ký Chỉ thị?', 'Sông nào là trục xanh?')).toBe(0);
    expect(similarity('một hai ba bốn', 'một hai ba năm')).toBeLessThan(NEAR_EQUAL);
  });
});
