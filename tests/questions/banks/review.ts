/**
 * What a bank must satisfy before it may ship. Every rule takes banks or questions and returns its complaints,
 * so that each can be tried on a bank that breaks it.
 */

import { gradings } from '../../../questions/kinds/gradings.ts';
import type { Json, Question } from '../../../questions/question.ts';
import { fold } from '../../../questions/vietnamese.ts';

/** Stems that share this part of their words or more are near-equal. */
export const NEAR_EQUAL = 0.72;
/** No single telling habit may hold for more than this share of a bank's choice questions. */
export const TELLING_SHARE = 0.35;
/** Each level must make up at least this share of a bank. */
const LEVEL_SHARE = 0.12;

interface Choice {
  readonly code: string;
  readonly options: readonly string[];
  readonly right: readonly number[];
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';

/** The named member of a JSON map, or undefined. */
function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

function choicesOf(questions: readonly Question[]): readonly Choice[] {
  return questions.flatMap(({ code, kind, prompt, key }) => {
    if (kind !== 'choice') return [];
    const options = member(prompt, 'options');
    const right = member(key, 'right');
    return [
      {
        code,
        options: isList(options) ? options.filter(isText) : [],
        right: isList(right) ? right.filter(isNumber) : [],
      },
    ];
  });
}

/** Keys that point at nothing, and whatever else the kind itself refuses. */
export function kindFaults(questions: readonly Question[]): readonly string[] {
  return questions.flatMap(({ code, kind, prompt, key }) => {
    const grading = gradings.get(kind);
    if (grading === undefined) return [`${code}: no kind ${kind}`];
    if (key === null) return [`${code}: no key`];
    return grading.check(prompt, key).map((problem) => `${code}: ${problem.at} ${problem.en}`);
  });
}

/** A key earns full marks when it is answered, so that it says what its writer meant. */
export function gradingFaults(questions: readonly Question[]): readonly string[] {
  return questions.flatMap(({ code, kind, prompt, key }) => {
    const grading = gradings.get(kind);
    const answer = grading?.reveal(prompt, key, []);
    const share = grading?.grade(prompt, key, answer ?? null, []);
    return share === 1 ? [] : [`${code}: its own key earns ${share}`];
  });
}

/** Key letters that name no option. */
export function missingKeyFaults(questions: readonly Question[]): readonly string[] {
  return choicesOf(questions)
    .filter(({ options, right }) => right.length === 0 || right.some((index) => options[index] === undefined))
    .map(({ code }) => `${code}: the key names an option that does not exist`);
}

/** Options that read the same without diacritics, case and punctuation. */
export function equalOptionFaults(questions: readonly Question[]): readonly string[] {
  return choicesOf(questions)
    .filter(
      ({ options }) => new Set(options.map((option) => wordsOf(option).join(' '))).size < options.length,
    )
    .map(({ code }) => `${code}: equal options`);
}

function wordsOf(text: string): readonly string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Shared words ÷ all words of two folded texts, 0..1. */
export function similarity(a: string, b: string): number {
  const first = new Set(wordsOf(a));
  const second = new Set(wordsOf(b));
  const shared = [...first].filter((word) => second.has(word)).length;
  return shared / (first.size + second.size - shared);
}

/** Pairs of stems that a reader would take for the same question. */
export function nearEqualFaults(questions: readonly Question[]): readonly string[] {
  return questions.flatMap((question, index) =>
    questions
      .slice(index + 1)
      .filter((other) => similarity(question.prompt.stem, other.prompt.stem) >= NEAR_EQUAL)
      .map((other) => `${question.code} ~ ${other.code}: near-equal stems`),
  );
}

/** Explanation, citation and the time for which the answer holds: all must be there. */
export function citationFaults(questions: readonly Question[]): readonly string[] {
  return questions.flatMap(({ code, explanation, citation }) => {
    const parts = {
      explanation,
      document: citation?.document,
      source: citation?.source,
      validity: citation?.validity,
    };
    return Object.entries(parts)
      .filter(([, text]) => text === undefined || text.trim() === '')
      .map(([name]) => `${code}: no ${name}`);
  });
}

export function duplicateCodeFaults(questions: readonly Question[]): readonly string[] {
  const codes = questions.map(({ code }) => code);
  return codes.filter((code, index) => codes.indexOf(code) !== index).map((code) => `${code}: used twice`);
}

/** A bank in which the longest option (alone or level with another) is right too often gives its keys away. */
export function longestKeyFaults(questions: readonly Question[]): readonly string[] {
  const choices = choicesOf(questions);
  const telling = choices.filter(({ options, right }) => {
    const longest = Math.max(...options.map((option) => option.length));
    return right.some((index) => options[index]?.length === longest);
  });
  return overShare('the key is the longest option', telling.length, choices.length);
}

/** A bank whose keys stand in one position too often, over single choices and over all keys. */
export function positionFaults(questions: readonly Question[]): readonly string[] {
  const choices = choicesOf(questions);
  const single = choices.filter(({ right }) => right.length === 1).flatMap(({ right }) => right);
  const all = choices.flatMap(({ right }) => right);
  return [single, all].flatMap((positions) =>
    [...new Set(positions)].flatMap((position) => {
      const count = positions.filter((other) => other === position).length;
      return overShare(`the key stands at ${position}`, count, positions.length);
    }),
  );
}

function overShare(what: string, count: number, total: number): readonly string[] {
  return count > total * TELLING_SHARE ? [`${what} in ${count} of ${total}`] : [];
}

/** Text that is not NFC, anywhere in a question or a bank's head. */
export function unicodeFaults(value: unknown, at = ''): readonly string[] {
  if (isText(value)) return value === value.normalize('NFC') ? [] : [`${at}: not NFC`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => unicodeFaults(item, `${at}/${name}`));
}

/** "choice" and "choice several" count as two: what the person meets is different. */
function shownKind(question: Question): string {
  return member(question.prompt, 'multiple') === true ? `${question.kind} several` : question.kind;
}

const KINDS = ['choice', 'choice several', 'trueFalse', 'shortText', 'numeric'];

/** All kinds occur, single choice most often, and no level is a token. */
export function mixFaults(questions: readonly Question[]): readonly string[] {
  const count = (kind: string): number => questions.filter((question) => shownKind(question) === kind).length;
  const missing = KINDS.filter((kind) => count(kind) === 0).map((kind) => `no question of kind ${kind}`);
  const rare = KINDS.every((kind) => count(kind) <= count('choice'))
    ? []
    : ['single choice is not the main kind'];
  const levels = [1, 2, 3].flatMap((level) => {
    const share = questions.filter(({ difficulty }) => difficulty === level).length / questions.length;
    return share >= LEVEL_SHARE ? [] : [`too few questions of level ${level}`];
  });
  return [...missing, ...rare, ...levels];
}

/** Every rule that looks at one bank's questions. */
export const rules: Readonly<Record<string, (questions: readonly Question[]) => readonly string[]>> = {
  'a key that does not exist': missingKeyFaults,
  'what the kind itself refuses': kindFaults,
  'a key that earns less than full marks': gradingFaults,
  'equal options': equalOptionFaults,
  'near-equal stems': nearEqualFaults,
  'a missing citation, explanation or validity': citationFaults,
  'a code used twice': duplicateCodeFaults,
  'keys that are the longest option': longestKeyFaults,
  'keys in one position': positionFaults,
  'text that is not NFC': (questions) => unicodeFaults(questions),
  'kinds and levels that are not mixed': mixFaults,
};

/** A question for a deliberately bad bank; `prompt` and `key` are replaced as wholes. */
export function sample(changes: Partial<Question> = {}): Question {
  const prompt: Json & { readonly stem: string } = {
    stem: 'Thủ đô của nước ta là thành phố nào?',
    options: ['Hà Nội', 'Huế cổ kính', 'Đà Nẵng', 'Hải Phòng'],
    multiple: false,
  };
  return {
    code: 'mau-1',
    kind: 'choice',
    prompt,
    key: { right: [0], scoring: 'allOrNothing' },
    explanation: 'Theo Luật Thủ đô.',
    citation: {
      document: 'Luật Thủ đô',
      section: 'Điều 2',
      source: 'https://example.org',
      validity: 'từ 2025',
    },
    topic: 'Mẫu',
    difficulty: 1,
    tags: [],
    points: 100,
    ...changes,
  };
}
