/** Writes GIFT: plain texts as they are, rich ones as HTML, pictures inside it; the rest is declared as lost. */
import type { Question } from '../../question.ts';
import type { WriteOptions, Writing } from '../format.ts';
import { htmlOf } from '../html-out.ts';
import { hasLatex } from '../latex.ts';
import { percentOfShare } from '../lms/choice-marks.ts';
import { lmsOf } from '../lms/from-question.ts';
import { pathOfTopic, topicOfPath } from '../lms/labels.ts';
import type { LmsBody, LmsNumber, LmsOption, LmsPattern, LmsQuestion } from '../lms/question.ts';
import { sayTextLosses, sideOf, stringsOf } from '../lms/text-losses.ts';
import { type LossCode, Losses } from '../losses.ts';
import type { Media } from '../media.ts';
import { looksLikeHtml } from '../rich-html.ts';
import { escapeGift } from './gift-text.ts';
import { KIND } from './text-kind.ts';

/** Writes what GIFT can hold. */
export function writeGift(questions: readonly Question[], { media }: WriteOptions): Writing {
  const losses = new Losses();
  const parts: string[] = [];
  let topic = '';
  for (const [index, question] of questions.entries()) {
    const written = new GiftWriter(question, media, (code) => losses.add(index, code)).written();
    if (written === null) continue;
    if (question.topic !== topic) parts.push(`$CATEGORY: ${pathOfTopic(question.topic)}\n`);
    topic = question.topic;
    parts.push(written);
  }
  return { bytes: new TextEncoder().encode(parts.join('\n')), losses: losses.all };
}

/** A text that begins like a kind of text, or like a comment where it stands on a line of its own. */
const LOOKS_ELSE = new RegExp(`${KIND.source}|^//`, 'i');

const ORDERING = { exact: 'ALL_OR_NOTHING', adjacent: 'RELATIVE_NEXT_EXCLUDE_LAST' };

class GiftWriter {
  readonly #question: Question;
  readonly #media: ReadonlyMap<string, Media>;
  readonly #lose: (code: LossCode) => void;
  readonly #isRich: boolean;

  constructor(question: Question, media: ReadonlyMap<string, Media>, lose: (code: LossCode) => void) {
    this.#question = question;
    this.#media = media;
    this.#lose = lose;
    const { prompt } = question;
    this.#isRich = 'rich' in prompt && prompt.rich === true;
  }

  /** The question with its comment, or null when GIFT has nothing like it. */
  written(): string | null {
    const question = lmsOf(this.#question, this.#lose);
    if (question === null) return null;
    const answers = this.#answers(question.body);
    if (answers === null) {
      this.#lose('omitted');
      return null;
    }
    this.#sayLosses(question);
    const { code, tags, title, stem, explanation, body } = question;
    const names = [`[id:${bracketed(code ?? '')}]`, ...tags.map((tag) => `[tag:${bracketed(tag)}]`)];
    const head = `// ${names.join(' ')}\n::${escapeGift(title)}::${this.#kind()}${this.#text(stem)}`;
    if (body.kind === 'info') return `${head}\n`;
    const told = explanation === '' ? '' : `\n####${this.#text(explanation)}`;
    return `${head} {${answers}${told}}\n`;
  }

  #sayLosses({ body, explanation, tags, topic }: LmsQuestion<string>): void {
    const { points, code } = this.#question;
    const fields: readonly (readonly [boolean, LossCode])[] = [
      [points !== 100, 'points'],
      [code.includes('\\'), 'code'],
      [tags.some((tag) => tag.includes('\\')), 'tags'],
      [topicOfPath(pathOfTopic(topic)) !== topic || topic.includes('\\'), 'topic'],
      [body.kind === 'info' && explanation !== '', 'explanation'],
    ];
    sayTextLosses(this.#question, this.#media, this.#lose);
    for (const [isLost, field] of fields) if (isLost) this.#lose(field);
    const lost = bodyLoss(body);
    if (lost !== null) this.#lose(lost);
    if (body.kind === 'essay' && body.rubric.length > 0) this.#lose('key');
  }

  /** Plain texts that would be taken for HTML, formulas or a kind say that they are plain. */
  #kind(): string {
    if (this.#isRich) return '[html]';
    const looksElse = (text: string) => looksLikeHtml(text) || hasLatex(text);
    const { stem } = this.#question.prompt;
    return KIND.test(stem) || stringsOf(this.#question).some(looksElse) ? '[plain]' : '';
  }

  #text(text: string): string {
    if (!this.#isRich) return `${LOOKS_ELSE.test(text) ? '[plain]' : ''}${escapeGift(text)}`;
    return escapeGift(htmlOf(text, (sha256) => dataAddress(this.#media.get(sha256))));
  }

  /** What stands between the braces; null when GIFT has nothing like it. */
  #answers(body: LmsBody<string>): string | null {
    switch (body.kind) {
      case 'choice':
        return this.#options(body.options, body.single);
      case 'trueFalse':
        return body.right === null ? '~Đúng ~Sai' : body.right ? 'TRUE' : 'FALSE';
      case 'shortText':
        return patterns(body.answers);
      case 'numeric':
        return `#${body.answers.map(numberText).join('')}`;
      case 'matching':
        return this.#pairs(body);
      case 'ordering': {
        const items = body.items.map((item) => this.#text(item));
        return `>${items.length} ALL VERTICAL ${ORDERING[body.scoring]} SHOW none\n${items.join('\n')}\n`;
      }
      case 'cloze':
        return null;
      default:
        return '';
    }
  }

  #options(options: readonly LmsOption<string>[], single: boolean): string {
    const best = Math.max(...options.map(({ fraction }) => fraction));
    const first = single && best > 0 ? options.findIndex(({ fraction }) => fraction === best) : -1;
    const lines = options.map(({ text, fraction, feedback }, i) => {
      const said = this.#text(text);
      const isPlainMark = i === first ? fraction === 1 : fraction === 0;
      const weight = isPlainMark && !said.startsWith('%') ? '' : `%${percentOfShare(fraction)}%`;
      return `\n\t${i === first ? '=' : '~'}${weight}${said}${feedback === '' ? '' : `#${this.#text(feedback)}`}`;
    });
    return `${lines.join('')}\n`;
  }

  #pairs({ pairs }: Extract<LmsBody<string>, { kind: 'matching' }>): string | null {
    const lines = pairs.map(({ left, right }) => {
      const shown = left === null ? '' : this.#text(left);
      if (shown.includes('->')) return null;
      const side = sideOf(right, this.#isRich, this.#lose);
      return `\n\t=${shown} -> ${KIND.test(side) ? '[moodle]' : ''}${escapeGift(side)}`;
    });
    return lines.includes(null) ? null : `${lines.join('')}\n`;
  }
}

/** Patterns are no rich text; those that look like something else say that they are plain. */
function patterns(answers: readonly LmsPattern<string>[]): string | null {
  if (answers.some(({ pattern }) => pattern.includes('->'))) return null;
  if (answers.length === 0) return '=';
  return answers
    .map(({ pattern, fraction }) => {
      const weight = fraction === 1 && !pattern.startsWith('%') ? '' : `%${percentOfShare(fraction)}%`;
      const kind = looksLikeHtml(pattern) || KIND.test(pattern) ? '[plain]' : '';
      return `=${weight}${kind}${escapeGift(pattern)}`;
    })
    .join(' ');
}

function numberText({ accepted, fraction }: LmsNumber<string>): string {
  if (accepted === null) return '';
  const weight = fraction === 1 ? '' : `%${percentOfShare(fraction)}%`;
  const range =
    'value' in accepted ? `${accepted.value}:${accepted.tolerance}` : `${accepted.from}..${accepted.to}`;
  return `\n\t=${weight}${range}`;
}

function bracketed(text: string): string {
  return text.replaceAll(']', '\\]');
}

function dataAddress(media: Media | undefined): string | null {
  if (media === undefined) return null;
  return `data:${media.type};base64,${Buffer.from(media.bytes).toString('base64')}`;
}

/** What GIFT has no sign for. */
function bodyLoss(body: LmsBody<string>): LossCode | null {
  switch (body.kind) {
    case 'choice':
      return !body.single && body.options.every(({ fraction }) => fraction <= 0) ? 'shape' : null;
    case 'trueFalse':
      return body.right === null ? 'kind' : null;
    case 'shortText':
      return body.case ? 'shape' : null;
    case 'numeric':
      return body.unit === '' ? null : 'unit';
    case 'essay':
      return body.maxWords === null ? null : 'shape';
    default:
      return null;
  }
}
