/** What learning platforms have no field for and people keep in tags, titles and paths of categories. */
import type { Difficulty } from '../../question.ts';
import { cleanText, fold } from '../../vietnamese.ts';

/** In the order of `Difficulty`. */
const LEVELS = ['nhận biết', 'thông hiểu', 'vận dụng'] as const;
const LEVEL_TAG = /^(?:muc do|difficulty|level)\s*:\s*(.+)$/;
const CODE = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u;

/** The tag that carries a difficulty. */
export function difficultyTag(difficulty: Difficulty): string {
  return `Mức độ: ${LEVELS[difficulty - 1] ?? LEVELS[0]}`;
}

function levelOf(text: string): Difficulty | null {
  const name = fold(text).trim();
  const index = LEVELS.findIndex((level) => name.startsWith(fold(level)));
  if (index >= 0) return [1, 2, 3].find((level): level is Difficulty => level === index + 1) ?? null;
  return name === '1' ? 1 : name === '2' ? 2 : name === '3' ? 3 : null;
}

/** Takes the tag of the difficulty out of the tags; a bare "thông hiểu" counts where no tag says it in full. */
export function splitTags(tags: readonly string[]): {
  readonly tags: readonly string[];
  readonly difficulty: Difficulty | null;
} {
  const clean = [...new Set(tags.map(cleanText))].filter((tag) => tag !== '');
  const full = clean.find((tag) => levelOf(LEVEL_TAG.exec(fold(tag))?.[1] ?? '') !== null);
  const bare = clean.find((tag) => LEVELS.some((level) => fold(level) === fold(tag)));
  const found = full ?? bare;
  if (found === undefined) return { tags: clean, difficulty: null };
  const difficulty = levelOf(LEVEL_TAG.exec(fold(found))?.[1] ?? found);
  return { tags: clean.filter((tag) => tag !== found), difficulty };
}

/** The title when it is fit to be a code. */
export function codeOfTitle(title: string): string | null {
  return CODE.test(title) ? title : null;
}

/** Between the parts of a category in a topic. */
const BETWEEN = ' / ';

/** "$course$/top/Đề 1/Chương 2" → "Đề 1 / Chương 2". A doubled slash is a slash inside a name. */
export function topicOfPath(path: string): string {
  const parts = path
    .replaceAll('//', '\u0000')
    .split('/')
    .map((part) => cleanText(part.replaceAll('\u0000', '/')));
  const named = parts.filter((part) => part !== '' && !/^\$.*\$$/.test(part));
  return (named[0] === 'top' ? named.slice(1) : named).join(BETWEEN);
}

/** The path of a topic; the other way round of `topicOfPath`. */
export function pathOfTopic(topic: string): string {
  const parts = topic === '' ? [] : topic.split(BETWEEN);
  return ['$course$', 'top', ...parts.map((part) => part.replaceAll('/', '//'))].join('/');
}
