/** What an attempt is worth now, and how a remedy moves people. Pure: the same in the job, in its preview and in tests. */

import { gradingOf } from '../../questions/kinds/gradings.ts';
import type { Json } from '../../questions/question.ts';
import { type Marking, markSheet } from '../attempts/marking-rules.ts';
import { type Paper, unpackPaper } from '../attempts/paper-packing.ts';
import type { QuestionVersion } from '../attempts/question-version.ts';
import { type Ruling, ruledKey } from '../attempts/ruling-rules.ts';
import { foldedSheet } from '../attempts/sheet-rules.ts';

/** A version with its key, as grading needs it. */
export type GradedVersion = Pick<QuestionVersion, 'id' | 'questionId' | 'kind' | 'prompt' | 'points'> & {
  readonly key: Json | null;
};

/** Round → version → what was decided about it, in order. */
export type RulingsByRound = ReadonlyMap<number, ReadonlyMap<number, readonly Ruling[]>>;

/** An attempt as it was closed. */
export interface ClosedPaper {
  readonly roundId: number;
  readonly paper: string;
  readonly sheet: string | null;
}

/** What is known of question versions. */
export interface Versions {
  get(id: number): GradedVersion | undefined;
}

/** Without the queries that `papers.ts` brings along: threads start with this file. */
function paperOf(text: string): Paper {
  return unpackPaper(Buffer.from(text, 'base64url'));
}

/** Versions that a paper asks. */
export function askedBy(paper: string): readonly number[] {
  return paperOf(paper).questions.map(({ versionId }) => versionId);
}

/** Whether people mark something on it: what they gave is kept elsewhere. */
export function hasHandMarked(asked: readonly number[], versions: Versions): boolean {
  return asked.some((id) => gradingOf(versions.get(id)?.kind ?? 'info').isMarkedByHand === true);
}

/** Marks by keys and rulings alone. Throws when a version is gone. */
export function regraded(attempt: ClosedPaper, versions: Versions, rulings: RulingsByRound): Marking {
  const paper = paperOf(attempt.paper);
  const asked = paper.questions.map(({ versionId }) => {
    const version = versions.get(versionId);
    if (version === undefined) throw new Error(`question version ${versionId} is gone`);
    return version;
  });
  const ofRound = rulings.get(attempt.roundId);
  const keys = asked.map(({ id, key }) =>
    ruledKey({ key, explanation: '', citation: null }, ofRound?.get(id) ?? []),
  );
  return markSheet(paper, asked, keys, foldedSheet(attempt.sheet, asked.length));
}
