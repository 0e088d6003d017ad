/** What of an attempt may leave. Keys come in only as an argument, which callers have after the release alone. */
import { gradingOf } from '../../questions/kinds/gradings.ts';
import type { Json } from '../../questions/question.ts';
import { codeOf, RESULT } from '../closing/code-rules.ts';
import type {
  Answer,
  AttemptReply,
  MyAttemptsReply,
  ResultReply,
  ReviewedQuestion,
  SaveReply,
} from '../contracts/attempts.ts';
import type { PageOf } from '../documents/section-pages.ts';
import type { Secrets } from '../platform/secrets.ts';
import { attemptUid, type KnownTokens, shareUid } from './attempt-id.ts';
import type { Saved } from './attempts.ts';
import type { Paper } from './draw-rules.ts';
import { type Marking, maxMarks } from './marking-rules.ts';
import type { QuestionKey } from './question-key.ts';
import type { QuestionVersion } from './question-version.ts';
import { isReleased, type Release, releaseOf } from './release-rules.ts';
import type { MarksByHand } from './result-versions.ts';
import type { RoundInForce } from './rounds.ts';
import { shownRuling } from './ruling-rules.ts';
import { answeredCount, type Sheet } from './sheet-rules.ts';
import { type ShownQuestions, shownQuestion } from './shown-questions.ts';
import type { AttemptRow, ResultRow } from './store.ts';

const STATES = { 1: 'open', 2: 'submitted', 3: 'timedOut', 4: 'annulled' } as const;

export function stateOf(state: number): AttemptReply['state'] {
  return state === 1 || state === 2 || state === 3 ? STATES[state] : 'annulled';
}

/** An answer as JSON for the door; anything that is none is shown as blank. */
export function shownAnswer(answer: Json | null): Answer {
  if (answer === null || typeof answer === 'boolean' || typeof answer === 'string') return answer;
  return Array.isArray(answer) ? answer.filter(isAnswerPart) : null;
}

function isAnswerPart(value: Json): value is number | string | boolean | null {
  return typeof value !== 'object' || value === null;
}

function shownAnswers(sheet: Sheet): Record<string, Answer> {
  const answers: Record<string, Answer> = {};
  sheet.answers.forEach((answer, i) => {
    if (answer !== null) answers[i] = shownAnswer(answer);
  });
  return answers;
}

interface AttemptParts {
  readonly row: AttemptRow;
  readonly round: RoundInForce;
  readonly paper: Paper;
  readonly versions: readonly QuestionVersion[];
  readonly sheet: Sheet;
  readonly seq: number;
  readonly holder: string | null;
  readonly deadline: number;
  readonly graceMs: number;
  /** Of the person's tokens. */
  readonly epoch: number;
}

export function presentAttempt(
  tokens: KnownTokens,
  shown: ShownQuestions,
  { row, round, paper, versions, sheet, seq, holder, deadline, graceMs, epoch }: AttemptParts,
): AttemptReply {
  const { uid, token } = tokens.issue({ id: row.id, epoch });
  return {
    id: uid,
    token,
    round: round.uid,
    contest: { slug: round.contest.slug, title: round.contest.title },
    title: round.title,
    number: row.number,
    state: stateOf(row.state),
    startedAt: row.startedAt,
    deadline,
    graceMs,
    layout: round.settings.layout,
    watchesPages: round.contest.watchesPages ?? false,
    prediction: round.settings.prediction,
    questions: versions.map((version, i) => shown.of(version, paper.questions[i])),
    answers: shownAnswers(sheet),
    predicted: sheet.prediction,
    seq,
    holder,
  };
}

export function presentSaved(n: number, saved: Saved): SaveReply {
  const { seq, savedAt, sheet, refused, takenOver } = saved;
  return {
    n,
    seq,
    savedAt,
    ...(sheet === null ? {} : { answers: shownAnswers(sheet), predicted: sheet.prediction }),
    ...(refused.length === 0 ? {} : { refused: [...refused] }),
    ...(takenOver ? { takenOver } : {}),
  };
}

interface ResultParts {
  readonly row: AttemptRow;
  readonly round: RoundInForce;
  readonly paper: Paper;
  readonly versions: readonly QuestionVersion[];
  readonly sheet: Sheet;
  readonly result: ResultRow | null;
  readonly release: Release;
  /** Read only after the release; null before. */
  readonly keys: readonly QuestionKey[] | null;
  readonly marking: Marking | null;
  /** The page of the section that a citation leads to. */
  readonly pageOf: PageOf;
  readonly byHand: MarksByHand;
  /** Versions that were declared void in the round: they count for nothing. */
  isVoid(versionId: number): boolean;
  /** People have yet to mark some of it. */
  readonly awaitsMarkers: boolean;
  readonly now: number;
}

export function presentResult(secrets: Secrets, parts: ResultParts): ResultReply {
  const { row, round, versions, sheet, result, release, now } = parts;
  const showResult = isReleased(release.result, now);
  // A void question is among what everybody has right, so that all right stays all right; nobody is shown it as theirs.
  const voids = versions.filter(({ id }) => parts.isVoid(id)).length;
  return {
    id: attemptUid(secrets, row.id),
    round: round.uid,
    contest: { slug: round.contest.slug, title: round.contest.title },
    title: round.title,
    number: row.number,
    state: stateOf(row.state),
    startedAt: row.startedAt,
    submittedAt: row.closedAt,
    elapsedMs: result?.elapsedMs ?? 0,
    answered: answeredCount(sheet),
    marks: showResult && result !== null ? result.marks : null,
    maxMarks: maxMarks(versions, parts.isVoid),
    rightCount: showResult && result !== null ? result.rightCount - voids : null,
    predicted: sheet.prediction,
    release: { ...release },
    releaseAfter: round.settings.release,
    closesAt: round.closesAt,
    questions: versions.map((_, i) => reviewed(parts, i)),
    awaitsMarkers: parts.awaitsMarkers,
    share: showResult && result !== null && !parts.awaitsMarkers ? shareUid(secrets, row.id) : null,
    code: showResult && result !== null ? codeOf(secrets, RESULT, row.id) : null,
  };
}

function reviewed(
  { paper, versions, sheet, keys, marking, byHand, isVoid, release, pageOf, now }: ResultParts,
  i: number,
): ReviewedQuestion {
  const version = versions[i];
  if (version === undefined) throw new RangeError(`no question ${i}`);
  const key = keys?.[i];
  const explanation = key !== undefined && isReleased(release.explanations, now) ? key.explanation : '';
  const order = paper.questions[i]?.order ?? [];
  const shown = {
    ...shownQuestion(version, order, [explanation]),
    answer: shownAnswer(sheet.answers[i] ?? null),
    ...(isVoid(version.id) ? { points: 0, ruling: 'void' as const } : {}),
  };
  if (key === undefined) return shown;
  const released = isReleased(release.keys, now)
    ? {
        key: shownAnswer(gradingOf(version.kind).reveal(version.prompt, key.key, order)),
        ...partsOf(version, key, sheet.answers[i] ?? null),
        ...rulingOf(key),
        ...(isUnmarked(version, byHand, i) && shown.answer !== null ? {} : { marks: marking?.marks[i] ?? 0 }),
      }
    : {};
  const explained = isReleased(release.explanations, now)
    ? { explanation: key.explanation, citation: linked(key.citation, pageOf) }
    : {};
  return { ...shown, ...released, ...explained };
}

/** Left out where something else than the key's parts decided. */
function partsOf(
  { kind, prompt }: QuestionVersion,
  { key, ruled }: QuestionKey,
  answer: Json | null,
): Pick<ReviewedQuestion, 'parts'> {
  if (
    key === null ||
    answer === null ||
    (ruled !== undefined && (ruled.all !== null || ruled.also.length > 0))
  )
    return {};
  const parts = gradingOf(kind).parts?.(prompt, key, answer);
  return parts === undefined ? {} : { parts: [...parts] };
}

function rulingOf(key: QuestionKey): Pick<ReviewedQuestion, 'ruling'> {
  const ruling = shownRuling(key);
  return ruling === null ? {} : { ruling };
}

/** A citation with the page that it leads to, where there is one. */
function linked(
  citation: QuestionKey['citation'],
  pageOf: PageOf,
): NonNullable<ReviewedQuestion['citation']> | null {
  if (citation === null) return null;
  const link = pageOf(citation);
  return link === null ? citation : { ...citation, link };
}

/** Whether people have yet to say what it earns. */
function isUnmarked({ kind }: QuestionVersion, byHand: MarksByHand, i: number): boolean {
  return gradingOf(kind).isMarkedByHand === true && !byHand.has(i);
}

export function presentMyAttempt(
  secrets: Secrets,
  row: AttemptRow,
  round: RoundInForce,
  deadline: number,
  maximum: number,
  result: ResultRow | null,
  now: number,
): MyAttemptsReply['attempts'][number] {
  const release = releaseOf(round.settings, row.closedAt, round.settledAt).result;
  return {
    id: attemptUid(secrets, row.id),
    round: round.uid,
    roundTitle: round.title,
    contest: { slug: round.contest.slug, title: round.contest.title },
    number: row.number,
    state: stateOf(row.state),
    startedAt: row.startedAt,
    deadline,
    submittedAt: row.closedAt,
    marks: result !== null && isReleased(release, now) ? result.marks : null,
    maxMarks: maximum,
  };
}
