/** What the desk gets to see of banks and questions. */
import type {
  BankCounts,
  BankRights,
  BankSummary,
  QuestionForEditor,
  QuestionSummary,
} from '../contracts/banks.ts';
import type { PooledQuestion } from './pool.ts';
import type { QuestionRow } from './question-row.ts';
import type { ReviewAsked } from './reviews.ts';
import type { QuestionFigures } from './search.ts';
import type { BankRow } from './store.ts';

const NONE: BankSummary['counts'] = { draft: 0, review: 0, approved: 0, retired: 0 };

export function presentBank(
  bank: BankRow,
  counts: BankSummary['counts'] | undefined,
  rights: BankRights,
): BankSummary {
  const { uid, slug, title, description, licence, shipped, practice, archivedAt } = bank;
  return {
    id: uid,
    slug,
    title,
    description,
    licence,
    shipped,
    practice,
    archivedAt,
    counts: counts ?? NONE,
    rights: { ...rights },
  };
}

/** Without text: numbers that a blueprint is made from. */
export function presentCounts(bank: BankRow, questions: readonly PooledQuestion[]): BankCounts {
  const cells = new Map<string, BankCounts['cells'][number]>();
  for (const { topic, kind, difficulty, approved } of questions) {
    const name = JSON.stringify([topic, kind, difficulty]);
    const cell = cells.get(name) ?? { topic, kind, difficulty, approved: 0, all: 0 };
    cell.approved += approved ? 1 : 0;
    cell.all += 1;
    cells.set(name, cell);
  }
  return { bank: bank.uid, cells: [...cells.values()] };
}

export function presentQuestionSummary(
  question: QuestionRow,
  figures: QuestionFigures,
  review: ReviewAsked | null,
): QuestionSummary {
  const { uid, code, status, version, changedAt, content } = question;
  const { kind, topic, difficulty, prompt, tags } = content;
  const { asked, facility, flags } = figures;
  return {
    id: uid,
    code,
    kind,
    topic,
    difficulty,
    status,
    version,
    stem: prompt.stem,
    changedAt,
    tags: [...tags],
    asked,
    facility,
    flags,
    review: status === 'review' ? review : null,
  };
}

interface Version {
  readonly version: number;
  readonly at: number;
  readonly by: string | null;
  readonly reason: string | null;
}

/** With key, explanation and citation: for editors and reviewers alone. `me`: who asks. */
export function presentQuestion(
  question: QuestionRow,
  versions: readonly Version[],
  review: ReviewAsked | null,
  me: number,
): QuestionForEditor {
  const { uid, bankUid, code, status, version, changedAt, changedBy, content } = question;
  return {
    id: uid,
    bank: bankUid,
    code,
    status,
    version,
    ...content,
    tags: [...content.tags],
    changedAt,
    versions: versions.map((one) => ({ ...one, reason: one.reason ?? '' })),
    own: changedBy === me,
    review: status === 'review' ? review : null,
  };
}
