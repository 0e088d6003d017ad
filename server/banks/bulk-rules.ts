/** What a change of many questions comes to, question by question: what is done, and what cannot be and why. Pure. */
import type { BulkChange, QuestionStatus } from '../contracts/banks.ts';
import type { QuestionRow } from './question-row.ts';
import { approvalProblems, type Content } from './rules.ts';

export interface Refusal {
  readonly question: QuestionRow;
  readonly vi: string;
  readonly en: string;
}

export interface BulkPlan {
  readonly edits: readonly {
    readonly question: QuestionRow;
    readonly content: Content;
    readonly status: QuestionStatus;
  }[];
  /** Content stays, the status changes. */
  readonly statuses: readonly { readonly question: QuestionRow; readonly status: QuestionStatus }[];
  /** Who is to review them is written too. */
  readonly reviews: readonly QuestionRow[];
  readonly moves: readonly QuestionRow[];
  readonly copies: readonly { readonly question: QuestionRow; readonly code: string }[];
  readonly refused: readonly Refusal[];
}

const TAGS_MOST = 20;
const CODE_MOST = 60;

/** `personId`: who asks; `taken`: codes in use where questions are moved or copied to. */
export function planBulk(
  rows: readonly QuestionRow[],
  change: BulkChange,
  { personId, taken }: { readonly personId: number; readonly taken: ReadonlySet<string> },
): BulkPlan {
  const codes = new Set(taken);
  const plan = {
    edits: [] as BulkPlan['edits'][number][],
    statuses: [] as BulkPlan['statuses'][number][],
    reviews: [] as QuestionRow[],
    moves: [] as QuestionRow[],
    copies: [] as BulkPlan['copies'][number][],
    refused: [] as Refusal[],
  };
  for (const question of rows) {
    const content = contentAfter(question.content, change);
    const why = refusal(question, content, change, { personId, codes });
    if (why !== null) plan.refused.push({ question, ...why });
    else if (change.copyTo !== undefined) {
      const code = freeCode(question.code, codes);
      codes.add(code);
      plan.copies.push({ question, code });
    } else if (change.moveTo !== undefined) {
      codes.add(question.code);
      plan.moves.push(question);
    } else {
      const status = statusAfter(question, content, change);
      if (content !== question.content) plan.edits.push({ question, content, status });
      else if (status !== question.status) plan.statuses.push({ question, status });
      if (change.review !== undefined) plan.reviews.push(question);
    }
  }
  return plan;
}

/** The same object where nothing changes. */
function contentAfter(content: Content, { topic, difficulty, addTag, removeTag }: BulkChange): Content {
  const kept = removeTag === undefined ? content.tags : content.tags.filter((tag) => tag !== removeTag);
  const tags = addTag === undefined || kept.includes(addTag) ? kept : [...kept, addTag];
  const next = {
    ...content,
    topic: topic ?? content.topic,
    difficulty: difficulty ?? content.difficulty,
    tags,
  };
  const isSame =
    next.topic === content.topic &&
    next.difficulty === content.difficulty &&
    tags.length === content.tags.length &&
    tags.every((tag, i) => tag === content.tags[i]);
  return isSame ? content : next;
}

function statusAfter(question: QuestionRow, content: Content, change: BulkChange): QuestionStatus {
  if (change.review !== undefined) return 'review';
  if (change.status !== undefined) return change.status;
  // A changed question is not drawn before somebody looked again.
  return content !== question.content && question.status === 'approved' ? 'review' : question.status;
}

interface Circumstances {
  readonly personId: number;
  readonly codes: ReadonlySet<string>;
}

function refusal(
  question: QuestionRow,
  content: Content,
  change: BulkChange,
  { personId, codes }: Circumstances,
): Omit<Refusal, 'question'> | null {
  if (content.tags.length > TAGS_MOST)
    return { vi: `Đã có đủ ${TAGS_MOST} nhãn.`, en: `It has ${TAGS_MOST} tags already.` };
  if (change.moveTo !== undefined && codes.has(question.code))
    return { vi: 'Ngân hàng kia đã có câu mang mã này.', en: 'The other bank has this code already.' };
  if (change.review !== undefined && question.status === 'approved')
    return {
      vi: 'Câu này đã duyệt; muốn duyệt lại thì trả về nháp trước.',
      en: 'It is approved; take it back to draft to have it reviewed again.',
    };
  if (change.review !== undefined && question.status === 'retired')
    return { vi: 'Câu này đã ngừng dùng.', en: 'It is retired.' };
  if (change.status === 'approved' && question.status !== 'approved')
    return approvalRefusal(question, content, personId);
  return null;
}

function approvalRefusal(
  question: QuestionRow,
  content: Content,
  personId: number,
): Omit<Refusal, 'question'> | null {
  if (content !== question.content)
    return {
      vi: 'Sửa và duyệt phải là hai người, hai bước.',
      en: 'Changing and approving are two steps, by two people.',
    };
  if (question.changedBy === personId)
    return {
      vi: 'Bạn viết phiên bản này nên người khác phải duyệt.',
      en: 'You wrote this version; another person approves it.',
    };
  const [problem] = approvalProblems(content);
  return problem === undefined ? null : { vi: problem.vi, en: problem.en };
}

/** The code itself, or with the next free number behind it. */
export function freeCode(code: string, taken: ReadonlySet<string>): string {
  if (!taken.has(code)) return code;
  for (let n = 2; ; n += 1) {
    const ending = `-${n}`;
    const next = `${code.slice(0, CODE_MOST - ending.length)}${ending}`;
    if (!taken.has(next)) return next;
  }
}
