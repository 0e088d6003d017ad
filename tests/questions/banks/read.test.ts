/** The reader of bank files: what it makes of each kind, and that it names line and code of every mistake. */
import { describe, expect, it } from 'vitest';
import { BankFileError, loadShippedBank } from '../../../questions/banks/index.ts';
import { readBank } from '../../../questions/banks/read.ts';

const HEAD = `slug: mau
title: Ngân hàng mẫu
description: Để thử
licence: CC-BY-4.0
documents:
  luat:
    number: Luật số 39/2024/QH15
    name: Luật Thủ đô
    issuer: Quốc hội
    issued: 28/06/2024
    validity: Từ 01/01/2025
  bai:
    name: Bài báo
    issuer: Báo Hànộimới
    issued: 09/10/2017
    validity: Năm 2017
sources:
  web: https://example.org/luat
  khac: https://example.org/khac
questions:
`;
const tail = (document = 'luat', source = 'web') => `    explanation: Vì luật nói vậy.
    citation:
      document: ${document}
      section: Điều 2
      source: ${source}
      validity: Từ 01/01/2025
`;
const question = (body: string, end = tail()): string =>
  `  - code: mau-001\n    topic: Mẫu\n    level: 2\n    stem: Hỏi gì?\n${body}${end}`;
const ONE = '    kind: one\n    options:\n      A: Hà Nội\n      B: Huế\n    right: B\n';

const read = (body: string, end = tail()) => readBank(HEAD + question(body, end));
/** Problems as "line code: English". */
const complaints = (text: string): readonly string[] =>
  readBank(text).problems.map((problem) => `${problem.line} ${problem.code}: ${problem.en}`);

describe('a bank file', () => {
  it('becomes a bank with its documents and citations', () => {
    const { bank, problems } = read(ONE);
    expect(problems).toEqual([]);
    expect(bank).toMatchObject({
      slug: 'mau',
      licence: 'CC-BY-4.0',
      documents: { luat: { issuer: 'Quốc hội' } },
    });
    expect(bank?.questions).toEqual([
      {
        code: 'mau-001',
        kind: 'choice',
        prompt: { stem: 'Hỏi gì?', options: ['Hà Nội', 'Huế'], multiple: false },
        key: { right: [1], scoring: 'allOrNothing' },
        explanation: 'Vì luật nói vậy.',
        citation: {
          document: 'Luật số 39/2024/QH15 ngày 28/06/2024',
          section: 'Điều 2',
          source: 'https://example.org/luat',
          validity: 'Từ 01/01/2025',
        },
        topic: 'Mẫu',
        difficulty: 2,
        tags: [],
        points: 100,
      },
    ]);
  });

  it('cites an article by name and paper, and joins several sources', () => {
    const citation = read(ONE, tail('bai', '[web, khac]')).bank?.questions[0]?.citation;
    expect(citation?.document).toBe('«Bài báo», Báo Hànộimới, 09/10/2017');
    expect(citation?.source).toBe('https://example.org/luat; https://example.org/khac');
  });

  it.each([
    [
      'several',
      '    kind: several\n    options: { A: x, B: y, C: z }\n    right: [C, A]\n',
      { right: [0, 2], scoring: 'allOrNothing' },
    ],
    ['true or false', '    kind: trueFalse\n    right: false\n', { right: false }],
    [
      'text',
      '    kind: text\n    accept: [Hà Nội, "1954"]\n    accents: true\n',
      { accept: ['Hà Nội', '1954'], accents: true, case: false },
    ],
    [
      'number',
      '    kind: number\n    value: 7.5\n    tolerance: 0.1\n    unit: "%"\n',
      { value: 7.5, tolerance: 0.1 },
    ],
  ])('reads the kind %s', (_name, body, key) => {
    expect(read(body).bank?.questions[0]?.key).toEqual(key);
  });
});

describe('a mistake is named at its line and question', () => {
  it.each([
    [
      'a key that is not there',
      ONE.replace('right: B', 'right: C'),
      '29 mau-001: "right" points at an option that is not there: C',
    ],
    [
      'two keys for one',
      ONE.replace('right: B', 'right: [A, B]'),
      '29 mau-001: "right" must have exactly one letter',
    ],
    [
      'letters out of order',
      ONE.replace('      B:', '      C:').replace('right: B', 'right: C'),
      '27 mau-001: "options" must be lettered A, B, C… in order',
    ],
    [
      'a number where text is meant',
      ONE.replace('B: Huế', 'B: 1954'),
      '28 mau-001: "B" must be text; put it in quotes',
    ],
    [
      'an unknown kind',
      '    kind: essay\n',
      '25 mau-001: "kind" "essay" is not one of one, several, trueFalse, text, number',
    ],
    ['a field nobody reads', `${ONE}    hint: gợi ý\n`, '30 mau-001: "hint" is not a known field'],
    [
      'text that is not NFC',
      ONE.replace('Huế', 'Huế'.normalize('NFD')),
      '28 mau-001: "B" is not Unicode NFC',
    ],
    [
      'a truth that is none',
      '    kind: trueFalse\n    right: đúng\n',
      '26 mau-001: "right" must be true or false',
    ],
    [
      'a value that is no number',
      '    kind: number\n    value: 7,5\n',
      '26 mau-001: "value" must be a number, with a decimal point',
    ],
  ])('%s', (_name, body, complaint) => {
    expect(complaints(HEAD + question(body))).toEqual([complaint]);
  });

  it('missing parts, documents and sources that are not in the head', () => {
    const end = tail('nghi-quyet', 'bao')
      .replace(/ {4}explanation.*\n/, '')
      .replace(/ {6}validity.*\n/, '');
    expect(complaints(HEAD + question(ONE, end))).toEqual([
      '21 mau-001: "explanation" is missing',
      '31 mau-001: "document" "nghi-quyet" is not in the head',
      '31 mau-001: "validity" is missing',
      '33 mau-001: "source" "bao" is not in the head',
    ]);
  });

  it('names that every object inherits', () => {
    expect(complaints(HEAD + question('    kind: constructor\n'))[0]).toMatch(/"constructor" is not one of/);
    expect(complaints(HEAD + question(ONE, tail('toString', 'constructor')))).toHaveLength(2);
  });

  it('a code used twice, a level that is none, a day that is none', () => {
    const twice =
      HEAD.replace('28/06/2024', '31/06/2024') +
      question(ONE) +
      question(ONE).replace('level: 2', 'level: 4');
    expect(complaints(twice)).toEqual([
      '10 : "issued" must be a real day, dd/mm/yyyy',
      '36 mau-001: "code" is used twice: mau-001',
      '38 mau-001: "level" must be 1, 2 or 3',
    ]);
  });

  it('YAML that is broken, in both languages', () => {
    const [problem] = readBank('slug: mau\ntitle: "chưa đóng\n').problems;
    expect(problem?.line).toBeGreaterThan(1);
    expect(problem?.vi).toMatch(/^tệp YAML viết sai/);
    expect(problem?.en).toMatch(/^broken YAML/);
  });

  it.each(['', '- một\n- hai\n', 'chữ', 'questions: 3\n', 'documents: []\nquestions: [1, null]\n'])(
    'whatever the file is: %j',
    (text) => {
      expect(readBank(text).bank).toBeNull();
      expect(readBank(text).problems.length).toBeGreaterThan(0);
    },
  );

  it('and an error lists all of them for people', async () => {
    const error = new BankFileError(
      'mau.yaml',
      readBank(HEAD + question(ONE.replace('right: B', 'right: C'))).problems,
    );
    expect(error.message).toBe(
      'mau.yaml:29 mau-001: "right" trỏ tới phương án không có: C ("right" points at an option that is not there: C)',
    );
    await expect(loadShippedBank('khong-co')).rejects.toThrow(/ENOENT/);
  });
});
