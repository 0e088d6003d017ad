import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPaste } from '../../../../questions/formats/docx/paste.ts';
import { readDocx } from '../../../../questions/formats/docx/read.ts';
import { templateDocx } from '../../../../questions/formats/docx/template.ts';
import { writeDocx } from '../../../../questions/formats/docx/write.ts';
import { examples } from '../../../../questions/formats/template-examples.ts';
import { codesOf, countsOf, faultsOf } from '../balance.ts';
import { anyQuestions, pictures } from '../generated.ts';

it('writes ordinary questions so that they come back whole, but for code and tags', () => {
  const { bytes, losses } = writeDocx(examples, { title: 'Thử', media: new Map() });
  expect([...new Set(losses.map(({ code }) => code))]).toEqual(['code']);
  const drafts = readDocx(bytes).blocks.flatMap(({ draft }) => draft ?? []);
  expect(drafts.map(({ prompt, key }) => ({ prompt, key }))).toEqual(
    examples.map(({ prompt, key }) => ({ prompt, key })),
  );
});

it('declares everything that does not come back', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(anyQuestions, (questions) => {
      const { bytes, losses } = writeDocx(questions, { title: '', media: pictures });
      const reading = readDocx(bytes);
      expect(faultsOf(reading)).toEqual([]);
      for (const [index, question] of questions.entries()) {
        const lost = new Set(losses.filter((loss) => loss.question === index).map(({ code }) => code));
        if (lost.has('omitted') || lost.has('layout') || lost.has('key') || lost.has('kind')) continue;
        const same = reading.blocks.filter(
          ({ draft }) =>
            JSON.stringify(draft?.prompt) === JSON.stringify(question.prompt) ||
            draft?.prompt.stem === question.prompt.stem,
        );
        expect(same.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 60 },
  );
});

it('gives a template that reads without a word', () => {
  const reading = readDocx(templateDocx());
  expect(codesOf(reading)).toEqual([]);
  expect(countsOf(reading)).toMatchObject({
    choice: 2,
    trueFalse: 1,
    statements: 1,
    shortText: 1,
    numeric: 1,
  });
});

it('reads what is pasted from Word by the same rules', () => {
  const html = `<html><head><style>p{}</style></head><body><!--StartFragment-->
    <p class=MsoNormal><b><span style='font-size:13pt'>Câu 1.</span></b> Thủ đô<br> nước ta?</p>
    <p class=MsoNormal>A. Huế<span style='mso-tab-count:1'>      </span><span style='color:red'>B</span>. Hà Nội</p>
    <p class=MsoNormal>Câu 2. Năm?</p><p><u>A</u>. 1945</p><p>B. 1954</p><p>Đáp án: A</p>
    <table><tr><td>x</td></tr></table><!--EndFragment--></body></html>`;
  const reading = readPaste(html);
  expect(faultsOf(reading)).toEqual([]);
  expect(reading.blocks.flatMap(({ draft }) => (draft === null ? [] : [draft.key]))).toMatchObject([
    { right: [1] },
    { right: [0] },
  ]);
  expect(readPaste('').failure?.code).toBe('paste-empty');
});
