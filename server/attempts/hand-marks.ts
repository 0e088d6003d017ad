/** Answers that people mark: what a closed attempt puts into their queue, and what they gave. Marking itself is `server/marking`. */
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { gradingOf } from '../../questions/kinds/gradings.ts';
import { compile, type Database, type Statement } from '../platform/database/door.ts';
import type { Keys } from '../platform/database/keys.ts';
import { uidAt } from '../platform/uid.ts';
import type { OpenAttempt } from './open-attempt.ts';
import type { QuestionVersion } from './question-version.ts';
import type { MarksByHand, MarksByHandSource } from './result-versions.ts';
import type { Sheet } from './sheet-rules.ts';

interface HandContext {
  readonly database: Database;
  readonly keys: Keys;
}

export class HandMarks implements MarksByHandSource {
  readonly #context: HandContext;

  constructor(context: HandContext) {
    this.#context = context;
  }

  /** The statement that puts the answers of a closing attempt into the queue; none where nothing waits. A blank answer earns 0. */
  async queueing(
    { id: attemptId, roundId }: Pick<OpenAttempt, 'id' | 'roundId'>,
    asked: readonly QuestionVersion[],
    sheet: Sheet,
    queuedAt: number,
  ): Promise<readonly Statement[]> {
    const rows = [];
    for (const [place, version] of asked.entries()) {
      if (gradingOf(version.kind).isMarkedByHand !== true || (sheet.answers[place] ?? null) === null)
        continue;
      const id = await this.#context.keys.next('essays');
      const uid = uidAt(queuedAt);
      rows.push({ id, uid, attemptId, roundId, place, versionId: version.id, state: 'waiting', queuedAt });
    }
    const { essays } = this.#context.database.tables;
    return rows.length === 0 ? [] : [compile(this.#context.database.query.insert(essays).values(rows))];
  }

  /** Some hundreds of attempts at a time. */
  async of(attemptIds: readonly number[]): Promise<ReadonlyMap<number, MarksByHand>> {
    const found = new Map<number, Map<number, number>>();
    if (attemptIds.length === 0) return found;
    const { essays: e } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select({ attemptId: e.attemptId, place: e.place, marks: e.marks })
      .from(e)
      .where(and(inArray(e.attemptId, [...attemptIds]), isNotNull(e.marks)));
    for (const { attemptId, place, marks } of rows) {
      const ofAttempt = found.get(attemptId) ?? new Map<number, number>();
      found.set(attemptId, ofAttempt.set(place, marks ?? 0));
    }
    return found;
  }

  /** What people gave for the answers of one attempt, and whether some of them still wait. */
  async ofOne(attemptId: number): Promise<{ readonly marks: MarksByHand; readonly waits: boolean }> {
    const { essays: e } = this.#context.database.tables;
    const rows = await this.#context.database.query
      .select({ place: e.place, marks: e.marks })
      .from(e)
      .where(eq(e.attemptId, attemptId));
    const marked = rows.flatMap(({ place, marks }) => (marks === null ? [] : [[place, marks] as const]));
    return { marks: new Map(marked), waits: marked.length < rows.length };
  }
}
