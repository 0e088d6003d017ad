/** Questions of every kind, made up: what writers have to write and readers to bring back. */

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { Media } from '../../../questions/formats/media.ts';
import { gradingOf } from '../../../questions/kinds/gradings.ts';
import type { Json, Question } from '../../../questions/question.ts';
import { type Block, type Inline, type Mark, write } from '../../../questions/rich-text.ts';

function png(tail: number): Media {
  const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, tail]);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { sha256, type: 'image/png', name: `hình-${tail}.png`, bytes };
}

/** Pictures that rich questions refer to. */
export const pictures: ReadonlyMap<string, Media> = new Map(
  [png(1), png(2)].map((media) => [media.sha256, media]),
);

const WORDS =
  'Đảng bộ nghị quyết năm 1986 A B C Đúng sai ~ = # { } : \\ :: -> %50% 50% [html] [plain] // $CATEGORY: <b> </p> &amp; & " \' * ** _ __ ___ ^ $ $$ $5 | ! [x] ( ) \\( \\) \\n {1 } T TRUE x=y a#b #### A) B. ANSWER: 1. • 0,5 ]]> <![CDATA[ … “ ” – 👍'.split(
    ' ',
  );
const word = fc.constantFrom(...WORDS);
const line = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
const marker = fc.integer({ min: 0, max: 999_999 }).map((number) => `q${number}`);
/** One line that is no other one's twin by chance. */
const option = fc.tuple(line, marker).map(([text, mark]) => `${text} ${mark}`);
const lines = fc.array(line, { minLength: 1, maxLength: 3 }).map((all) => all.join('\n'));

const marks: readonly Mark[] = ['bold', 'italic', 'underline', 'above', 'below'];
const leaf: fc.Arbitrary<Inline> = fc.oneof(
  { weight: 4, arbitrary: line.map((text): Inline => ({ type: 'text', text })) },
  fc
    .tuple(fc.constantFrom('x^2', '\\frac{a}{b}', 'a<b & c>d', '\\neq', '\\{x\\}'), fc.boolean())
    .map(([latex, display]): Inline => ({ type: 'formula', latex, display })),
  fc
    .tuple(fc.constantFrom('hình', 'a "b" <c>', ''), fc.constantFrom(...pictures.keys()))
    .map(([alt, media]): Inline => ({ type: 'image', alt, media })),
);
const inline: fc.Arbitrary<Inline> = fc.oneof(
  leaf,
  fc
    .tuple(fc.constantFrom(...marks), fc.array(leaf, { minLength: 1, maxLength: 2 }))
    .map(([type, children]) => ({ type, children })),
);
const paragraph = fc
  .array(inline, { minLength: 1, maxLength: 3 })
  .map((children): Block => ({ type: 'paragraph', children }));
const table = fc.tuple(fc.boolean(), fc.array(fc.tuple(inline, inline), { minLength: 1, maxLength: 2 })).map(
  ([heading, rows]): Block => ({
    type: 'table',
    heading: heading && rows.length > 1,
    rows: rows.map((row) => row.map((cell) => [cell])),
  }),
);
const richText = fc
  .array(fc.oneof({ weight: 3, arbitrary: paragraph }, table), { minLength: 1, maxLength: 2 })
  .map(write);
const richOption = fc
  .tuple(fc.array(inline, { maxLength: 2 }), marker)
  .map(([children, mark]) =>
    write([{ type: 'paragraph', children: [...children, { type: 'text', text: ` ${mark}` }] }]),
  );

interface Texts {
  readonly rich: { readonly rich?: true };
  readonly text: fc.Arbitrary<string>;
  readonly option: fc.Arbitrary<string>;
}
const plainTexts: Texts = { rich: {}, text: lines, option };
const richTexts: Texts = { rich: { rich: true }, text: richText, option: richOption };

type Body = Pick<Question, 'kind' | 'prompt' | 'key'>;
const weight = fc.constantFrom(0.05, 0.25, 0.3333333, 0.5, 0.9, 1);
const number = fc.constantFrom(-3.5, 0, 0.001, 1.5, 7, 1986, 12345.678);
const options = (texts: Texts, max = 5) =>
  fc.uniqueArray(texts.option, { minLength: 2, maxLength: max, selector: (text) => text.split(' ').at(-1) });
const orNull = <Key extends Json>(key: fc.Arbitrary<Key>): fc.Arbitrary<Key | null> =>
  fc.option(key, { freq: 6 });

function choice(texts: Texts): fc.Arbitrary<Body> {
  return fc
    .record({
      stem: texts.text,
      options: options(texts),
      multiple: fc.boolean(),
      scoring: fc.constantFrom('allOrNothing', 'share', 'weights'),
      picks: fc.array(fc.nat(7), { minLength: 5, maxLength: 5 }),
      feedback: fc.option(texts.option),
      noKey: fc.nat(5),
    })
    .map(({ stem, options: shown, multiple, scoring, picks, feedback, noKey }) => {
      const first = (picks[0] ?? 0) % shown.length;
      const right = multiple
        ? shown.map((_, i) => i).filter((i) => i === first || (picks[i] ?? 0) > 4)
        : [first];
      const weights = shown.map((_, i) =>
        i === first ? 1 : ([-1, -0.5, 0, 0, 0.5, 0.3333333, 1, 0.1][picks[i] ?? 0] ?? 0),
      );
      const said = feedback === null ? {} : { feedback: shown.map((_, i) => (i === first ? feedback : '')) };
      const marks =
        scoring === 'weights'
          ? { right: weights.flatMap((share, i) => (share > 0 ? [i] : [])), weights }
          : { right };
      const prompt = { stem, ...texts.rich, options: shown, multiple };
      return { kind: 'choice', prompt, key: noKey === 0 ? null : { ...marks, scoring, ...said } };
    });
}

const shortTextKey = fc
  .record({
    accept: fc.uniqueArray(option, { minLength: 1, maxLength: 3 }),
    weighed: fc.boolean(),
    accents: fc.boolean(),
    case: fc.boolean(),
  })
  .chain(({ weighed, ...key }) =>
    weighed
      ? fc
          .array(weight, { minLength: key.accept.length, maxLength: key.accept.length })
          .map((weights) => ({ ...key, weights }))
      : fc.constant(key),
  );

const accepted = fc.oneof(
  fc.record({ value: number, tolerance: fc.constantFrom(0, 0.5, 2) }),
  fc.tuple(number, fc.constantFrom(1, 2.5)).map(([from, width]) => ({ from, to: from + width })),
);
const numericKey = fc.oneof(
  accepted,
  fc.array(fc.tuple(accepted, weight), { minLength: 2, maxLength: 3 }).map((all) => ({
    accept: all.map(([range, share]) => ({ ...range, weight: share })),
  })),
);

function stemmed<Key extends Json>(
  kind: string,
  texts: Texts,
  more: Json & object,
  key: fc.Arbitrary<Key>,
): fc.Arbitrary<Body> {
  return fc
    .tuple(texts.text, orNull(key))
    .map(([stem, found]) => ({ kind, prompt: { stem, ...texts.rich, ...more }, key: found }));
}

function statements(texts: Texts): fc.Arbitrary<Body> {
  return fc
    .tuple(
      texts.text,
      options(texts),
      fc.array(fc.constantFrom(true, false, true, null), { minLength: 5, maxLength: 5 }),
      fc.boolean(),
      fc.boolean(),
    )
    .map(([stem, shown, found, equal, given]) => {
      const truths = shown.map((_, i) => (given ? found[i] !== false : (found[i] ?? null)));
      const scores = equal ? { scores: [...shown.map((_, i) => i / shown.length), 1] } : {};
      return {
        kind: 'statements',
        prompt: { stem, ...texts.rich, statements: shown },
        key: { truths, ...scores },
      };
    });
}

function matching(texts: Texts): fc.Arbitrary<Body> {
  return fc
    .tuple(
      texts.text,
      options(texts),
      options(texts),
      fc.array(fc.nat(9), { minLength: 5, maxLength: 5 }),
      fc.constantFrom('share', 'allOrNothing'),
    )
    .map(([stem, lefts, rights, picks, scoring]) => ({
      kind: 'matching',
      prompt: { stem, ...texts.rich, lefts, rights },
      key: { pairs: lefts.map((_, i) => (picks[i] ?? 0) % rights.length), scoring },
    }));
}

function ordering(texts: Texts): fc.Arbitrary<Body> {
  return fc
    .tuple(texts.text, options(texts), fc.constantFrom('exact', 'adjacent'), fc.boolean())
    .map(([stem, items, scoring, turned]) => {
      const order = items.map((_, i) => i);
      return {
        kind: 'ordering',
        prompt: { stem, ...texts.rich, items },
        key: { order: turned ? order.toReversed() : order, scoring },
      };
    });
}

function cloze(texts: Texts): fc.Arbitrary<Body> {
  const gap = fc.oneof(
    options(texts, 3).map((shown) => ({
      gap: { kind: 'choice', options: shown },
      key: { right: [1], scoring: 'allOrNothing' },
    })),
    shortTextKey.map((key) => ({ gap: { kind: 'text' }, key })),
    numericKey.map((key) => ({ gap: { kind: 'number', unit: '' }, key })),
  );
  return fc
    .tuple(texts.text, fc.array(fc.tuple(gap, fc.nat(2)), { minLength: 1, maxLength: 3 }), fc.nat(5))
    .map(([text, gaps, noKey]) => {
      const stem = `${text}\n\n${gaps.map((_, i) => `chỗ {{${i + 1}}}`).join(' và ')}`;
      const weights = gaps.map(([, more]) => more + 1);
      const key = {
        gaps: gaps.map(([found]) => found.key),
        ...(weights.some((share) => share !== weights[0]) ? { weights } : {}),
      };
      return {
        kind: 'cloze',
        prompt: { stem, ...texts.rich, gaps: gaps.map(([found]) => found.gap) },
        key: noKey === 0 ? null : key,
      };
    });
}

function bodies(texts: Texts): fc.Arbitrary<Body> {
  return fc.oneof(
    { weight: 3, arbitrary: choice(texts) },
    stemmed('trueFalse', texts, {}, fc.record({ right: fc.boolean() })),
    stemmed('shortText', texts, {}, shortTextKey),
    stemmed('numeric', texts, { unit: '%' }, numericKey),
    stemmed('numeric', texts, { unit: '' }, numericKey),
    statements(texts),
    matching(texts),
    ordering(texts),
    cloze(texts),
    stemmed(
      'estimate',
      texts,
      { unit: 'người' },
      fc.record({
        truth: fc.option(number),
        bands: fc.constant([
          { within: 10, share: 1 },
          { within: 50, share: 0.5 },
        ]),
      }),
    ),
    stemmed(
      'essay',
      texts,
      { maxWords: null },
      fc.record({
        rubric: fc.array(fc.record({ text: option, points: fc.constantFrom(25, 50, 100) }), {
          minLength: 1,
          maxLength: 3,
        }),
      }),
    ),
    stemmed(
      'essay',
      texts,
      { maxWords: 300 },
      fc.record({ rubric: fc.constant([{ text: 'một ý', points: 100 }]) }),
    ),
    stemmed('info', texts, {}, fc.constant(null)),
  );
}

function around(texts: Texts) {
  return {
    code: marker.map((mark) => `nq-${mark}`),
    explanation: fc.oneof(fc.constant(''), texts.text),
    citation: fc.constantFrom(null, {
      document: 'Nghị quyết 15',
      section: 'Điều 9',
      source: 'https://example.org',
      validity: '',
    }),
    topic: fc.constantFrom('', 'Kinh tế', 'Văn hoá / Giáo dục', 'A/B', 'a: b', ' lạ'),
    difficulty: fc.constantFrom<1 | 2 | 3>(1, 2, 3),
    tags: fc.uniqueArray(fc.constantFrom('thi đua', 'a]b', 'x\\', 'Nhận biết', '<i>'), { maxLength: 2 }),
    points: fc.constantFrom(100, 25, 150),
  };
}

const loose = [plainTexts, richTexts].map((texts) =>
  fc.tuple(bodies(texts), fc.record(around(texts))).map(([body, rest]): Question => ({ ...rest, ...body })),
);

/** A question that the product would let somebody save. */
export const anyQuestion: fc.Arbitrary<Question> = fc
  .oneof(...loose)
  .filter(({ kind, prompt, key }) => gradingOf(kind).check(prompt, key).length === 0);

/** A bank's worth of them. */
export const anyQuestions: fc.Arbitrary<readonly Question[]> = fc.uniqueArray(anyQuestion, {
  minLength: 1,
  maxLength: 6,
  selector: ({ code }) => code,
});
