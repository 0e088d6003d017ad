/** From what an organiser asks for to what will be written: everything that is wrong is told at its place. */

import { and, eq, inArray } from 'drizzle-orm';
import { gradingOf } from '../../questions/kinds/gradings.ts';
import type { Json } from '../../questions/question.ts';
import type { RoundInForce } from '../attempts/rounds.ts';
import type { RulingKind } from '../attempts/ruling-rules.ts';
import { isRulingKind } from '../attempts/rulings.ts';
import type { Context } from '../context.ts';
import type { PreviewRemedy, RemedyDetails, RemedyKind } from '../contracts/remedies.ts';
import { AppError, invalidField } from '../platform/errors.ts';
import type { UnitsBelow } from './annul-scope.ts';
import { scopeOf } from './annul-scope.ts';
import { isOfficialRound } from './officials.ts';
import type { AnnulScope } from './preview-rules.ts';
import type { AskedVersion, RemedyStore } from './store.ts';

const LONGEST_GRANT_MS = 60 * 86_400_000;

export type Plan = { readonly rounds: readonly RoundInForce[] } & (
  | {
      readonly kind: RulingKind;
      readonly asked: AskedVersion;
      readonly key: Json | null;
    }
  | { readonly kind: 'annul'; readonly scope: AnnulScope }
  | { readonly kind: 'extend'; readonly round: RoundInForce; readonly closesAt: number }
  | { readonly kind: 'outage'; readonly round: RoundInForce; readonly fromAt: number; readonly toAt: number }
);

interface PlanningParts {
  readonly context: Pick<Context, 'database'>;
  readonly store: RemedyStore;
  readonly units: UnitsBelow;
  readonly roundByUid: (uid: string) => RoundInForce | null;
}

export class Planning {
  readonly #parts: PlanningParts;

  constructor(parts: PlanningParts) {
    this.#parts = parts;
  }

  /** Throws `request.invalid` with its place, `notFound`, `remedy.notBegun`, `remedy.liveRound`. */
  async plan(contestId: number, { kind, details }: PreviewRemedy, now: number): Promise<Plan> {
    const rounds = this.#rounds(contestId, details, now);
    if (kind === 'annul') {
      demandGrantable(details, rounds, now);
      return { kind, rounds, scope: await this.#scope(details) };
    }
    if (kind === 'extend' || kind === 'outage') return timePlan(kind, rounds, details);
    if (!isRulingKind(kind)) throw new RangeError(`unknown remedy "${kind}"`);
    await this.#demandNotLive(rounds);
    const asked = await this.#asked(details);
    return { kind, rounds, asked, key: keyFor(kind, details, asked) };
  }

  #rounds(contestId: number, details: RemedyDetails, now: number): readonly RoundInForce[] {
    const rounds = [...new Set(details.rounds)].map((uid) => {
      const round = this.#parts.roundByUid(uid);
      if (round === null || round.contestId !== contestId) throw new AppError('notFound');
      return round;
    });
    if (rounds.some(({ opensAt }) => now < opensAt)) throw new AppError('remedy.notBegun');
    return rounds;
  }

  async #scope(details: RemedyDetails): Promise<AnnulScope> {
    if ((details.person === undefined) === (details.unit === undefined))
      throw invalidField('details.person', 'Chọn một người hoặc một đơn vị.', 'Choose a person or a unit.');
    const { fromAt = 0, toAt = Number.MAX_SAFE_INTEGER } = details;
    if (toAt < fromAt)
      throw invalidField('details.toAt', 'Giờ cuối phải sau giờ đầu.', 'The end comes after the beginning.');
    return scopeOf(details, this.#parts.store, this.#parts.units);
  }

  /** Points of a live session are no marks of a paper: marking again would take them away. */
  async #demandNotLive(rounds: readonly RoundInForce[]): Promise<void> {
    const { liveSessions: t } = this.#parts.context.database.tables;
    const played = await this.#parts.context.database.query
      .select({ id: t.id })
      .from(t)
      .where(
        and(
          inArray(
            t.roundId,
            rounds.map(({ id }) => id),
          ),
          eq(t.state, 'ended'),
          eq(t.rehearsal, false),
        ),
      )
      .limit(1);
    if (played.length > 0) throw new AppError('remedy.liveRound');
  }

  async #asked({ question, version }: RemedyDetails): Promise<AskedVersion> {
    if (question === undefined || version === undefined)
      throw invalidField('details.question', 'Xin chọn câu hỏi.', 'Please choose the question.');
    const asked = await this.#parts.store.asked(question, version);
    if (asked === null) throw new AppError('notFound');
    return asked;
  }
}

/** Official results wait for nobody: another attempt is granted before. */
function demandGrantable({ grantUntil }: RemedyDetails, rounds: readonly RoundInForce[], now: number): void {
  if (grantUntil === undefined) return;
  const at = 'details.grantUntil';
  if (grantUntil <= now)
    throw invalidField(at, 'Hạn thi lại phải ở phía sau.', 'The time to start again must lie ahead.');
  if (grantUntil > now + LONGEST_GRANT_MS)
    throw invalidField(at, 'Cho thi lại nhiều nhất 60 ngày.', 'Grant another attempt for 60 days at most.');
  if (rounds.some(isOfficialRound))
    throw invalidField(
      at,
      'Kết quả đã chính thức, không cho thi lại được nữa.',
      'Results are official: no other attempt can be granted any more.',
    );
}

function timePlan(
  kind: Extract<RemedyKind, 'extend' | 'outage'>,
  rounds: readonly RoundInForce[],
  { closesAt, fromAt, toAt }: RemedyDetails,
): Plan {
  const [round] = rounds;
  if (round === undefined || rounds.length !== 1)
    throw invalidField('details.rounds', 'Chọn đúng một vòng thi.', 'Choose one round.');
  if (kind === 'extend') {
    if (closesAt === undefined)
      throw invalidField('details.closesAt', 'Xin nhập giờ đóng mới.', 'Please enter the new closing time.');
    return { kind, rounds, round, closesAt };
  }
  if (fromAt === undefined || toAt === undefined)
    throw invalidField('details.fromAt', 'Xin nhập khoảng gián đoạn.', 'Please enter the outage.');
  return { kind, rounds, round, fromAt, toAt };
}

/** Null where the ruling needs none. Everything wrong with a key is told at `details.key…`. */
function keyFor(kind: RulingKind, { key }: RemedyDetails, asked: AskedVersion): Json | null {
  const grading = gradingOf(asked.kind);
  if (grading.isAnswered === false)
    throw invalidField('details.question', 'Mục này chỉ để đọc.', 'This is only to be read.');
  if (kind === 'full' || kind === 'void') return null;
  if (grading.isMarkedByHand === true)
    throw invalidField('details.key', 'Câu này do người chấm.', 'People mark this question.');
  if (key === undefined || key === null)
    throw invalidField('details.key', 'Xin nhập đáp án.', 'Please enter the key.');
  const problems = [...grading.check(asked.prompt, key), ...missing(asked, key)];
  if (problems.length > 0)
    throw new AppError('request.invalid', {
      errors: problems.map(({ at, vi, en }) => ({ path: `details.key.${at}`, vi, en })),
    });
  return key;
}

function missing({ kind, prompt }: AskedVersion, key: Json) {
  return gradingOf(kind).missing?.(prompt, key) ?? [];
}
