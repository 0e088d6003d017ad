/** A Word paper made of paragraphs and tables, as the reader understands it; what was lost on the way fails the test. */
import { expect } from 'vitest';
import { readDocx } from '../../../../questions/formats/docx/read.ts';
import { faultsOf } from '../balance.ts';
import { toldOf } from '../told.ts';
import { docx, type MoreParts } from './make.ts';

export function readWith(body: readonly string[], more: MoreParts = {}) {
  const reading = readDocx(docx(body, more));
  expect(faultsOf(reading)).toEqual([]);
  return reading;
}

export const read = (...body: readonly string[]) => readWith(body);

/** A line a question: stem, options, key. */
export const told = (...body: readonly string[]): string[] => toldOf(read(...body));

/** The key of each. */
export const keys = (...body: readonly string[]): string[] =>
  told(...body).map((line) => line.split(' | ').at(-1) ?? '');
