/** Options without letters: lines behind the stem that begin with boxes, dashes or dots. Only a key that fits one makes them options. */
import { lettersOf, optionNamed } from './key-text.ts';
import { StyledText } from './styled-text.ts';
import { letterOf } from './texts.ts';
import type { Labelled, LabelledPart } from './word-labels.ts';
import type { MarkVote } from './word-marks.ts';
import type { PaperQuestion } from './word-paper.ts';

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
