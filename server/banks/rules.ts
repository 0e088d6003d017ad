/** What a question must be to stand in a bank, and who may give it which status. Pure. */
import type { Problem } from '../../questions/grading.ts';
import { gradings } from '../../questions/kinds/gradings.ts';
import type { Json, Question } from '../../questions/question.ts';
import { cleanText, fold, nfc } from '../../questions/vietnamese.ts';
import type { BankRights, QuestionStatus } from '../contracts/banks.ts';
import type { FieldError } from '../contracts/errors.ts';
import type { JsonValue } from '../contracts/values.ts';

/** What a version of a question holds. */
export type Content = Omit<Question, 'code'>;

/** The same as it comes through a door, where a prompt may be any JSON. */
export type RawContent = Omit<Content, 'prompt' | 'key'> & {
  readonly prompt: JsonValue;
  readonly key: JsonValue;
};

/** The content made fit to be stored, or everything that is wrong with it. */
export type ContentReading =
  | { readonly content: Content; readonly problems: readonly [] }
  | { readonly content: null; readonly problems: readonly FieldError[] };

/** PostgreSQL takes it nowhere. */
const zeroCharacter: FieldError = {
  path: '',
  vi: 'Có ký tự không hợp lệ (mã 0).',
  en: 'There is a character that cannot be stored (0).',
};

/** Text is NFC from here on; the kind's own `check` decides about prompt and key. */
export function readContent(raw: RawContent): ContentReading {
  if (JSON.stringify(raw).includes('\\u0000')) return { content: null, problems: [zeroCharacter] };
  const prompt = normalise(raw.prompt);
  const key = normalise(raw.key);
  const problems = contentProblems(raw.kind, prompt, key);
  if (problems.length > 0 || !hasStem(prompt)) return { content: null, problems };
  const citation = raw.citation === null ? null : tidyCitation(raw.citation);
  const content: Content = {
    kind: raw.kind,
    prompt,
    key,
    explanation: nfc(raw.explanation).trim(),
    citation,
    topic: cleanText(raw.topic),
    difficulty: raw.difficulty,
    tags: [...new Set(raw.tags.map(cleanText))],
    points: raw.points,
  };
  return { content, problems: [] };
}

function tidyCitation(citation: NonNullable<Content['citation']>): NonNullable<Content['citation']> {
  return {
    document: cleanText(citation.document),
    section: cleanText(citation.section),
    source: cleanText(citation.source),
    validity: cleanText(citation.validity),
  };
}

function contentProblems(kind: string, prompt: Json, key: Json): readonly FieldError[] {
  const grading = gradings.get(kind);
  if (grading === undefined)
    return [{ path: 'kind', vi: 'Dạng câu hỏi không có trong danh sách.', en: 'This kind is not known.' }];
  const inPrompt = grading.check(prompt, null);
  if (inPrompt.length > 0) return inPrompt.map((problem) => placed('prompt', problem));
  if (!hasStem(prompt))
    return [{ path: 'prompt.stem', vi: 'Câu hỏi chưa có nội dung.', en: 'The question has no text.' }];
  return grading.check(prompt, key).map((problem) => placed('key', problem));
}

function placed(part: string, { at, vi, en }: Problem): FieldError {
  return { path: at === '' ? part : `${part}.${at}`, vi, en };
}

function hasStem(prompt: Json): prompt is Json & { readonly stem: string } {
  return typeof prompt === 'object' && prompt !== null && 'stem' in prompt && typeof prompt.stem === 'string';
}

/** Every text inside in NFC. */
export function normalise(value: JsonValue): Json {
  if (typeof value === 'string') return nfc(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(normalise);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [nfc(name), normalise(inner)]));
}

/** Stem and code as the search column holds them. */
export function searchText(code: string, stem: string): string {
  return `${fold(stem).trim()} ${fold(code)}`.slice(0, 2000);
}

/** One text for equal contents, whatever the order of their fields. */
export function fingerprint(content: Content): string {
  const { kind, prompt, key, explanation, citation, topic, difficulty, tags, points } = content;
  return JSON.stringify(
    sorted([
      kind,
      prompt,
      key,
      explanation,
      citation === null ? null : { ...citation },
      topic,
      difficulty,
      tags,
      points,
    ]),
  );
}

function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}

/** Who writes also withdraws; only who approves lets a question be drawn. */
export function mayGiveStatus(
  { write, approve }: Pick<BankRights, 'write' | 'approve'>,
  status: QuestionStatus,
): boolean {
  return approve || (status !== 'approved' && write);
}

/** What a changed question is: a new version of one that was approved waits for a reviewer again. */
export function statusAfterEdit(status: QuestionStatus): QuestionStatus {
  return status === 'approved' || status === 'review' ? 'review' : 'draft';
}

/** Why a version cannot be approved; empty when it can. */
export function approvalProblems(
  content: Pick<Content, 'kind' | 'prompt' | 'key' | 'explanation' | 'citation'>,
): readonly FieldError[] {
  const grading = gradings.get(content.kind);
  const isAnswered = grading?.isAnswered !== false;
  const problems: FieldError[] = [];
  if (content.key === null && isAnswered)
    problems.push({ path: 'key', vi: 'Câu hỏi chưa có đáp án.', en: 'The question has no key.' });
  if (content.key !== null)
    problems.push(
      ...(grading?.missing?.(content.prompt, content.key) ?? []).map((one) => placed('key', one)),
    );
  if (content.citation === null && isAnswered)
    problems.push({ path: 'citation', vi: 'Câu hỏi chưa có căn cứ.', en: 'The question has no citation.' });
  return problems;
}
