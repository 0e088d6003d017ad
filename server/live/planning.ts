/** From settings to what is played: questions are looked up or drawn, and everything wrong is told with its place. */
import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import { gradings } from '../../questions/kinds/gradings.ts';
import type { Json } from '../../questions/question.ts';
import { drawPaper } from '../attempts/draw-rules.ts';
import type { BankPools } from '../banks/pool.ts';
import type { FieldError } from '../contracts/errors.ts';
import type { LiveSettings, LiveStage } from '../contracts/live.ts';
import type { LiveQuestion } from '../contracts/live-stages.ts';
import type { Database } from '../platform/database/door.ts';
import type { PlannedStage } from './machine/events.ts';
import { isTooLong } from './stages/bank-stages.ts';
import type { PlannedItem, Stage } from './stages/stage.ts';
import { stages } from './stages/stage-registry.ts';

interface Plan {
  readonly plan: readonly PlannedStage[];
  readonly problems: readonly FieldError[];
}

interface KnownQuestion {
  readonly uid: string;
  readonly versionId: number;
  readonly kind: string;
  readonly prompt: Json;
  readonly hasKey: boolean;
}

const problem = (path: string, vi: string, en: string): FieldError => ({ path, vi, en });

export class Planning {
  readonly #database: Database;
  readonly #pools: BankPools;

  constructor(database: Database, pools: BankPools) {
    this.#database = database;
    this.#pools = pools;
  }

  /** `seed`: 16 hexadecimal digits, for what is drawn. */
  async plan(settings: LiveSettings, seed: string): Promise<Plan> {
    const plan: PlannedStage[] = [];
    const problems: FieldError[] = [...settingsProblems(settings)];
    for (const [i, stage] of settings.stages.entries()) {
      const planned = await this.#stage(stage, seed, i);
      problems.push(...planned.problems.map((one) => ({ ...one, path: `stages.${i}.${one.path}` })));
      if (planned.plan !== null) plan.push(planned.plan);
    }
    return { plan, problems };
  }

  async #stage(
    { kind, title, settings }: LiveStage,
    seed: string,
    index: number,
  ): Promise<{ readonly plan: PlannedStage | null; readonly problems: readonly FieldError[] }> {
    const stage = stages.get(kind);
    if (stage === undefined)
      return { plan: null, problems: [problem('kind', 'Không có loại phần thi này.', 'No such stage.')] };
    // As the log will hold it: members that JSON leaves out are gone.
    const given: Json = JSON.parse(JSON.stringify(settings));
    if (!stage.fits(given)) {
      const unfit = problem('settings', 'Thiết lập của phần thi chưa đúng.', 'These settings are not valid.');
      return { plan: null, problems: [unfit] };
    }
    const own = stage.problems(given).map((one) => ({ ...one, path: `settings.${one.path}` }));
    const drawn = await this.#items(
      stage,
      given,
      `${seed.slice(0, 14)}${index.toString(16).padStart(2, '0')}`,
    );
    const items = stage.items(given, drawn.items);
    return { plan: { kind, title, settings: given, items }, problems: [...own, ...drawn.problems] };
  }

  async #items(stage: Stage, settings: Json, seed: string) {
    const needs = stage.bank(settings);
    const items: PlannedItem[] = [];
    const problems: FieldError[] = [];
    if (needs === null) return { items, problems };
    const { questions, blueprint, final } = needs;
    const chosen = final === null ? questions : [...questions, final];
    const known = await this.#byUid(chosen.map(({ question }) => question));
    for (const [i, question] of questions.entries()) {
      const one = itemOf(stage, question, known.get(question.question), false);
      if ('path' in one) problems.push({ ...one, path: `settings.questions.${i}` });
      else items.push(one);
    }
    if (questions.length === 0 && blueprint !== null && blueprint.cells.length > 0) {
      const drawn = await this.#draw(stage, blueprint, seed);
      items.push(...drawn.items);
      problems.push(...drawn.problems);
    }
    if (final !== null) {
      const one = itemOf(stage, final, known.get(final.question), true);
      if ('path' in one) problems.push({ ...one, path: 'settings.final' });
      else items.push(one);
    }
    return { items, problems };
  }

  async #draw(stage: Stage, blueprint: NonNullable<ReturnType<Stage['bank']>>['blueprint'], seed: string) {
    if (blueprint === null) return { items: [], problems: [] };
    const cells = blueprint.cells.map((cell) => ({
      ...cell,
      kinds: cell.kinds.length === 0 ? [...stage.questionKinds] : cell.kinds,
    }));
    const pool = await this.#pools.pool(
      cells.flatMap(({ banks }) => banks),
      blueprint.approvedOnly,
    );
    const paper = drawPaper(pool, { ...blueprint, cells }, seed);
    if ('lacking' in paper) {
      const problems = paper.lacking.map(({ cell, needs, gets }) =>
        problem(
          `settings.blueprint.cells.${cell}.count`,
          `Cần ${needs} câu nhưng ngân hàng chỉ đáp ứng được ${gets} câu.`,
          `${needs} questions are needed, but the banks can give only ${gets}.`,
        ),
      );
      return { items: [], problems };
    }
    const byId = await this.#byVersion(paper.questions.map(({ versionId }) => versionId));
    const items = paper.questions.flatMap(({ versionId }) => {
      const known = byId.get(versionId);
      const one = known === undefined ? null : itemOf(stage, NO_EXTRAS, known, false);
      return one === null || 'path' in one ? [] : [one];
    });
    const missing = paper.questions.length - items.length;
    if (missing === 0) return { items, problems: [] };
    const vi = `${missing} câu được rút không chơi trực tiếp được (sai dạng hoặc chưa có đáp án).`;
    const en = `${missing} of the drawn questions cannot be played live (their kind, or no key).`;
    return { items, problems: [problem('settings.blueprint', vi, en)] };
  }

  async #byUid(uids: readonly string[]): Promise<ReadonlyMap<string, KnownQuestion>> {
    if (uids.length === 0) return new Map();
    const { questions } = this.#database.tables;
    const rows = await this.#select(inArray(questions.uid, [...new Set(uids)]));
    return new Map(rows.map((row) => [row.uid, row]));
  }

  async #byVersion(ids: readonly number[]): Promise<ReadonlyMap<number, KnownQuestion>> {
    if (ids.length === 0) return new Map();
    const { questionVersions } = this.#database.tables;
    const rows = await this.#select(inArray(questionVersions.id, [...new Set(ids)]));
    return new Map(rows.map((row) => [row.versionId, row]));
  }

  /** Current versions; whether there is a key, and nothing of it. */
  #select(which: ReturnType<typeof inArray>) {
    const { questions, questionVersions: versions, questionKeys: keys, banks } = this.#database.tables;
    return this.#database.query
      .select({
        uid: questions.uid,
        versionId: versions.id,
        kind: versions.kind,
        prompt: versions.prompt,
        hasKey: sql<boolean>`${keys.key} is not null`.mapWith(Boolean),
      })
      .from(questions)
      .innerJoin(versions, eq(versions.id, questions.currentVersionId))
      .innerJoin(keys, eq(keys.versionId, versions.id))
      .innerJoin(banks, eq(banks.id, questions.bankId))
      .where(and(which, ne(questions.status, 'retired'), isNull(banks.archivedAt)));
  }
}

const NO_EXTRAS: LiveQuestion = { question: '', seconds: null, points: null };

function itemOf(
  stage: Stage,
  { seconds, points }: LiveQuestion,
  known: KnownQuestion | undefined,
  final: boolean,
): PlannedItem | FieldError {
  if (known === undefined)
    return problem('', 'Câu hỏi này không còn.', 'This question is not there any more.');
  const { versionId, kind, prompt, hasKey } = known;
  if (!stage.questionKinds.includes(kind) || !gradings.has(kind))
    return problem('', 'Dạng câu hỏi này không chơi trực tiếp được.', 'This kind cannot be played live.');
  if (isTooLong(prompt))
    return problem(
      '',
      'Có quá nhiều chỗ trống để điền trên điện thoại.',
      'It has too many gaps for a phone.',
    );
  if (!hasKey) return problem('', 'Câu hỏi chưa có đáp án.', 'The question has no key yet.');
  return { versionId, kind, prompt, seconds, points, final };
}

function settingsProblems({ stages: list, names, roster, teams }: LiveSettings): FieldError[] {
  const problems: FieldError[] = [];
  if (list.length === 0)
    problems.push(problem('stages', 'Phiên chưa có phần thi nào.', 'The session has no stage yet.'));
  if (names === 'roster' && roster.length === 0)
    problems.push(problem('roster', 'Danh sách tên còn trống.', 'The list of names is empty.'));
  if (teams.mode === 'own' && teams.formedBy !== 'units' && teams.names.length < 2)
    problems.push(problem('teams.names', 'Cần ít nhất hai đội.', 'There must be at least two teams.'));
  return problems;
}
