import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readXlsx } from '../../../../questions/formats/xlsx/read.ts';
import { writeXlsx } from '../../../../questions/formats/xlsx/write.ts';
import { faultsOf } from '../balance.ts';
import { anyQuestions, pictures } from '../generated.ts';

it('gives every question of every kind back as it was', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(anyQuestions, async (questions) => {
      const { bytes, losses } = await writeXlsx(questions, { title: 'Thử', media: pictures });
      expect(losses).toEqual([]);
      const reading = readXlsx(bytes);
      expect(faultsOf(reading)).toEqual([]);
      const drafts = reading.blocks.flatMap(({ draft }) => draft ?? []);
      expect(drafts).toEqual(questions.map((question) => ({ ...question, title: '' })));
      expect(reading.blocks.filter(({ outcome }) => outcome === 'quarantined')).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
