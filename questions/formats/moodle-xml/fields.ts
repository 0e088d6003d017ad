/** Fields of a `<question>`, in the several forms in which Moodle and its imitators have written them over the years. */
import { cleanText } from '../../vietnamese.ts';
import { type FoundText, plainFound } from '../found-text.ts';
import { shareOfPercent } from '../lms/choice-marks.ts';
import { numberOf } from '../lms/numbers.ts';
import { bytesOfBase64, type MediaShelf } from '../media.ts';
import { sayings } from '../message.ts';
import type { Remarks } from '../reading.ts';
import {
  foundInHtml,
  foundInMarkdown,
  foundInMoodleText,
  type HtmlContext,
  looksLikeHtml,
} from '../rich-html.ts';
import { excerpt } from '../texts.ts';
import type { XmlElement } from '../xml.ts';
import { moodleSayings } from './messages.ts';

const TRUE = new Set(['1', 'true', 'yes']);

/** One question of the file with what is needed to read its texts. */
export class MoodleElement {
  readonly element: XmlElement;
  readonly context: HtmlContext;

  constructor(element: XmlElement, context: HtmlContext) {
    this.element = element;
    this.context = context;
  }

  /** The same question, deeper in. */
  all(name: string): readonly MoodleElement[] {
    return this.element.children
      .filter((child) => child.name === name)
      .map((child) => new MoodleElement(child, this.context));
  }

  first(name: string): MoodleElement | null {
    return this.all(name)[0] ?? null;
  }

  get remarks(): Remarks {
    return this.context.remarks;
  }

  /** What is written in it: in `<text>` (once or several times), or directly. */
  get raw(): string {
    const texts = this.element.children.filter(({ name }) => name === 'text');
    if (texts.length === 0) return this.element.text;
    return texts.map(({ text }) => text).join('\n');
  }

  /** A field on one line; '' when it is not there. */
  line(name: string): string {
    return cleanText(this.first(name)?.raw ?? '');
  }

  isOn(name: string): boolean {
    return TRUE.has(this.line(name).toLowerCase());
  }

  /** A text in the kind that its `format` says. */
  get text(): FoundText {
    return this.textOf(this.raw);
  }

  /** Reads other letters as if they stood here. */
  textOf(raw: string): FoundText {
    const kind = this.element.attributes.format ?? '';
    if (kind === 'plain_text') return plainFound(raw);
    if (kind === 'markdown') return foundInMarkdown(raw, this.context);
    if (kind === 'html') return foundInHtml(raw, this.context);
    return foundInMoodleText(raw, this.context);
  }

  /** The text of a field; empty when it is not there. */
  field(name: string): FoundText {
    return this.first(name)?.text ?? plainFound('');
  }

  /** Letters of a field that is typed or shown as it stands, though some files have HTML in it. */
  get bare(): string {
    const { raw } = this;
    if (this.element.attributes.format === 'plain_text' || !looksLikeHtml(raw)) return cleanText(raw);
    return cleanText(foundInHtml(raw, this.context).plain ?? raw);
  }
}

/** Percent of every answer as shares; very old files wrote shares. */
export function fractionsOf(answers: readonly MoodleElement[]): readonly number[] {
  const numbers = answers.map((answer) => {
    const text = answer.element.attributes.fraction ?? answer.line('fraction');
    const value = text === '' ? 0 : numberOf(text);
    if (value !== null && Math.abs(value) <= 100) return value;
    answer.remarks.error(moodleSayings.fractionUnreadable(text));
    return 0;
  });
  const best = Math.max(0, ...numbers);
  const areShares = best > 0 && best <= 1;
  return numbers.map((value) => (areShares ? value : shareOfPercent(value)));
}

/** Keeps every attached file of a question; those that are no pictures are refused by name. */
export function filesOf(
  element: XmlElement,
  shelf: MediaShelf,
  remarks: Remarks,
): ReadonlyMap<string, string | null> {
  const files = new Map<string, string | null>();
  for (const file of filesIn(element)) {
    const name = file.attributes.name ?? '';
    const path = `${file.attributes.path ?? '/'}${name}`.replace(/^\/+/, '');
    const bytes = bytesOfBase64(file.text);
    const kept = bytes === null ? null : shelf.keep(bytes, name);
    if (kept === null) remarks.warn(sayings.mediaRefused(excerpt(name)));
    files.set(path, kept);
    if (!files.has(name)) files.set(name, kept);
  }
  return files;
}

function filesIn(element: XmlElement): readonly XmlElement[] {
  return element.children.flatMap((child) => (child.name === 'file' ? [child] : filesIn(child)));
}
