import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gradingOf, gradings } from '../../../questions/kinds/gradings.ts';

const kindsFolder = new URL('../../../questions/kinds/', import.meta.url);

test('every folder with a grade.ts is found, under the name that it gives itself', () => {
  const declared = readdirSync(kindsFolder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('grade.ts'))
    .map(
      (path) => /^ {2}kind: '(\w+)',$/m.exec(readFileSync(new URL(path, kindsFolder), 'utf8'))?.[1] ?? path,
    );
  expect([...gradings.keys()]).toEqual(declared.toSorted());
  expect([...gradings.keys()]).toEqual(
    expect.arrayContaining(['choice', 'trueFalse', 'shortText', 'numeric']),
  );
  for (const [kind, grading] of gradings) expect(grading.kind).toBe(kind);
});

test('an unknown kind is refused by name', () => {
  expect(gradingOf('choice').kind).toBe('choice');
  expect(() => gradingOf('essay of nobody')).toThrow('unknown question kind "essay of nobody"');
  expect(() => gradingOf('constructor')).toThrow(RangeError);
});
