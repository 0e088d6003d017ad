/** A seeded contest with closed attempts behind a whole server, and what its results should be by the slow, obvious way. */
import { gradingOf } from '../../../questions/kinds/gradings.ts';
import type { Json } from '../../../questions/question.ts';
import { paperOf } from '../../../server/attempts/papers.ts';
import { unpackSheet } from '../../../server/attempts/sheet-rules.ts';
import { MovableClock } from '../../../server/platform/clock.ts';
import { type Seeded, type SeedOptions, seed } from '../../bench/seed.ts';
import { startServer, type TestServer } from '../../harness/app.ts';
import { Visitor } from '../../harness/visitor.ts';

/** How one question version is marked in the obvious way. */
export type ObviousRuling = { readonly keys: readonly Json[] } | { readonly all: 'full' | 'void' };

export interface NewestResult {
  readonly marks: number;
  readonly rightCount: number;
  readonly counts: number;
}

export class RemedyWorld {
  readonly server: TestServer;
  readonly seeded: Seeded;
  readonly admin: Visitor;

  constructor(server: TestServer, seeded: Seeded, admin: Visitor) {
    this.server = server;
    this.seeded = seeded;
    this.admin = admin;
  }

  get #database() {
    return this.server.context.database;
  }

  /** Of the contest, at the organisers' doors. */
  get door(): string {
    return `/api/desk/contests/${this.seeded.contest.uid}`;
  }

  /** A question of one right option out of four that the first paper asks: its version and key. */
  async question() {
    const { attempts, questions, questionVersions, questionKeys } = this.#database.tables;
    const { query } = this.#database;
    const rows = await query.select({ paper: attempts.paper, roundId: attempts.roundId }).from(attempts);
    const first = rows.find(({ roundId }) => roundId === this.seeded.earlier.id);
    const asked = new Set(paperOf(first?.paper ?? '').questions.map(({ versionId }) => versionId));
    const all = await query.select().from(questionVersions);
    const version = all.find(
      ({ id, kind, prompt }) => asked.has(id) && kind === 'choice' && !isMultiple(prompt),
    );
    const keys = await query.select().from(questionKeys);
    const key = keys.find(({ versionId }) => versionId === version?.id)?.key ?? null;
    const uids = await query.select({ id: questions.id, uid: questions.uid }).from(questions);
    const uid = uids.find(({ id }) => id === version?.questionId)?.uid;
    if (version === undefined || uid === undefined) throw new Error('no such question');
    return {
      uid,
      version: version.version,
      versionId: version.id,
      right: rightOf(key),
      prompt: version.prompt,
    };
  }

  /** The newest version of every result. */
  async newest(): Promise<ReadonlyMap<number, NewestResult>> {
    const { results } = this.#database.tables;
    const rows = await this.#database.query
      .select()
      .from(results)
      .orderBy(results.attemptId, results.version);
    return new Map(
      rows.map(({ attemptId, marks, rightCount, counts }) => [attemptId, { marks, rightCount, counts }]),
    );
  }

  /** What every closed attempt of the earlier round is worth, marked question by question. */
  async fromScratch(rulings: ReadonlyMap<number, ObviousRuling>): Promise<ReadonlyMap<number, NewestResult>> {
    const { attempts, questionVersions, questionKeys } = this.#database.tables;
    const { query } = this.#database;
    const versions = new Map((await query.select().from(questionVersions)).map((row) => [row.id, row]));
    const keys = new Map((await query.select().from(questionKeys)).map((row) => [row.versionId, row.key]));
    const worth = new Map<number, NewestResult>();
    for (const { id, state, paper, sheet } of await query.select().from(attempts)) {
      if (state === 1 || sheet === null) continue;
      const { answers } = unpackSheet(sheet);
      let [marks, rightCount] = [0, 0];
      paperOf(paper).questions.forEach(({ versionId, order }, i) => {
        const version = versions.get(versionId);
        if (version === undefined) throw new Error('a version is gone');
        const ruling = rulings.get(versionId) ?? { keys: [keys.get(versionId) ?? null] };
        if ('all' in ruling) {
          marks += ruling.all === 'full' ? version.points : 0;
          rightCount += 1;
          return;
        }
        const shares = ruling.keys.map((key) =>
          gradingOf(version.kind).grade(version.prompt, key, answers[i] ?? null, order),
        );
        marks += Math.round(version.points * Math.max(...shares));
        if (Math.max(...shares) === 1) rightCount += 1;
      });
      worth.set(id, { marks, rightCount, counts: state === 4 ? 0 : 1 });
    }
    return worth;
  }

  /** Decides a remedy and waits until its work is done. */
  async apply(kind: string, details: object, more: object = {}) {
    const body = { id: crypto.randomUUID(), kind, details, reason: 'đáp án in sai trong tài liệu', ...more };
    const reply = await this.admin.post(`${this.door}/remedies`, body);
    if (reply.status !== 200) throw new Error(`not applied: ${reply.text}`);
    await this.worked();
    return { ...reply.body, sent: body };
  }

  async worked(): Promise<void> {
    await this.server.app.remedies.regrader.wake();
    await this.server.app.boards.boards.catchUp();
  }
}

function isMultiple(prompt: object): boolean {
  return Reflect.get(prompt, 'multiple') === true;
}

function rightOf(key: Json | null): number {
  const right: unknown = typeof key === 'object' && key !== null ? Reflect.get(key, 'right') : null;
  return Array.isArray(right) ? Number(right[0]) : -1;
}

/** Seeds a database and starts a server on it, with an admin. */
export async function openRemedyWorld(location: string, options: SeedOptions): Promise<RemedyWorld> {
  const seeded = await seed(location, options);
  const server = await startServer(location, {}, new MovableClock());
  const admin = await new Visitor(server).register();
  await admin.become('admin', 'organiser');
  await server.app.boards.settling.settle();
  await server.app.boards.boards.refresh();
  return new RemedyWorld(server, seeded, admin);
}
