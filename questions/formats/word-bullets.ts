/** Options without letters: lines behind the stem that begin with boxes, dashes or dots. Only a key that fits one makes them options. */
import { lettersOf, optionNamed } from './key-text.ts';
import { StyledText } from './styled-text.ts';
import { letterOf } from './texts.ts';
import type { Labelled, LabelledPart } from './word-labels.ts';
import type { MarkVote } from './word-marks.ts';
import type { PaperQuestion } from './word-paper.ts';
import { numberedStart } from './word-patterns.ts';

const BULLET = /^\s*(\[\s*[xX]?\s*\]|[☐□○◯❏❑⬜☑☒✓✔√•●▪■◦·+–—-]|[\uf000-\uf0ff])\s*(?=\S)/u;
const TICKED = /[☑☒✓✔√]|\[\s*[xX]\s*\]/u;
const OPTIONS_MOST = 8;

/** Lines with bullets at the end of a body; null: there are none, or only one, or more than options ever are. */
export function cutAtBullets(body: StyledText): Labelled | null {
  const lines = body.lines().filter((line) => !line.isBlank);
  const first = lines.findIndex(({ text }) => BULLET.test(text));
  const listed = first < 1 ? [] : lines.slice(first);
  const isList = listed.length >= 2 && listed.length <= OPTIONS_MOST;
  if (!isList || !listed.every(({ text }) => BULLET.test(text))) return null;
  return { stem: StyledText.join(lines.slice(0, first), '\n'), parts: listed.map(partOf) };
}

function partOf(line: StyledText, place: number): LabelledPart {
  const [all = '', bullet = ''] = BULLET.exec(line.text) ?? [];
  const at = line.text.indexOf(bullet);
  return {
    letter: letterOf(place),
    label: line.slice(at, at + bullet.length),
    text: line.slice(all.length).trim(),
    isStarred: TICKED.test(bullet),
  };
}

/** Whether something says which of them is right: a tick, a look that keys have in this paper, or a written key. */
export function areOptions({ parts }: Labelled, { keys, answers }: PaperQuestion, vote: MarkVote): boolean {
  const ticked = parts.filter(({ isStarred }) => isStarred).length;
  if (ticked > 0) return ticked < parts.length;
  if (vote.result().usual.some((kind) => vote.marked(parts, kind).length === 1)) return true;
  const texts = parts.map(({ text }) => text.paragraph);
  return [...keys.map(({ line }) => line), ...answers].some(
    (key) => optionNamed(key, texts) !== null || lettersOf(key)?.said === '',
  );
}

const COUNTS =
  /bao nhiêu|(?:^|\s)mấy(?!\p{L})|số\s+(?:phát biểu|câu|ý|nhận định|mệnh đề|trường hợp)|tổng|how many/iu;

/** Whether a question ends with items 1, 2, 3 and its key is one of their numbers or texts, though it does not ask how many: they may be its options. */
export function namesItem({ body }: PaperQuestion, key: string): boolean {
  const lines = body.flatMap((text) => text.lines()).filter((line) => !line.isBlank);
  const starts = lines.map(({ text }) => numberedStart(text));
  const first = starts.findIndex((start, i) => i > 0 && start?.number === 1);
  const items = first < 0 ? [] : starts.slice(first);
  if (items.length < 2 || items.some((start, i) => start?.number !== i + 1)) return false;
  if (lines.slice(0, first).some(({ text }) => COUNTS.test(text))) return false;
  const texts = lines.slice(first).map((line, i) => line.slice(items[i]?.end ?? 0).paragraph);
  const number = /^\(?(\d{1,2})\)?\.?$/.exec(key)?.[1];
  return number === undefined
    ? optionNamed(key, texts) !== null
    : Number(number) <= texts.length && Number(number) > 0;
}
