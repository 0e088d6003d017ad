import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALIKE, type Likened, nearDuplicates } from '../../../questions/formats/near-duplicates.ts';
import { fold } from '../../../questions/vietnamese.ts';

/** Words, pairs and triples of neighbours, as people would write them down. */
function runsOf({
  stem,
  options = [],
}: {
  readonly stem: string;
  readonly options?: readonly string[];
}): ReadonlySet<string> {
  const texts = [stem, ...options].map((one) => fold(one).match(/[\p{L}\p{N}]+/gu) ?? []);
  const runs = (length: number) =>
    texts.flatMap((all) =>
      all.map((_, i) => all.slice(i, i + length)).filter((run) => run.length === length),
    );
  return new Set([1, 2, 3].flatMap(runs).map((run) => run.join(' ')));
}

/** Every question with every other one. */
function slowly(file: readonly Likened[], existing: readonly Likened[]) {
  const pairs: { a: string; b: string; share: number }[] = [];
  const all = [...existing, ...file];
  for (const [i, a] of all.entries()) {
    for (const [j, b] of all.entries()) {
      const [first, second] = [runsOf(a.prompt), runsOf(b.prompt)];
      const common = [...first].filter((feature) => second.has(feature)).length;
      const share = common / (first.size + second.size - common || 1);
      if (i >= existing.length && j < i && share >= ALIKE) pairs.push({ a: a.id, b: b.id, share });
    }
  }
  return pairs;
}

const sorted = (pairs: readonly { a: string; b: string; share: number }[]) =>
  pairs.map(({ a, b, share }) => `${a} ${b} ${share.toFixed(9)}`).sort();

const words = fc.constantFrom(...'Đảng bộ thành phố Hà Nội lần thứ nhất hai ba năm 1930 ?'.split(' '));
const text = fc.array(words, { minLength: 1, maxLength: 8 }).map((all) => all.join(' '));
const prompt = fc.record({ stem: text, options: fc.array(text, { maxLength: 3 }) });
const file = fc.array(prompt, { maxLength: 25 });
const named = (prompts: readonly { stem: string }[], letter: string): Likened[] =>
  prompts.map((one, i) => ({ id: `${letter}${i}`, prompt: one }));

describe('near-duplicates', () => {
  it('are the pairs that comparing everything with everything finds', () => {
    fc.assert(
      fc.property(file, file, (first, second) => {
        const [ours, theirs] = [named(first, 'a'), named(second, 'b')];
        expect(sorted(nearDuplicates(ours, theirs))).toEqual(sorted(slowly(ours, theirs)));
      }),
    );
  });

  it('look through diacritics, case, punctuation, marks and the order of options', () => {
    const pairs = nearDuplicates(
      named([{ stem: 'Thủ đô của Việt Nam?', ...{ options: ['Hà Nội', 'Huế'] } }], 'a'),
      named([{ stem: 'THU DO, cua **Viet Nam**', ...{ options: ['Huế.', 'hà nội'], rich: true } }], 'b'),
    );
    expect(pairs).toEqual([{ a: 'a0', b: 'b0', share: 1 }]);
  });

  it('find a changed word in a long question, and not another question of the same pattern', () => {
    const long =
      'Đại hội đại biểu Đảng bộ thành phố Hà Nội lần thứ mười bảy được tổ chức vào tháng nào của năm 2020 tại đâu';
    const pairs = nearDuplicates(
      named(
        [{ stem: long }, { stem: `${long} vậy` }, { stem: 'Đại hội Đảng bộ lần thứ nhất tổ chức ở đâu' }],
        'a',
      ),
    );
    expect(pairs.map(({ a, b }) => [a, b])).toEqual([['a1', 'a0']]);
  });

  it('are found among many within seconds, also where all are of a few patterns', () => {
    const patterns = [
      'Nghị quyết số # ban hành ngày tháng năm nào',
      'Ai là tác giả của tác phẩm # xuất bản năm #',
    ];
    const many = Array.from({ length: 20_000 }, (_, i) => ({
      id: String(i),
      prompt: {
        stem: (patterns[i % 2] ?? '').replaceAll('#', `x${i} y${i}`),
        options: [`a${i}`, `b${i}`, `c${i}`, `d${i}`],
      },
    }));
    const twin = { id: 'twin', prompt: many[777]?.prompt ?? { stem: '' } };
    const started = process.cpuUsage();
    expect(nearDuplicates([...many, twin])).toEqual([{ a: 'twin', b: '777', share: 1 }]);
    // Time of the processor: the machine may be busy with other things.
    expect(process.cpuUsage(started).user).toBeLessThan(15_000_000);
  });
});
