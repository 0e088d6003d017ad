/** From what a file gave to what a bank stores: what the file left open gets the product's usual value, and is told. Never a key. Pure. */
import { createHash } from 'node:crypto';
import type { Draft } from '../../../questions/formats/draft.ts';
import { likenessOf } from '../../../questions/formats/duplicates.ts';
import type { Message, Place, Saying } from '../../../questions/formats/message.ts';
import { fold } from '../../../questions/vietnamese.ts';
import { type Content, fingerprint, readContent } from '../rules.ts';

/** What questions of files get that say nothing of it; people change it for many at once. */
export const USUAL = { topic: 'Chưa phân loại', difficulty: 1, points: 100 } as const;

const MOST = {
  explanation: 10_000,
  topic: 200,
  tags: 20,
  tag: 60,
  citation: 500,
  source: 2000,
  points: 100_000,
};
const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/;

/** A draft with everything that a bank wants to know of it. */
export interface Understood {
  /** Null: it cannot be stored; `messages` say why. */
  readonly content: Content | null;
  readonly messages: readonly Message[];
  /** Hash of the content; empty without one. */
  readonly hash: string;
  readonly likeness: string;
  /** What the file did not say: "topic", "difficulty", "points", "key", "citation". */
  readonly unsaid: readonly string[];
}

/** Looks at a draft as the bank would. */
export function understand(draft: Draft, place: Place): Understood {
  const { content, problems } = readContent(rawContent(draft));
  const messages = [
    ...tooLong(draft),
    ...problems.map(({ path, vi, en }) => ({ code: `check-${path}`, vi, en })),
  ];
  const isFit = content !== null && messages.length === 0;
  return {
    content: isFit ? content : null,
    messages: messages.map((saying) => ({ ...saying, severity: 'error', place })),
    hash: content === null ? '' : hashOf(content),
    likeness: likenessOf(draft.prompt),
    unsaid: unsaidOf(draft),
  };
}

/** The content of a draft that was found fit. Throws RangeError for one that is not. */
export function contentOf(draft: Draft): Content {
  const { content } = readContent(rawContent(draft));
  if (content === null) throw new RangeError('a block that cannot be stored was kept as one that can');
  return content;
}

function rawContent(draft: Draft) {
  const { kind, prompt, key, explanation, citation, topic, difficulty, tags, points } = draft;
  return {
    kind,
    prompt,
    key,
    explanation,
    citation,
    topic: topic.trim() === '' ? USUAL.topic : topic,
    difficulty: difficulty ?? USUAL.difficulty,
    tags: tags.filter((tag) => tag.trim() !== ''),
    points: points ?? USUAL.points,
  };
}

/** Same content, same hash, whatever the order of its fields. */
export function hashOf(content: Content): string {
  return createHash('sha256').update(fingerprint(content)).digest('hex').slice(0, 32);
}

function unsaidOf({ kind, key, topic, difficulty, points, citation }: Draft): readonly string[] {
  return [
    ...(key === null && kind !== 'info' && kind !== 'essay' ? ['key'] : []),
    ...(topic.trim() === '' ? ['topic'] : []),
    ...(difficulty === null ? ['difficulty'] : []),
    ...(points === null ? ['points'] : []),
    ...(citation === null ? ['citation'] : []),
  ];
}

function tooLong({ explanation, topic, tags, citation, points }: Draft): readonly Saying[] {
  const sayings: Saying[] = [];
  const demand = (isFine: boolean, code: string, vi: string, en: string): void => {
    if (!isFine) sayings.push({ code: `long-${code}`, vi, en });
  };
  const { explanation: e, topic: t } = MOST;
  demand(
    explanation.length <= e,
    'explanation',
    `Giải thích dài quá ${e} ký tự.`,
    `The explanation is longer than ${e} characters.`,
  );
  demand(
    topic.length <= t,
    'topic',
    `Chủ đề dài quá ${t} ký tự.`,
    `The topic is longer than ${t} characters.`,
  );
  demand(
    tags.length <= MOST.tags,
    'tags',
    `Có quá ${MOST.tags} nhãn.`,
    `There are more than ${MOST.tags} tags.`,
  );
  demand(
    tags.every((tag) => tag.length <= MOST.tag),
    'tag',
    `Có nhãn dài quá ${MOST.tag} ký tự.`,
    `A tag is longer than ${MOST.tag} characters.`,
  );
  const parts = citation === null ? [] : [citation.document, citation.section, citation.validity];
  const isCitationFine =
    parts.every((part) => part.length <= MOST.citation) && (citation?.source.length ?? 0) <= MOST.source;
  demand(isCitationFine, 'citation', 'Căn cứ quá dài.', 'The citation is too long.');
  const isWorth = points === null || (Number.isInteger(points) && points >= 1 && points <= MOST.points);
  demand(isWorth, 'points', 'Số điểm phải từ 0,01 đến 1.000.', 'The points must be from 0.01 to 1,000.');
  return sayings;
}

/** A name for the question inside its bank: the file's own where it is fit, else one that follows from what is asked. */
export function codeOf(draft: Draft, { likeness, hash }: Pick<Understood, 'likeness' | 'hash'>): string {
  if (draft.code !== null && CODE.test(draft.code)) return draft.code;
  return `c${(likeness === '' ? hash : likeness).slice(0, 12)}`;
}

/** Another name, the same each time, for a question whose name another one has. */
export function otherCode(code: string, likeness: string): string {
  return `${code.slice(0, 50)}-${likeness.slice(0, 6)}`;
}

/** Whether two stems may be one question in two versions: half of their words are the same. Names like "1" say nothing. */
export function mayBeSame(a: string, b: string): boolean {
  const [first, second] = [wordsOf(a), wordsOf(b)];
  const shared = [...first].filter((word) => second.has(word)).length;
  const all = first.size + second.size - shared;
  return all === 0 || shared / all >= 0.5;
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(fold(text).match(/[\p{L}\p{N}]+/gu) ?? []);
}
