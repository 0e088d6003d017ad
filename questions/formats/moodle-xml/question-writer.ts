/** One `<question>`. */
import type { Question } from '../../question.ts';
import { escapeHtml, htmlOf, picturesIn } from '../html-out.ts';
import { percentOfShare } from '../lms/choice-marks.ts';
import type { LmsBody, LmsQuestion } from '../lms/question.ts';
import { sideOf } from '../lms/text-losses.ts';
import type { LossCode } from '../losses.ts';
import type { Media } from '../media.ts';
import { centred } from './centred.ts';
import { codeOfGap, holdsCodes } from './cloze-out.ts';
import { noteOfRubric } from './essay.ts';
import { element, escapeXml, textElement } from './xml-out.ts';

const TYPES: Readonly<Record<LmsBody<string>['kind'], string>> = {
  choice: 'multichoice',
  trueFalse: 'truefalse',
  shortText: 'shortanswer',
  numeric: 'numerical',
  matching: 'matching',
  ordering: 'ordering',
  cloze: 'cloze',
  essay: 'essay',
  info: 'description',
};
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};

export class QuestionWriter {
  readonly #question: LmsQuestion<string>;
  readonly #media: ReadonlyMap<string, Media>;
  readonly #lose: (code: LossCode) => void;
  readonly #isRich: boolean;

  constructor(
    question: LmsQuestion<string>,
    prompt: Question['prompt'],
    media: ReadonlyMap<string, Media>,
    lose: (code: LossCode) => void,
  ) {
    this.#question = question;
    this.#media = media;
    this.#lose = lose;
    this.#isRich = 'rich' in prompt && prompt.rich === true;
  }

  /** The element, or null when Moodle would take the text for something else. */
  written(): string | null {
    const { code, title, stem, explanation, tags, points, body } = this.#question;
    if (body.kind === 'cloze' && holdsCodes(stem)) {
      this.#lose('omitted');
      return null;
    }
    const parts = [
      element('name', {}, textElement(escapeXml(title))),
      body.kind === 'cloze' ? this.#clozeText(stem, body) : this.#text('questiontext', stem),
      this.#text('generalfeedback', explanation),
      element('defaultgrade', {}, String((points ?? 100) / 100)),
      element('penalty', {}, '0.3333333'),
      element('hidden', {}, '0'),
      element('idnumber', {}, escapeXml(code ?? '')),
      ...this.#body(body),
      element('tags', {}, tags.map((tag) => element('tag', {}, textElement(escapeXml(tag)))).join('')),
    ];
    return element('question', { type: TYPES[body.kind] }, `\n  ${parts.join('\n  ')}\n`);
  }

  get #format(): string {
    return this.#isRich ? 'html' : 'plain_text';
  }

  /** An element with a text in it, and with the pictures of the text. */
  #text(name: string, text: string, attributes: Readonly<Record<string, string>> = {}, rest = ''): string {
    const content = textElement(this.#letters(text)) + (this.#isRich ? this.#files(text) : '');
    return element(name, { ...attributes, format: this.#format }, content + rest);
  }

  #letters(text: string): string {
    if (!this.#isRich) return escapeXml(text);
    return escapeXml(this.#html(text));
  }

  #html(text: string): string {
    return htmlOf(text, (sha256) => {
      const media = this.#media.get(sha256);
      return media === undefined ? null : `@@PLUGINFILE@@/${fileName(media)}`;
    });
  }

  #files(text: string): string {
    const files = [...new Set(picturesIn(text))].flatMap((sha256) => this.#media.get(sha256) ?? []);
    return files
      .map((media) => {
        const attributes = { name: fileName(media), path: '/', encoding: 'base64' };
        return element('file', attributes, Buffer.from(media.bytes).toString('base64'));
      })
      .join('');
  }

  #answer(fraction: number, text: string, feedback: string, rest = ''): string {
    const told = this.#text('feedback', feedback);
    return this.#text('answer', text, { fraction: percentOfShare(fraction) }, told + rest);
  }

  /** An answer that is typed, so never HTML. */
  #typed(fraction: number, text: string, rest = ''): string {
    const attributes = { fraction: percentOfShare(fraction), format: 'plain_text' };
    return element('answer', attributes, textElement(escapeXml(text)) + rest);
  }

  #body(body: LmsBody<string>): readonly string[] {
    switch (body.kind) {
      case 'choice':
        return [
          element('single', {}, String(body.single)),
          element('shuffleanswers', {}, 'true'),
          element('answernumbering', {}, 'ABCD'),
          ...body.options.map(({ text, fraction, feedback }) => this.#answer(fraction, text, feedback)),
        ];
      case 'trueFalse':
        return [
          this.#typed(Number(body.right === true), 'true'),
          this.#typed(Number(body.right === false), 'false'),
        ];
      case 'shortText':
        return [
          element('usecase', {}, body.case ? '1' : '0'),
          ...body.answers.map(({ fraction, pattern }) => this.#typed(fraction, pattern)),
        ];
      case 'numeric':
        return this.#numbers(body);
      case 'matching':
        return [
          element('shuffleanswers', {}, 'true'),
          ...body.pairs.map((pair) => this.#pair(pair.left, pair.right)),
        ];
      case 'ordering':
        return this.#ordering(body);
      case 'essay':
        return essayParts(body);
      default:
        return [];
    }
  }

  /** Moodle has no ranges: a range is a middle with a tolerance. */
  #numbers({ answers, unit }: Extract<LmsBody<string>, { kind: 'numeric' }>): readonly string[] {
    const numbers = answers.flatMap(({ accepted, fraction }) => {
      if (accepted === null) return [];
      if ('from' in accepted) this.#lose('shape');
      const { value, tolerance } = centred(accepted);
      return [this.#typed(fraction, String(value), element('tolerance', {}, String(tolerance)))];
    });
    if (unit === '') return numbers;
    const only = element('multiplier', {}, '1') + element('unit_name', {}, escapeXml(unit));
    return [...numbers, element('units', {}, element('unit', {}, only))];
  }

  #pair(left: string | null, right: string): string {
    const shown = textElement(escapeXml(sideOf(right, this.#isRich, this.#lose)));
    return this.#text('subquestion', left ?? '', {}, element('answer', {}, shown));
  }

  #ordering({ items, scoring }: Extract<LmsBody<string>, { kind: 'ordering' }>): readonly string[] {
    const grading = scoring === 'exact' ? 'ALL_OR_NOTHING' : 'RELATIVE_NEXT_EXCLUDE_LAST';
    return [
      element('layouttype', {}, 'VERTICAL'),
      element('selecttype', {}, 'ALL'),
      element('selectcount', {}, '0'),
      element('gradingtype', {}, grading),
      ...items.map((item, i) => this.#text('answer', item, { fraction: `${i + 1}.0000000` })),
    ];
  }

  #clozeText(stem: string, { gaps }: Extract<LmsBody<string>, { kind: 'cloze' }>): string {
    const html = this.#isRich ? this.#html(stem) : escapeHtml(stem);
    if (!this.#isRich && stem.includes('\n\n')) this.#lose('layout');
    const texts = gaps.flatMap((gap) => (gap.kind === 'choice' ? gap.options.map(({ text }) => text) : []));
    const write = (text: string) =>
      this.#isRich ? this.#html(text).replace(/^<p>|<\/p>$/g, '') : escapeHtml(text);
    const coded = html.replace(/\{\{(\d{1,2})\}\}/g, (code, number: string) => {
      const gap = gaps[Number(number) - 1];
      return gap === undefined ? code : codeOfGap(gap, write, this.#lose);
    });
    const files = this.#isRich ? this.#files([stem, ...texts].join('\n\n')) : '';
    return element('questiontext', { format: 'html' }, textElement(escapeXml(coded)) + files);
  }
}

function essayParts({ rubric, maxWords }: Extract<LmsBody<string>, { kind: 'essay' }>): readonly string[] {
  const note = element('graderinfo', { format: 'plain_text' }, textElement(escapeXml(noteOfRubric(rubric))));
  const limit = maxWords === null ? [] : [element('maxwordlimit', {}, String(maxWords))];
  return [element('responseformat', {}, 'editor'), note, ...limit];
}

function fileName({ sha256, type }: Media): string {
  return `${sha256.slice(0, 16)}.${EXTENSIONS[type] ?? 'bin'}`;
}
