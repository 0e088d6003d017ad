/** What texts lose on their way through files of learning platforms, found by trying the way back. */
import type { Json, Question } from '../../question.ts';
import { parse, write } from '../../rich-text.ts';
import { markupOf } from '../found-text.ts';
import { bareOf, escapeHtml, picturesIn, survivesHtml } from '../html-out.ts';
import type { LossCode } from '../losses.ts';
import { type Media, MediaShelf } from '../media.ts';
import { Remarks } from '../reading.ts';
import { foundInMoodleText } from '../rich-html.ts';
import { cleanLines } from '../texts.ts';

/** Says which of the texts of a question will not come back as they are. */
export function sayTextLosses(
  { prompt, key, explanation }: Question,
  media: ReadonlyMap<string, Media>,
  lose: (code: LossCode) => void,
): void {
  const isRich = 'rich' in prompt && prompt.rich === true;
  const texts = [...stringsIn(prompt), explanation];
  const keyTexts = stringsIn(key);
  if (!isRich) {
    if ([...texts, ...keyTexts].some((text) => cleanLines(text) !== text)) lose('layout');
    return;
  }
  if (texts.some((text) => !survivesHtml(text))) lose('layout');
  if (texts.some((text) => picturesIn(text).some((sha256) => !media.has(sha256)))) lose('media');
}

/** Every string that is written of a question. */
export function stringsOf({ prompt, key, explanation }: Question): readonly string[] {
  return [...stringsIn(prompt), ...stringsIn(key), explanation];
}

function stringsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

/** The right side of a pair: platforms show its letters only, and some take them for HTML. */
export function sideOf(right: string, isRich: boolean, lose: (code: LossCode) => void): string {
  const bare = isRich ? bareOf(right) : right;
  if (sideSurvives(bare, right, isRich)) return bare;
  const escaped = isRich ? bareOf(right, escapeHtml) : escapeHtml(right);
  if (!sideSurvives(escaped, right, isRich)) lose('rich');
  return escaped;
}

function sideSurvives(written: string, right: string, isRich: boolean): boolean {
  const context = {
    shelf: new MediaShelf(),
    remarks: new Remarks({ line: 1 }),
    files: new Map<string, string>(),
  };
  const back = foundInMoodleText(written, context);
  return isRich ? markupOf(back) === write(parse(right)) : back.plain === right;
}
