/** Reads Moodle XML: `<quiz>` with a `<question>` for each question and each category. */
import { cleanText } from '../../vietnamese.ts';
import type { Draft } from '../draft.ts';
import type { ReadOptions } from '../format.ts';
import { type FoundText, joinFound, noText } from '../found-text.ts';
import { topicOfPath } from '../lms/labels.ts';
import { numberOf } from '../lms/numbers.ts';
import type { LmsQuestion } from '../lms/question.ts';
import { draftOf } from '../lms/to-draft.ts';
import { bytesOfBase64, MediaShelf } from '../media.ts';
import { sayings } from '../message.ts';
import { openText } from '../open-text.ts';
import { Ignored, type Reading, ReadingBuilder, type Remarks } from '../reading.ts';
import { LineOf, readXml, type XmlElement, type XmlError } from '../xml.ts';
import { filesOf, MoodleElement } from './fields.ts';
import { readers } from './kinds.ts';
import { moodleSayings } from './messages.ts';

/** The reading of one file. */
export function readMoodleXml(bytes: Uint8Array, { progress, take, release }: ReadOptions = {}): Reading {
  const builder = new ReadingBuilder('moodle-xml', take);
  const text = openText(bytes, builder, release);
  if (text === null) return builder.finish();
  const reader = new FileReader(text, builder, progress);
  reader.read();
  return builder.finish(reader.shelf.all);
}

/** After an error reading goes on with the next question: the error is told, and costs no more than it must. */
const NEXT_QUESTION = /<question[\s>]/g;
/** So often at most: each time the rest of the file is read anew. */
const ERRORS_MAX = 50;
/** Base64 in raw texts is of no use to anybody. */
const PACKED_FILE = /(<(?:file|image_base64)\b[^<>]*>)[^<]{100,}/g;

class FileReader {
  readonly shelf = new MediaShelf();
  readonly #text: string;
  readonly #builder: ReadingBuilder;
  readonly #progress: ((share: number) => void) | undefined;
  readonly #lines: LineOf;
  #topic = '';
  /** Behind the last complete question. */
  #read = 0;
  #count = 0;

  constructor(text: string, builder: ReadingBuilder, progress: ((share: number) => void) | undefined) {
    this.#text = text;
    this.#builder = builder;
    this.#progress = progress;
    this.#lines = new LineOf(text);
  }

  read(): void {
    let error = this.#readFrom(Math.max(0, this.#text.search(/\S/)), null);
    for (let errors = 1; error !== null; errors++) {
      const said = moodleSayings.broken(error.reason, error.line, error.column);
      this.#builder.fail(said, { line: error.line, column: error.column });
      const next = this.#bookBroken(error);
      error = next === null || errors > ERRORS_MAX ? null : this.#readFrom(next, 'quiz');
    }
  }

  #readFrom(from: number, within: string | null): XmlError | null {
    return readXml(this.#text, from, within, {
      root: (name) => {
        if (name !== 'quiz') this.#builder.fail(moodleSayings.notMoodle(name), { line: 1 });
      },
      child: (element, end) => this.#child(element, end),
      entity: () => this.#builder.about.warn(moodleSayings.entity),
    });
  }

  /** Puts the question in which XML broke into quarantine; gives the start of the next one. */
  #bookBroken({ reason, line, column, position }: XmlError): number | null {
    const starts = [...this.#text.slice(this.#read).matchAll(NEXT_QUESTION)].map(
      ({ index }) => index + this.#read,
    );
    const broken = starts.findLast((start) => start < position);
    const next = starts.find((start) => start >= position) ?? null;
    if (broken === undefined) return next;
    const source = {
      place: { line: this.#lines.at(broken) },
      raw: rawOf(this.#text.slice(broken, next ?? undefined)),
    };
    this.#builder.block(source, (remarks) => {
      remarks.error(moodleSayings.broken(reason, line, column), { line, column });
      return null;
    });
    this.#read = next ?? this.#text.length;
    return next;
  }

  #child(element: XmlElement, end: number): void {
    const source = {
      place: { line: this.#lines.at(element.start) },
      raw: rawOf(this.#text.slice(element.start, end)),
    };
    this.#builder.block(source, (remarks) => this.#readBlock(element, remarks));
    this.#read = end;
    this.#count += 1;
    if (this.#count % 200 === 0) this.#progress?.(end / this.#text.length);
  }

  #readBlock(element: XmlElement, remarks: Remarks): Draft | Ignored | null {
    if (element.name !== 'question') return new Ignored(moodleSayings.elementUnknown(element.name));
    const type = element.attributes.type ?? '';
    const files = filesOf(element, this.shelf, remarks);
    const question = new MoodleElement(element, { shelf: this.shelf, remarks, files });
    if (type === 'category') {
      this.#topic = topicOfPath(question.line('category'));
      return new Ignored(moodleSayings.category(this.#topic));
    }
    const found = this.#readQuestion(type, question);
    return found === null ? null : draftOf(found, remarks);
  }

  #readQuestion(type: string, question: MoodleElement): LmsQuestion<FoundText> | null {
    const read = readers.get(type);
    if (read === undefined) {
      question.remarks.error(sayings.kindUnknown(type));
      return null;
    }
    sayWhatIsLeft(question);
    const grade = numberOf(question.line('defaultgrade') || question.line('grade'));
    const { stem, body } = read(question);
    return {
      body,
      stem: joinFound([stem, oldPicture(question)]),
      code: question.line('idnumber') || null,
      title: question.line('name'),
      explanation: question.field('generalfeedback'),
      topic: this.#topic,
      tags: (question.first('tags')?.all('tag') ?? []).map((tag) => cleanText(tag.raw)),
      points: grade === null ? null : Math.round(grade * 100),
    };
  }
}

function rawOf(text: string): string {
  return text.replace(PACKED_FILE, '$1…');
}

const COMBINED = ['correctfeedback', 'partiallycorrectfeedback', 'incorrectfeedback'];

function sayWhatIsLeft(question: MoodleElement): void {
  if (COMBINED.some((name) => question.line(name) !== ''))
    question.remarks.note(moodleSayings.combinedFeedback);
  if (question.all('hint').some((hint) => hint.raw.trim() !== '')) question.remarks.note(moodleSayings.hints);
  if (question.isOn('hidden')) question.remarks.warn(moodleSayings.hidden);
}

/** Moodle 1 had one picture a question, beside its text. */
function oldPicture(question: MoodleElement): FoundText {
  const name = question.line('image');
  const bytes = bytesOfBase64(question.first('image_base64')?.raw ?? '');
  if (name === '' || bytes === null) return noText;
  const media = question.context.shelf.keep(bytes, name);
  if (media === null) question.remarks.warn(sayings.mediaRefused(name));
  const children = [{ type: 'image', alt: '', media: media ?? '' } as const];
  return media === null ? noText : { plain: null, tree: [{ type: 'paragraph', children }] };
}
