import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likenessOf } from '../../../questions/formats/duplicates.ts';

function choice(stem: string, options: readonly string[], more: { readonly rich?: boolean } = {}): string {
  const prompt = { stem, options, multiple: false, ...more };
  return likenessOf(prompt);
}

describe('the likeness of questions', () => {
  it('is the same whatever the diacritics, case, marks, spaces and order of options', () => {
    const asked = choice('Thủ đô của Việt Nam là gì?', ['Hà Nội', 'Huế']);
    expect(choice('thu do cua  VIET NAM la gi', ['Huế.', 'HÀ NỘI'])).toBe(asked);
    expect(choice('Thủ **đô** của Việt Nam là gì?', ['Hà Nội', 'Huế'], { rich: true })).toBe(asked);
    expect(choice('Thủ đô của Lào là gì?', ['Hà Nội', 'Huế'])).not.toBe(asked);
    expect(choice('Thủ đô của Việt Nam là gì?', ['Hà Nội', 'Huế', 'Đà Nẵng'])).not.toBe(asked);
  });

  it('tells numbers and signs apart', () => {
    expect(choice('Bao nhiêu?', ['3,5', '4'])).not.toBe(choice('Bao nhiêu?', ['35', '4']));
    expect(choice('Bao nhiêu?', ['-5', '5'])).not.toBe(choice('Bao nhiêu?', ['5', '5']));
    expect(choice('a ? b', ['<', '>'])).not.toBe(choice('a ? b', ['=', '>']));
  });

  it('is empty only where nothing is asked', () => {
    expect(likenessOf({ stem: ' ' })).toBe('');
    expect(likenessOf({ stem: '?' })).not.toBe('');
  });

  it('does not depend on the order of options', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string(), { maxLength: 5 }), (stem, options) => {
        expect(choice(stem, options.toReversed())).toBe(choice(stem, options));
      }),
    );
  });
});
