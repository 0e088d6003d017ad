import { expect, it } from 'vitest';
import { truthsExplained } from '../../../questions/formats/key-text.ts';

it('reads the truths of a solution in good time, however many spaces stand in its lines', () => {
  const gap = ' '.repeat(3000);
  const before = performance.now();
  expect(truthsExplained([`a${gap}?`, `${gap}b${gap}?`], 2)).toBeNull();
  expect(truthsExplained([`a)${gap}Đúng. Vì thế`, `b)${gap}Sai`], 2)).toEqual([true, false]);
  expect(performance.now() - before).toBeLessThan(2000);
});
