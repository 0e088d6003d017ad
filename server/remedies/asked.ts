/** Question versions that rounds of a contest may have asked: found by their words, and shown with their key to whoever rules over them. */
import { and, asc, desc, eq, inArray, like } from 'drizzle-orm';
import { fold } from '../../questions/vietnamese.ts';
import type { Organising } from '../contests/desk.ts';
import type { Context } from '../context.ts';
import type { AskedList, AskedQuestion, AskedWithKey } from '../contracts/remedies.ts';
import { appendAudit } from '../platform/audit.ts';
import { AppError } from '../platform/errors.ts';
import type { AskedVersion, RemedyStore } from './store.ts';

/** A contest with the banks that its rounds draw from. */
export interface ContestWithBanks {
  readonly uid: string;
  readonly rounds: readonly {
    readonly settings: {
      readonly blueprint: { readonly cells: readonly { readonly banks: readonly string[] }[] };
    };
  }[];
}

/** Questions a search gives. */
const FOUND = 20;
const SEARCH_LIMIT_MS = 5000;

export class Asked {
  readonly #context: Pick<Context, 'database' | 'secrets' | 'clock'>;
  readonly #store: RemedyStore;

  constructor(context: Pick<Context, 'database' | 'secrets' | 'clock'>, store: RemedyStore) {
    this.#context = context;
    this.#store = store;
  }

  /** All versions of the questions that fit what was typed, each question's newest first. */
  async search(contest: ContestWithBanks, typed: string): Promise<AskedList> {
    const { database } = this.#context;
    const { banks: b, questions: q, questionVersions: v } = database.tables;
    const words = fold(typed)
      .replace(/[%_\\]/g, ' ')
      .trim()
      .split(/\s+/)
      .filter(Boolean);
    const found = database.query
      .selectDistinct({ id: q.id })
      .from(v)
      .innerJoin(q, eq(q.id, v.questionId))
      .innerJoin(b, eq(b.id, q.bankId))
      .where(and(inArray(b.uid, banksOf(contest)), ...words.map((word) => like(v.folded, `%${word}%`))))
      .orderBy(asc(q.id))
      .limit(FOUND);
    const ids: number[] = [];
    for await (const rows of database.scan(found, { timeLimitMs: SEARCH_LIMIT_MS }))
      for (const [id] of rows) ids.push(Number(id));
    return { questions: (await this.#versionsOf(ids)).map(presentAsked) };
  }

  async #versionsOf(questionIds: readonly number[]): Promise<readonly AskedVersion[]> {
    if (questionIds.length === 0) return [];
    const { questionVersions: v } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select({ id: v.id })
      .from(v)
      .where(inArray(v.questionId, [...questionIds]))
      .orderBy(asc(v.questionId), desc(v.version));
    const versions = new Map(
      (await this.#store.askedByIds(rows.map(({ id }) => id))).map((one) => [one.versionId, one]),
    );
    return rows.flatMap(({ id }) => versions.get(id) ?? []);
  }

  /** With its key; that somebody read it is logged. Throws `notFound` for a question of another contest's banks. */
  async withKey(
    contest: ContestWithBanks,
    question: string,
    version: number,
    by: Organising,
  ): Promise<AskedWithKey> {
    const asked = await this.#store.asked(question, version);
    const { banks: b, questions: q, questionKeys: k } = this.#context.database.tables;
    const [row] = await this.#context.database.query
      .select({ bank: b.uid, key: k.key, explanation: k.explanation, citation: k.citation })
      .from(q)
      .innerJoin(b, eq(b.id, q.bankId))
      .innerJoin(k, eq(k.versionId, asked?.versionId ?? 0))
      .where(eq(q.uid, question));
    if (asked === null || row === undefined || !banksOf(contest).includes(row.bank))
      throw new AppError('notFound');
    await appendAudit(this.#context, {
      actor: by.who.uid,
      action: 'question.keySeen',
      subject: `contest:${contest.uid}`,
      details: { question, version },
      address: by.address,
    });
    const { kind, prompt } = asked;
    const { key, explanation, citation } = row;
    return { question, version, kind, prompt, key, explanation, citation };
  }
}

function banksOf({ rounds }: ContestWithBanks): string[] {
  return [
    ...new Set(rounds.flatMap(({ settings }) => settings.blueprint.cells.flatMap(({ banks }) => banks))),
    // Never empty: a list in SQL has a member.
    '',
  ];
}

function presentAsked({
  question,
  version,
  outdated,
  kind,
  prompt,
  topic,
  code,
}: AskedVersion): AskedQuestion {
  return { question, version, outdated, kind, stem: prompt.stem, topic, code };
}
