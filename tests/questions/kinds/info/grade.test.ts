import { expect, test } from 'vitest';
import { grading } from '../../../../questions/kinds/info/grade.ts';

test('an information is read: no answer, no key, no marks', () => {
  const prompt = { stem: 'Đọc đoạn trích sau rồi trả lời.' };
  expect(grading.isAnswered).toBe(false);
  expect(grading.normalise(prompt, null)).toBeNull();
  for (const value of ['', true, 0, [], undefined]) expect(grading.normalise(prompt, value)).toBeUndefined();
  expect(grading.grade(prompt, null, null, [])).toBe(0);
  expect(grading.reveal(prompt, null, [])).toBeNull();
  expect(grading.check(prompt, null)).toEqual([]);
  expect(grading.check(prompt, { right: true })).not.toEqual([]);
  expect(grading.check({ stem: '' }, null).map(({ at }) => at)).toEqual(['stem']);
});
