/**
 * What the bank knows of the blocks of a file: the same question by its code (unchanged, corrected, or another one that
 * happens to have the name), and questions anywhere that ask the same.
 */
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Context } from '../../context.ts';
import type { QuestionRow } from '../question-row.ts';
import type { BankStore } from '../store.ts';
import type { BlockRow } from './block-row.ts';
import type { MatchedRow, Twin } from './block-store.ts';
import { hashOf, mayBeSame, otherCode } from './draft-rules.ts';
import type { Fate } from './store.ts';

/** Twins that are named with a block. */
const TWINS_MOST = 5;

type Matched = Pick<MatchedRow, 'fate' | 'questionId' | 'versionId' | 'code'>;
type Compared = Pick<BlockRow, 'code' | 'hash' | 'likeness' | 'stem'>;

export class Matching {
  readonly #database: Context['database'];
  readonly #banks: BankStore;
  readonly #bankId: number;

  constructor(database: Context['database'], banks: BankStore, bankId: number) {
    this.#database = database;
    this.#banks = banks;
    this.#bankId = bankId;
  }

  /** A few rows at a time. `hash` of a row is that of the content as the file has it. */
  async match(rows: readonly BlockRow[]): Promise<readonly MatchedRow[]> {
    const drafts = rows.filter(({ draft }) => draft !== null);
    const codes = drafts.flatMap(({ code, likeness }) => [code, otherCode(code, likeness)]);
    const known = await this.#banks.byCodes(this.#bankId, codes);
    const imported = await this.#importedHashes([...known.values()].map(({ id }) => id));
    const twins = await this.#twins(drafts.map(({ likeness }) => likeness));
    return rows.map((row) => {
      if (row.draft === null) return { ...row, fate: 'none', questionId: null, versionId: null, twins: [] };
      const matched = fateOf(row, known, imported);
      const asking = (twins.get(row.likeness) ?? [])
        .filter(({ id }) => id !== matched.questionId)
        .map(({ twin }) => twin);
      const own: readonly Twin[] = row.sameAs === null ? asking : [{ block: row.sameAs }, ...asking];
      const flags = own.length === 0 ? row.flags : `${row.flags}twin `;
      const fate = row.outcome === 'imported' || row.outcome === 'warned' ? matched.fate : 'none';
      return { ...row, ...matched, fate, flags, twins: own.slice(0, TWINS_MOST) };
    });
  }

  /** What the file that a question came from said last: question → hash. */
  async #importedHashes(questionIds: readonly number[]): Promise<ReadonlyMap<number, string>> {
    if (questionIds.length === 0) return new Map();
    const { importQuestions: t } = this.#database.tables;
    const rows = await this.#database.query
      .select({ questionId: t.questionId, hash: t.hash })
      .from(t)
      .where(inArray(t.questionId, [...questionIds]))
      .orderBy(desc(t.importId));
    const hashes = new Map<number, string>();
    for (const { questionId, hash } of rows) if (!hashes.has(questionId)) hashes.set(questionId, hash);
    return hashes;
  }

  /** Questions in banks by their likeness. */
  async #twins(
    likenesses: readonly string[],
  ): Promise<ReadonlyMap<string, readonly { id: number; twin: Twin }[]>> {
    const wanted = [...new Set(likenesses)].filter((likeness) => likeness !== '');
    const found = new Map<string, { id: number; twin: Twin }[]>();
    if (wanted.length === 0) return found;
    const { questions, questionVersions: versions, banks } = this.#database.tables;
    const rows = await this.#database.query
      .select({
        likeness: versions.likeness,
        id: questions.id,
        question: questions.uid,
        code: questions.code,
        bank: banks.uid,
        title: banks.title,
      })
      .from(versions)
      .innerJoin(
        questions,
        and(eq(questions.id, versions.questionId), eq(questions.currentVersionId, versions.id)),
      )
      .innerJoin(banks, eq(banks.id, questions.bankId))
      .where(inArray(versions.likeness, wanted))
      .limit(wanted.length * TWINS_MOST);
    for (const { likeness, id, ...twin } of rows) {
      const others = found.get(likeness) ?? [];
      others.push({ id, twin });
      found.set(likeness, others);
    }
    return found;
  }
}

function fateOf(
  row: Compared,
  known: ReadonlyMap<string, QuestionRow>,
  imported: ReadonlyMap<number, string>,
): Matched {
  const own = compared(row, row.code, known, imported);
  if (own !== null) return own;
  const code = otherCode(row.code, row.likeness);
  return compared(row, code, known, imported) ?? { fate: 'new', questionId: null, versionId: null, code };
}

/** Null: the name belongs to a question that asks something else. */
function compared(
  row: Compared,
  code: string,
  known: ReadonlyMap<string, QuestionRow>,
  imported: ReadonlyMap<number, string>,
): Matched | null {
  const question = known.get(code);
  if (question === undefined)
    return code === row.code ? { fate: 'new', questionId: null, versionId: null, code } : null;
  const isSame = imported.get(question.id) === row.hash || hashOf(question.content) === row.hash;
  const fate: Fate = isSame ? 'same' : 'changed';
  if (!isSame && !mayBeSame(question.content.prompt.stem, row.stem)) return null;
  return { fate, questionId: question.id, versionId: question.versionId, code };
}
