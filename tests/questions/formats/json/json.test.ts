import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../../../questions/formats/json/read.ts';
import { writeJson } from '../../../../questions/formats/json/write.ts';
import { bytesOf, codesOf, faultsOf } from '../balance.ts';
import { anyQuestions, pictures } from '../generated.ts';

const options = { title: 'Ngân hàng "thử"', media: pictures };

function read(text: string) {
  const reading = readJson(bytesOf(text));
  expect(faultsOf(reading)).toEqual([]);
  return reading;
}

describe("the product's own file", () => {
  it('brings back every question to the letter, and the pictures', () => {
    fc.assert(
      fc.property(anyQuestions, (questions) => {
        const { bytes, losses } = writeJson(questions, options);
        const reading = readJson(bytes);
        expect(losses).toEqual([]);
        expect(reading.blocks.map(({ draft }) => draft)).toEqual(
          questions.map((question) => ({ title: '', ...question })),
        );
        const shown = JSON.stringify(questions);
        for (const [sha256, media] of pictures) {
          if (shown.includes(sha256)) expect(reading.media.get(sha256)).toEqual(media);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('says at which line a question is broken, and keeps the others', () => {
    const [good] = fc
      .sample(
        anyQuestions.filter(([question]) => question?.kind === 'trueFalse'),
        { numRuns: 1, seed: 7 },
      )
      .flat();
    const file = (...questions: unknown[]) =>
      `{"format":"hoithi-questions","version":1,"title":"[{,\\"","questions":[\n${questions.map((question) => JSON.stringify(question)).join(',\n')}\n],"media":[]}`;
    const reading = read(file(good, { ...good, points: 'x', tags: 3 }, 'không phải câu hỏi', good));
    expect(reading.blocks.map(({ outcome, place }) => [outcome === 'quarantined', place])).toEqual([
      [false, { line: 2 }],
      [true, { line: 3 }],
      [true, { line: 4 }],
      [false, { line: 5 }],
    ]);
    expect(codesOf(reading).filter((code) => code.startsWith('json'))).toEqual([
      'json-field',
      'json-field',
      'json-field',
      'json-field',
    ]);
  });

  it('says where JSON breaks, and refuses what is not its own or newer', () => {
    expect(read('{"format":"hoithi-questions",\n"version":1,\n"questions":[}').failure).toMatchObject({
      code: 'json-broken',
      place: { line: 3 },
    });
    expect(read('{"a":1}').failure).toMatchObject({ code: 'json-other' });
    expect(read('{"format":"hoithi-questions","version":2,"questions":[]}').failure).toMatchObject({
      code: 'json-newer',
    });
    expect(read('{"format":"hoithi-questions","version":1,"questions":[]}').failure).toMatchObject({
      code: 'nothing-found',
    });
  });

  it('does not believe a picture that is not what its name says', () => {
    const [media] = pictures.values();
    const base64 = Buffer.from(media?.bytes ?? []).toString('base64');
    const reading = read(
      `{"format":"hoithi-questions","version":1,"questions":[1],"media":[{"sha256":"00","name":"a.png","type":"image/png","base64":"${base64}"},3]}`,
    );
    expect(reading.messages.map(({ code }) => code)).toEqual(['json-picture', 'json-picture']);
  });
});
