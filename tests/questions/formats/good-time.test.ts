/**
 * Whatever stands in a file, reading it costs in proportion to its length: a row of spaces, dots or labels, by accident or on
 * purpose, kept readers busy for minutes. What four times as much costs is looked at, not how long it takes.
 */
import { expect, it } from 'vitest';
import { format as aiken } from '../../../questions/formats/aiken/format.ts';
import { readAiken } from '../../../questions/formats/aiken/read.ts';
import { format as csv } from '../../../questions/formats/csv/format.ts';
import { format as word } from '../../../questions/formats/docx/format.ts';
import { readGift } from '../../../questions/formats/gift/read.ts';
import { lettersOf, optionNamed, truthsExplained } from '../../../questions/formats/key-text.ts';
import { citationOf, kindOfWord } from '../../../questions/formats/labels-vi.ts';
import { format as moodle } from '../../../questions/formats/moodle-xml/format.ts';
import { readMoodleXml } from '../../../questions/formats/moodle-xml/read.ts';
import { fieldOfHeader } from '../../../questions/formats/table-fields.ts';
import { shuffledOptions } from '../../../questions/kinds/choice/prompt.ts';
import { readingsOf } from '../../../questions/kinds/numeric/readings.ts';
import { tidyLatex } from '../../../questions/rich-text-tokens.ts';
import { cpuMs } from '../../harness/cpu.ts';
import { bytesOf } from './balance.ts';
import { docx, p } from './docx/make.ts';

/** Less than this is not told from nothing. */
const FLOOR_MS = 30;
/** What four times as much may cost at most; twice what is due, since a machine does other things too. */
const TIMES = 8;

function cost(work: () => unknown): number {
  const costs = [1, 2, 3].map(() => {
    const before = cpuMs();
    work();
    return cpuMs() - before;
  });
  return Math.min(...costs);
}

const paper = (text: string): Uint8Array =>
  docx([
    p('Câu 1. Chọn phương án đúng'),
    p(`A. một ${text}`),
    p(`B. hai ${text} x`),
    p('Đáp án: A'),
    p('Câu 2. Mỗi ý sau đúng hay sai?'),
    p(`a) một ${text}`),
    p(`b) hai ${text} x`),
    p('Đáp án: ĐS'),
    p(text),
    p(`Câu 3. Hỏi ${text} gì`),
    p('A. một'),
    p('B. hai'),
  ]);
const table = (text: string): Uint8Array =>
  bytesOf(`Câu hỏi,A,B,Đáp án,Căn cứ\n"${text}","${text}",b,A,"${text}"\nhai,a,"x${text}y","${text}",x\n`);

const styled = (style: string): Uint8Array =>
  bytesOf(
    `<quiz><question type="essay"><name><text>x</text></name><questiontext format="html"><text><![CDATA[<p style="${style}none">x</p>]]></text></questiontext></question></quiz>`,
  );
const about = (option: string) => ({ stem: 'Hỏi?', options: [option, 'b'], multiple: false });

type Case = readonly [what: string, length: number, work: (n: number) => unknown];

const HOSTILE: readonly (readonly [string, (n: number) => string])[] = [
  ['spaces', (n) => `x${' '.repeat(n)}y`],
  ['tabs and spaces', (n) => `đ${' \t'.repeat(n / 2)}s`],
  ['dots', (n) => `${'.'.repeat(n)}x`],
  ['dashes', (n) => `x${'-'.repeat(n)}y`],
  ['stars', (n) => `x${'*'.repeat(n)}y`],
  ['brackets', (n) => '(đ'.repeat(n / 2)],
  ['labels', (n) => 'A. '.repeat(n / 2)],
  ['letters', (n) => 'x'.repeat(n)],
  ['marked letters', (n) => 'ề'.repeat(n)],
];

const CASES: readonly Case[] = [
  ...HOSTILE.map(([what, make]): Case => {
    const work = (n: number) => word.read?.(paper(make(n)), {});
    return [`a paper with ${what}`, 1500, work];
  }),
  ...HOSTILE.map(([what, make]): Case => {
    const work = (n: number) => csv.read?.(table(make(n)), {});
    return [`a table with ${what}`, 3000, work];
  }),
  ['signs of Aiken', 6, (n) => aiken.sniff({ bytes: bytesOf(''), head: `A)A${'\n'.repeat(n)}x` })],
  [
    'signs of Moodle',
    6,
    (n) => moodle.sniff({ bytes: bytesOf(''), head: `<!-${'---><!DOCTYPE]><!-'.repeat(n)}` }),
  ],
  ['an Aiken line', 12_000, (n) => readAiken(bytesOf(`Hỏi\nA. x)${'\t'.repeat(n)}y\nB. b\nANSWER: A\n`))],
  ['marks of GIFT', 12_000, (n) => readGift(bytesOf(`// ${'[tag:a'.repeat(n)}\nHỏi {=a ~b}\n`))],
  ['files in Moodle XML', 12_000, (n) => readMoodleXml(bytesOf(`<quiz><question>${'<file<'.repeat(n)}`))],
  ['looks in HTML', 600, (n) => readMoodleXml(styled('text-decoration:'.repeat(n)))],
  ['words before a key', 6, (n) => lettersOf(`ý${' ýý'.repeat(n)}?`)],
  ['words of a title', 4, (n) => fieldOfHeader(`y (${') ('.repeat(n)}`)],
  ['a kind', 3000, (n) => kindOfWord('dung sai'.repeat(n))],
  ['a citation', 12_000, (n) => citationOf(`Luật${';'.repeat(n)}x`)],
  ['an option', 12_000, (n) => optionNamed(`x${'.'.repeat(n)}y`, ['x', 'y'])],
  ['an option about others', 60, (n) => shuffledOptions(about('ca lua chon '.repeat(n)))],
  ['a number', 12_000, (n) => readingsOf(`+${' '.repeat(n)}x`, '')],
  ['a formula', 3000, (n) => tidyLatex(`x${' '.repeat(n)}y`)],
];

it.each(CASES)('%s: four times as much costs about four times', (_, n, work) => {
  const once = cost(() => work(n));
  expect(cost(() => work(4 * n))).toBeLessThan(TIMES * Math.max(once, FLOOR_MS));
});

it('reads the truths of a solution, however many spaces stand in its lines', () => {
  const gap = ' '.repeat(3000);
  expect(truthsExplained([`a${gap}?`, `${gap}b${gap}?`], 2)).toBeNull();
  expect(truthsExplained([`a)${gap}Đúng. Vì thế`, `b)${gap}Sai`], 2)).toEqual([true, false]);
});
