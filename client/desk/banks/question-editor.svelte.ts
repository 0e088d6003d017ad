/** A question being written: its fields, what is wrong with them, and saving it as a new version of what was seen. */
import {
  type CreateQuestion,
  deskBanks,
  type JsonValue,
  type QuestionForEditor,
  type QuestionStatus,
} from '../../api/desk-banks.ts';
import { type Faults, Submission } from '../../api/submission.svelte.ts';
import { desk } from '../../messages/desk.ts';
import { deskBanks as t } from '../../messages/desk-banks.ts';
import { copied, same } from '../contests/draft.ts';

/** What an editor writes; texts as typed. */
export interface WrittenQuestion {
  kind: string;
  prompt: JsonValue;
  key: JsonValue;
  explanation: string;
  citation: { document: string; section: string; source: string; validity: string };
  topic: string;
  difficulty: '1' | '2' | '3';
  /** Separated by commas. */
  tags: string;
  /** Hundredths. */
  points: number;
}

const levels = { '1': 1, '2': 2, '3': 3 } as const;
/** What a new question of a kind has beside its stem. */
const blankParts: Readonly<Record<string, { readonly [name: string]: JsonValue }>> = {
  choice: { options: ['', '', '', ''], multiple: false },
  numeric: { unit: '' },
  statements: { statements: ['', '', '', ''] },
  matching: { lefts: ['', ''], rights: ['', ''] },
  ordering: { items: ['', '', ''] },
  cloze: { gaps: [] },
  estimate: { unit: '' },
  essay: { maxWords: null },
};
const blankCitation = { document: '', section: '', source: '', validity: '' };

type Said =
  | 'kind'
  | 'prompt'
  | 'key'
  | 'explanation'
  | 'citation'
  | 'topic'
  | 'difficulty'
  | 'tags'
  | 'points';

/** What a form starts with: a question as it is, or an empty one. */
export function writtenOf(question: Pick<QuestionForEditor, Said> | null): WrittenQuestion {
  if (question === null)
    return {
      kind: 'choice',
      prompt: { stem: '', options: ['', '', '', ''], multiple: false },
      key: null,
      explanation: '',
      citation: { ...blankCitation },
      topic: '',
      difficulty: '1',
      tags: '',
      points: 100,
    };
  const { kind, prompt, key, explanation, topic, points, difficulty } = question;
  const citation = { ...blankCitation, ...question.citation };
  const level = difficulty === 1 ? '1' : difficulty === 2 ? '2' : '3';
  return {
    kind,
    prompt,
    key,
    explanation,
    citation,
    topic,
    difficulty: level,
    tags: question.tags.join(', '),
    points,
  };
}

export class QuestionEditor {
  readonly saving = new Submission();
  readonly #bank: string;
  /** As saved; null for one that is new. */
  base = $state.raw<QuestionForEditor | null>(null);
  code = $state('');
  written = $state<WrittenQuestion>(writtenOf(null));
  reason = $state('');
  #left = false;

  readonly dirty = $derived(
    !same(this.written, writtenOf(this.base)) || (this.base === null && this.code !== ''),
  );

  constructor(bank: string, question: QuestionForEditor | null) {
    this.#bank = bank;
    if (question !== null) this.take(question);
  }

  /** Goes on from what is saved. */
  take = (question: QuestionForEditor): void => {
    this.base = question;
    this.code = question.code;
    this.written = writtenOf(question);
    this.reason = '';
    this.saving.clear();
  };

  /** Whether leaving loses something. */
  get guarded(): boolean {
    return this.dirty && !this.#left;
  }

  get isConflict(): boolean {
    return this.saving.problem?.code === 'conflict';
  }

  /** What is wrong at a place. */
  problem = (path: string): string | undefined => this.saving.field(path);

  /** Another kind keeps the stem. */
  setKind(kind: string): void {
    const { prompt } = this.written;
    const stem =
      typeof prompt === 'object' && prompt !== null && 'stem' in prompt && typeof prompt.stem === 'string'
        ? prompt.stem
        : '';
    this.written.kind = kind;
    this.written.key = null;
    this.written.prompt = { stem, ...copied(blankParts[kind] ?? {}) };
  }

  /** Adds the question, or makes a new version of it. */
  async save(): Promise<QuestionForEditor | null> {
    const base = this.base;
    const content = this.content();
    const faults = {
      ...this.faults(content),
      code:
        base !== null || /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/.test(this.code) ? undefined : () => t.codeWrong,
    };
    const done = await this.saving.run(
      () =>
        base === null
          ? deskBanks.addQuestion(this.#bank, { code: this.code, ...content })
          : deskBanks.editQuestion(base.id, {
              expectedVersion: base.version,
              reason: this.reason.trim(),
              ...content,
            }),
      faults,
    );
    if (done === null) return null;
    if (base === null) this.#left = true;
    this.take(done.reply);
    return done.reply;
  }

  /** Somebody made another version: mine becomes the one after it. */
  async overwrite(): Promise<QuestionForEditor | null> {
    const id = this.base?.id;
    if (id === undefined) return null;
    const newest = await this.saving.run(() => deskBanks.question(id));
    if (newest === null) return null;
    this.base = newest.reply;
    return this.save();
  }

  /** Drops what is written. */
  async reload(): Promise<void> {
    const id = this.base?.id;
    if (id === undefined) return;
    const newest = await this.saving.run(() => deskBanks.question(id));
    if (newest !== null) this.take(newest.reply);
  }

  async setStatus(status: QuestionStatus): Promise<boolean> {
    const base = this.base;
    if (base === null) return false;
    const done = await this.saving.run(() => deskBanks.status(base.id, base.version, status));
    if (done !== null) this.take(done.reply);
    return done !== null;
  }

  /** What is missing or no number, by field. */
  faults({ topic, points }: Omit<CreateQuestion, 'code'>): Faults {
    return {
      topic: topic === '' ? () => t.topicMissing : undefined,
      points: Number.isNaN(points) ? () => desk.badNumber : undefined,
    };
  }

  /** What is written, as the doors take it. */
  content(): Omit<CreateQuestion, 'code'> {
    const { kind, prompt, key, explanation, citation, topic, difficulty, tags } = copied(this.written);
    const isCited = Object.values(citation).some((text) => text.trim() !== '');
    const words = tags.split(',').map((tag) => tag.trim());
    return {
      kind,
      prompt,
      key,
      explanation,
      citation: isCited ? citation : null,
      topic: topic.trim(),
      difficulty: levels[difficulty],
      tags: [...new Set(words.filter((tag) => tag !== ''))],
      points: this.written.points,
    };
  }
}
