/** Reads the product's own file. */
import { isRecord, isTexts } from '../../kinds/shapes.ts';
import type { Citation, Difficulty, Json } from '../../question.ts';
import type { Draft } from '../draft.ts';
import type { ReadOptions } from '../format.ts';
import { picturesIn } from '../html-out.ts';
import { bytesOfBase64, MediaShelf } from '../media.ts';
import { sayings } from '../message.ts';
import { openText } from '../open-text.ts';
import { type Reading, ReadingBuilder, type Remarks } from '../reading.ts';
import { LineOf } from '../xml.ts';
import { elementStarts } from './lines.ts';
import { jsonSayings } from './messages.ts';
import { JSON_FORMAT, JSON_VERSION } from './write.ts';

/** The reading of one file. */
export function readJson(bytes: Uint8Array, { progress, take, release }: ReadOptions = {}): Reading {
  const builder = new ReadingBuilder('json', take);
  const text = openText(bytes, builder, release);
  if (text === null) return builder.finish();
  const file = parseFile(text, builder);
  if (file === null) return builder.finish();
  const shelf = new MediaShelf();
  for (const picture of file.media) keepPicture(picture, shelf, builder);
  const starts = elementStarts(text, 'questions');
  const lines = new LineOf(text);
  for (const [index, question] of file.questions.entries()) {
    const [start = 0, next = text.length] = starts.slice(index, index + 2);
    const raw = text.slice(start, next).trimEnd().replace(/,$/, '');
    builder.block({ place: { line: lines.at(start) }, raw }, (remarks) =>
      readQuestion(question, shelf, remarks),
    );
    if (index % 500 === 0) progress?.(index / file.questions.length);
  }
  return builder.finish(shelf.all);
}

interface File {
  readonly questions: readonly unknown[];
  readonly media: readonly unknown[];
}

function parseFile(text: string, builder: ReadingBuilder): File | null {
  const file = parseJson(text, builder);
  if (file === undefined) return null;
  if (!isRecord(file) || file.format !== JSON_FORMAT || !Array.isArray(file.questions)) {
    builder.fail(jsonSayings.other, { line: 1 });
    return null;
  }
  if (typeof file.version !== 'number' || file.version > JSON_VERSION) {
    builder.fail(jsonSayings.newer(file.version), { line: 1 });
    return null;
  }
  return { questions: file.questions, media: Array.isArray(file.media) ? file.media : [] };
}

/** Undefined when the text is no JSON; the builder is told where. */
function parseJson(text: string, builder: ReadingBuilder): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    const position = Number(/position (\d+)/.exec(reason)?.[1] ?? text.length);
    builder.fail(jsonSayings.broken(reason), { line: new LineOf(text).at(position) });
    return undefined;
  }
}

function keepPicture(picture: unknown, shelf: MediaShelf, builder: ReadingBuilder): void {
  if (!isRecord(picture)) {
    builder.about.warn(jsonSayings.picture(''));
    return;
  }
  const { sha256, name, base64 } = picture;
  const shown = typeof name === 'string' ? name : '';
  const bytes = typeof base64 === 'string' ? bytesOfBase64(base64) : null;
  const kept = bytes === null ? null : shelf.keep(bytes, shown);
  if (kept === null || kept !== sha256) builder.about.warn(jsonSayings.picture(shown));
}

function readQuestion(value: unknown, shelf: MediaShelf, remarks: Remarks): Draft | null {
  const fields = new Fields(value, remarks);
  const prompt = fields.prompt();
  const kind = fields.text('kind');
  if (prompt === null || kind === '') return null;
  const draft: Draft = {
    code: fields.text('code'),
    title: '',
    kind,
    prompt,
    key: fields.json('key'),
    explanation: fields.text('explanation'),
    citation: fields.citation(),
    topic: fields.text('topic'),
    difficulty: fields.difficulty(),
    tags: fields.texts('tags'),
    points: fields.number('points'),
  };
  sayMissingPictures(draft, shelf, remarks);
  return draft;
}

function sayMissingPictures({ prompt, explanation }: Draft, shelf: MediaShelf, remarks: Remarks): void {
  if (!('rich' in prompt) || prompt.rich !== true) return;
  for (const sha256 of picturesIn(`${Object.values(prompt).flat().join('\n\n')}\n\n${explanation}`)) {
    if (!shelf.all.has(sha256)) remarks.warn(sayings.imageMissing(sha256.slice(0, 12)));
  }
}

/** One question of the file, believed field by field. */
class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #remarks: Remarks;

  constructor(value: unknown, remarks: Remarks) {
    this.#values = isRecord(value) ? value : {};
    this.#remarks = remarks;
  }

  text(name: string): string {
    const value = this.#values[name];
    if (typeof value === 'string') return value;
    this.#refuse(name);
    return '';
  }

  texts(name: string): readonly string[] {
    const value = this.#values[name];
    if (isTexts(value)) return value;
    this.#refuse(name);
    return [];
  }

  number(name: string): number | null {
    const value = this.#values[name];
    if (typeof value === 'number' && value >= 0) return value;
    this.#refuse(name);
    return null;
  }

  difficulty(): Difficulty | null {
    const value = this.#values.difficulty;
    if (value === 1 || value === 2 || value === 3) return value;
    this.#refuse('difficulty');
    return null;
  }

  citation(): Citation | null {
    const value = this.#values.citation;
    if (value === null) return null;
    if (isCitation(value)) return value;
    this.#refuse('citation');
    return null;
  }

  prompt(): Draft['prompt'] | null {
    const value = this.json('prompt');
    if (isPrompt(value)) return value;
    this.#refuse('prompt');
    return null;
  }

  /** Whatever JSON is there; null when nothing is. */
  json(name: string): Json | null {
    const value = this.#values[name] ?? null;
    return isJson(value) ? value : null;
  }

  #refuse(name: string): void {
    this.#remarks.error(jsonSayings.field(name));
  }
}

function isCitation(value: unknown): value is Citation {
  return (
    isRecord(value) &&
    ['document', 'section', 'source', 'validity'].every((name) => typeof value[name] === 'string')
  );
}

function isPrompt(value: Json): value is Draft['prompt'] {
  return typeof value === 'object' && value !== null && 'stem' in value && typeof value.stem === 'string';
}

/** True for everything that JSON.parse gives. */
function isJson(value: unknown): value is Json {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isJson);
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
