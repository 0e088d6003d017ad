import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPaste } from '../../../../questions/formats/docx/paste.ts';
import { readDocx } from '../../../../questions/formats/docx/read.ts';
import { templateDocx } from '../../../../questions/formats/docx/template.ts';
import { writeDocx } from '../../../../questions/formats/docx/write.ts';
import type { Draft } from '../../../../questions/formats/draft.ts';
import { examples } from '../../../../questions/formats/template-examples.ts';
import type { Question } from '../../../../questions/question.ts';
import { codesOf, countsOf, faultsOf } from '../balance.ts';
import { remaining } from '../equality.ts';
import { anyQuestions, pictures } from '../generated.ts';
import { read } from './told.ts';

it('writes ordinary questions so that they come back whole, but for code and tags', () => {
  const { bytes, losses } = writeDocx(examples, { title: 'Thử', media: new Map() });
  expect([...new Set(losses.map(({ code }) => code))]).toEqual(['code']);
  const drafts = readDocx(bytes).blocks.flatMap(({ draft }) => draft ?? []);
  expect(drafts.map(({ prompt, key }) => ({ prompt, key }))).toEqual(
    examples.map(({ prompt, key }) => ({ prompt, key })),
  );
});

/** What must be equal, where nothing says that it is lost. */
const FIELDS: readonly (readonly [string, (of: Question | Draft) => unknown])[] = [
  ['layout', ({ prompt }) => prompt],
  ['key', ({ key }) => key],
  ['explanation', ({ explanation }) => explanation],
  ['citation', ({ citation }) => citation],
  ['topic', ({ topic }) => topic],
  ['difficulty', ({ difficulty }) => difficulty],
  ['points', ({ points }) => points ?? 100],
];

function expectSame(draft: Draft | null | undefined, question: Question, lost: ReadonlySet<string>): void {
  expect(draft?.kind).toBe(question.kind);
  if (draft == null) return;
  for (const [code, of] of FIELDS) {
    const isLost = lost.has(code) || (code === 'key' && lost.has('scoring'));
    if (!isLost) expect(of(draft)).toEqual(of(question));
  }
}

/** Kinds that a paper can show. */
function isWritten({ kind }: Question): boolean {
  return !['cloze', 'estimate', 'info'].includes(kind);
}

it('brings back every question, apart from what was declared as lost', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(anyQuestions, (questions) => {
      const { bytes, losses } = writeDocx(questions, { title: '', media: pictures });
      const reading = readDocx(bytes);
      expect(faultsOf(reading)).toEqual([]);
      const left = remaining(questions, losses);
      const drafts = new Map(
        reading.blocks.map(({ raw, draft }) => [Number(/^Câu (\d+)\./.exec(raw)?.[1]), draft]),
      );
      const written = questions.filter(isWritten);
      for (const { question, lost } of left)
        if (!lost.has('kind')) expectSame(drafts.get(written.indexOf(question) + 1), question, lost);
    }),
    { numRuns: 60 },
  );
});

const WORDS = fc.uniqueArray(
  fc.constantFrom('Hà Nội', 'Huế', 'thủ đô', 'Điều 9, khoản 1', '1945', 'a và b', 'Đảng, Nhà nước', '12,5 %'),
  { minLength: 2, maxLength: 6 },
);
const around = {
  code: 'x',
  explanation: '',
  citation: null,
  topic: '',
  difficulty: 1,
  tags: [],
  points: 100,
} as const;
const asking = fc.constantFrom('Nối cho đúng:', 'Ai làm gì?', 'Các bước là gì?', 'Sắp xếp theo thứ tự');

it('writes columns to be matched and items to be ordered so that all of them come back', () => {
  const matching = fc
    .tuple(asking, WORDS, WORDS, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), fc.boolean())
    .map(([stem, lefts, rights, picks, hasKey]): Question => {
      const pairs = lefts.map((_, i) => (picks[i] ?? 0) % rights.length);
      const key = hasKey ? { pairs, scoring: 'share' } : null;
      return { ...around, kind: 'matching', prompt: { stem, lefts, rights }, key };
    });
  const ordering = fc
    .tuple(asking, WORDS, fc.constantFrom('adjacent', 'exact', null))
    .chain(([stem, items, scoring]) =>
      fc.shuffledSubarray([...items.keys()], { minLength: items.length }).map((order): Question => {
        const key = scoring === null ? null : { order, scoring };
        return { ...around, kind: 'ordering', prompt: { stem, items }, key };
      }),
    );
  fc.assert(
    fc.property(fc.array(fc.oneof(matching, ordering), { minLength: 1, maxLength: 5 }), (questions) => {
      const { bytes, losses } = writeDocx(questions, { title: 'Thử', media: new Map() });
      const drafts = readDocx(bytes).blocks.flatMap(({ draft }) => draft ?? []);
      expect(drafts.map(({ kind, prompt }) => ({ kind, prompt }))).toEqual(
        questions.map(({ kind, prompt }) => ({ kind, prompt })),
      );
      const isLost = (place: number) =>
        losses.some(({ question, code }) => question === place && code === 'scoring');
      for (const [place, { key }] of questions.entries()) {
        const given = isLost(place) ? Object.assign({}, key, { scoring: 'exact' }) : key;
        expect(drafts[place]?.key).toEqual(given);
      }
      expect(losses.every(({ code }) => code === 'code' || code === 'scoring')).toBe(true);
    }),
    { numRuns: 60 },
  );
});

it('asks for an order that nobody gave, and for nothing else', () => {
  const ask = 'Câu 1. Nêu các bước:';
  const letters = ['a) Một', 'b) Hai', 'c) Ba'];
  const reading = read(ask, ...letters, 'Thứ tự đúng: ……');
  expect(reading.blocks.map(({ draft }) => draft)).toMatchObject([
    { kind: 'ordering', prompt: { items: ['Một', 'Hai', 'Ba'] }, key: null },
  ]);
  expect(reading.blocks[0]?.messages.map(({ code }) => code)).toEqual(['key-missing']);
});

it('reads an order that somebody typed, and leaves options that are orders alone', () => {
  const ask = 'Câu 1. Sắp xếp các sự kiện sau theo trình tự thời gian:';
  const numbers = ['1. Một', '2. Hai', '3. Ba'];
  const letters = ['a. Một', 'b. Hai', 'c. Ba'];
  for (const body of [
    [...numbers, 'Đáp án: 3-1-2'],
    [...letters, 'Đáp án: c, a, b'],
    [...letters, 'Thứ tự đúng: (c) → (a) → (b)'],
  ])
    for (const first of [ask, ask.replace('Câu ', '')])
      expect(read(first, ...body, '2. Thủ đô?', 'A. Huế', 'B. Hà Nội').blocks[0]?.draft).toMatchObject({
        kind: 'ordering',
        prompt: { items: ['Một', 'Hai', 'Ba'] },
        key: { order: [2, 0, 1] },
      });
  const choice = read(ask, ...numbers, 'A. 1-2-3', 'B. 3-2-1', 'C. 2-3-1', 'Đáp án: C').blocks[0];
  expect(choice?.draft).toMatchObject({ kind: 'choice', key: { right: [2] } });
  const broken = read(ask, ...letters, 'Thứ tự đúng: c - b').blocks[0];
  expect(broken).toMatchObject({ outcome: 'quarantined', draft: { key: null } });
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

it('numbers pasted lists as they are shown: browsers, LibreOffice and Google Docs keep numbers out of the text', () => {
  const html = `<ol><li><p>Thủ đô nước ta?</p>
      <ol type="A"><li>Huế</li><li><font color="#ff0000">Hà Nội</font></li></ol></li></ol>
    <ol start="2"><li dir="ltr"><p><span>Năm nào?</span></p></li>
      <ol><li style="list-style-type:upper-alpha;color:#000000"><p>1945</p></li>
        <li style="list-style-type:upper-alpha;color:#000000"><p>1954</p></li></ol></ol>
    <p>Đáp án: A</p>
    <ul><li>Câu 3. Ở đâu?</li><li>A. Hà Nội</li><li>B. Huế</li><li>Đáp án: B</li></ul>`;
  const reading = readPaste(html);
  expect(faultsOf(reading)).toEqual([]);
  const drafts = reading.blocks.flatMap(({ draft }) => (draft === null ? [] : [draft]));
  expect(drafts.map(({ key }) => key)).toMatchObject([{ right: [1] }, { right: [0] }, { right: [1] }]);
  expect(drafts.map(({ prompt }) => prompt)).toMatchObject([
    { stem: 'Thủ đô nước ta?', options: ['Huế', 'Hà Nội'] },
    { stem: 'Năm nào?', options: ['1945', '1954'] },
    { stem: 'Ở đâu?', options: ['Hà Nội', 'Huế'] },
  ]);
});
