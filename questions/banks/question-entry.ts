/**
 * One question of a bank file, turned into the prompt and key of its kind.
 * The file's words for kinds are the ones people use (one, several, text, number); the product's are in `questions/kinds`.
 */
import type { Citation, Difficulty, Json, Question } from '../question.ts';
import { type BankDocument, citeDocument } from './bank-file.ts';
import type { Entry } from './entry.ts';

/** What the head of the file offers to its questions. */
export interface Head {
  readonly documents: Readonly<Record<string, BankDocument>>;
  /** Short id → where a fact was read: an address or a publication. */
  readonly sources: Readonly<Record<string, string>>;
}

/** Kind, prompt and key of one question. */
type Body = Pick<Question, 'kind' | 'prompt' | 'key'>;

const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
const SHARED_FIELDS = ['code', 'kind', 'topic', 'level', 'stem', 'explanation', 'citation', 'tags'];

const readers: ReadonlyMap<string, (entry: Entry) => Body> = new Map(
  Object.entries({
    one: (entry: Entry) => readChoice(entry, false),
    several: (entry: Entry) => readChoice(entry, true),
    trueFalse: readTrueFalse,
    text: readText,
    number: readNumber,
  }),
);

/** Reads a question; everything wrong is reported through `entry`, and null stands for a kind that is not known. */
export function readQuestion(entry: Entry, head: Head): Question | null {
  const kind = entry.text('kind');
  const read = readers.get(kind);
  if (read === undefined) {
    const known = [...readers.keys()].join(', ');
    entry.report('kind', `không có dạng "${kind}"; các dạng: ${known}`, `"${kind}" is not one of ${known}`);
    return null;
  }
  return {
    code: entry.code,
    ...read(entry),
    explanation: entry.text('explanation'),
    citation: readCitation(entry.entry('citation'), head),
    topic: entry.text('topic'),
    difficulty: readLevel(entry),
    tags: entry.has('tags') ? entry.texts('tags') : [],
    points: 100,
  };
}

function readLevel(entry: Entry): Difficulty {
  const level = entry.number('level');
  if (level === 1 || level === 2 || level === 3) return level;
  entry.report('level', 'phải là 1, 2 hoặc 3', 'must be 1, 2 or 3');
  return 1;
}

function readChoice(entry: Entry, multiple: boolean): Body {
  entry.allowOnly([...SHARED_FIELDS, 'options', 'right']);
  const options = entry.entry('options');
  const letters = options.names();
  if (letters.length < 2 || letters.some((letter, index) => letter !== LETTERS[index])) {
    entry.report('options', 'phải được đánh chữ lần lượt A, B, C…', 'must be lettered A, B, C… in order');
  }
  const right = entry.texts('right');
  for (const letter of right) {
    if (!letters.includes(letter)) {
      entry.report(
        'right',
        `trỏ tới phương án không có: ${letter}`,
        `points at an option that is not there: ${letter}`,
      );
    }
  }
  if (new Set(right).size !== right.length)
    entry.report('right', 'nêu một chữ hai lần', 'names a letter twice');
  if (multiple ? right.length < 2 : right.length !== 1) {
    entry.report(
      'right',
      multiple ? 'phải có từ hai chữ trở lên' : 'phải có đúng một chữ',
      multiple ? 'must have two letters or more' : 'must have exactly one letter',
    );
  }
  return {
    kind: 'choice',
    prompt: { stem: entry.text('stem'), options: letters.map((letter) => options.text(letter)), multiple },
    key: { right: indices(right, letters), scoring: 'allOrNothing' },
  };
}

function indices(right: readonly string[], letters: readonly string[]): readonly Json[] {
  return right.map((letter) => letters.indexOf(letter)).sort((a, b) => a - b);
}

function readTrueFalse(entry: Entry): Body {
  entry.allowOnly([...SHARED_FIELDS, 'right']);
  return { kind: 'trueFalse', prompt: { stem: entry.text('stem') }, key: { right: entry.truth('right') } };
}

function readText(entry: Entry): Body {
  entry.allowOnly([...SHARED_FIELDS, 'accept', 'accents', 'case']);
  const accept = entry.texts('accept');
  if (accept.length === 0)
    entry.report('accept', 'phải có ít nhất một cách trả lời', 'must have at least one answer');
  return {
    kind: 'shortText',
    prompt: { stem: entry.text('stem') },
    key: { accept, accents: entry.truth('accents', false), case: entry.truth('case', false) },
  };
}

function readNumber(entry: Entry): Body {
  entry.allowOnly([...SHARED_FIELDS, 'value', 'tolerance', 'unit']);
  const tolerance = entry.has('tolerance') ? entry.number('tolerance') : 0;
  if (tolerance < 0) entry.report('tolerance', 'không được âm', 'must not be negative');
  return {
    kind: 'numeric',
    prompt: { stem: entry.text('stem'), unit: entry.optionalText('unit') },
    key: { value: entry.number('value'), tolerance },
  };
}

function readCitation(entry: Entry, head: Head): Citation {
  entry.allowOnly(['document', 'section', 'source', 'validity']);
  const documentId = entry.text('document');
  const document = named(head.documents, documentId);
  if (document === undefined) {
    entry.report(
      'document',
      `không có văn bản "${documentId}" ở đầu tệp`,
      `"${documentId}" is not in the head`,
    );
  }
  return {
    document: document === undefined ? '' : citeDocument(document),
    section: entry.optionalText('section'),
    source: readSource(entry, head),
    validity: entry.text('validity'),
  };
}

/** What the file itself names so; never what every object inherits. */
function named<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** One short id or several; where several publications agree, all of them are named. */
function readSource(entry: Entry, head: Head): string {
  const ids = entry.texts('source');
  if (ids.length === 0) entry.report('source', 'còn thiếu', 'is missing');
  const sources = ids.map((id) => {
    const source = named(head.sources, id);
    if (source === undefined) {
      entry.report('source', `không có nguồn "${id}" ở đầu tệp`, `"${id}" is not in the head`);
    }
    return source ?? '';
  });
  return sources.join('; ');
}
