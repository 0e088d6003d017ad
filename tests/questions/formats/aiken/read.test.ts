import { describe, expect, it } from 'vitest';
import { readAiken } from '../../../../questions/formats/aiken/read.ts';
import { bytesOf, codesOf, countsOf, faultsOf } from '../balance.ts';

function read(text: string) {
  const reading = readAiken(bytesOf(text));
  expect(faultsOf(reading)).toEqual([]);
  return reading;
}

const GOOD = 'Thủ đô của nước ta?\nA) Huế\nB) Hà Nội\nANSWER: B\n';

describe('reading Aiken', () => {
  it('reads a question with its place', () => {
    const reading = read(`\n\n${GOOD}`);
    expect(reading.blocks).toMatchObject([
      {
        outcome: 'imported',
        place: { line: 3 },
        raw: GOOD.trim(),
        draft: {
          kind: 'choice',
          prompt: { stem: 'Thủ đô của nước ta?', options: ['Huế', 'Hà Nội'], multiple: false },
          key: { right: [1] },
        },
      },
    ]);
  });

  it('takes dots, small letters, Vietnamese answer lines and several answers', () => {
    const reading = read(
      'Một\nA. a\nB. b\nĐáp án: a\n\nHai\nA) a\nB) b\nC) c\nanswer: A, C\n\nBa\nA) a\nB) b\nANSWERS: B.\n',
    );
    expect(reading.blocks.map(({ draft }) => draft?.key)).toMatchObject([
      { right: [0] },
      { right: [0, 2] },
      { right: [1] },
    ]);
    expect(reading.blocks[1]?.draft?.prompt).toMatchObject({ multiple: true });
  });

  it('takes small letters throughout, and leaves them alone beside capitals', () => {
    const small = read('Thủ đô?\na. Huế\nb. Hà Nội\nANSWER: b\n\nCố đô?\na) Huế\nb) Vinh\nAnswer: A\n');
    expect(small.blocks.map(({ draft }) => draft?.key)).toMatchObject([{ right: [1] }, { right: [0] }]);
    expect(small.blocks[0]?.raw).toBe('Thủ đô?\na. Huế\nb. Hà Nội\nANSWER: b');
    const mixed = read('Xét:\na) một\nb) hai\nA. a đúng\nB. b đúng\nANSWER: B');
    expect(mixed.blocks[0]?.draft?.prompt).toMatchObject({
      stem: 'Xét:\na) một\nb) hai',
      options: ['a đúng', 'b đúng'],
    });
  });

  it('takes options that share a line, and leaves such letters alone elsewhere', () => {
    const crowded = read(
      'Câu hỏi\nA. a  B. b  C. c  D. d\nANSWER: C\n\nCâu nữa\nA. a  B. b\nC. c  D. d\nANSWER: D',
    );
    for (const { draft } of crowded.blocks)
      expect(draft?.prompt).toMatchObject({ options: ['a', 'b', 'c', 'd'] });
    const plain = read('Câu hỏi\nA) Vitamin\nB) nhóm A) và B) cùng C) nữa\nANSWER: B');
    expect(plain.blocks[0]?.draft?.prompt).toMatchObject({
      options: ['Vitamin', 'nhóm A) và B) cùng C) nữa'],
    });
  });

  it('takes what stands behind "FEEDBACK:" for the explanation of the question before it', () => {
    const reading = read(
      `${GOOD}FEEDBACK: Theo Hiến pháp 2013.\nFEEDBACK: Điều 13 khoản 4.\n\n${GOOD}\n${GOOD.replace('ANSWER', 'FEEDBACK: Điều $a^2$\nANSWER')}`,
    );
    expect(countsOf(reading)).toEqual({ choice: 3 });
    expect(codesOf(reading)).toEqual([]);
    expect(reading.blocks.map(({ draft }) => draft?.explanation)).toEqual([
      'Theo Hiến pháp 2013.\nĐiều 13 khoản 4.',
      '',
      'Điều $a^2$',
    ]);
    for (const { draft } of reading.blocks)
      expect(draft?.prompt).toMatchObject({ options: ['Huế', 'Hà Nội'] });
    expect(reading.blocks[0]?.raw).toContain('FEEDBACK: Điều 13 khoản 4.');
  });

  it('asks for a missing key and goes on with the next question', () => {
    const reading = read(`Câu thiếu\nA) x\nB) y\n\n${GOOD}`);
    expect(countsOf(reading)).toEqual({ choice: 2 });
    expect(reading.blocks.map(({ outcome }) => outcome)).toEqual(['warned', 'imported']);
    expect(reading.blocks[0]?.draft?.key).toBeNull();
    expect(codesOf(reading)).toEqual(['key-missing']);
  });

  it('keeps broken blocks in quarantine, each at its place, without losing the others', () => {
    const reading = read(
      `ANSWER: A\n\n${GOOD}\nMột câu\nA) x\nB) y\nANSWER: F\n\nChỉ có lời\nANSWER: A\n${GOOD}`,
    );
    expect(reading.blocks.map(({ outcome, place }) => [outcome, place])).toEqual([
      ['quarantined', { line: 1 }],
      ['imported', { line: 3 }],
      ['quarantined', { line: 8 }],
      ['quarantined', { line: 13 }],
      ['imported', { line: 15 }],
    ]);
    expect(codesOf(reading)).toEqual([
      'aiken-answer-alone',
      'aiken-answer-unknown',
      'key-missing',
      'aiken-no-options',
    ]);
  });

  it('never gives a silent empty result', () => {
    for (const text of ['', '\n\n', '   ']) expect(codesOf(read(text))).toEqual(['nothing-found']);
    expect(codesOf(readAiken(new Uint8Array([0, 1, 2, 3, 0, 0, 0, 9])))).toEqual(['format-unknown']);
  });
});
