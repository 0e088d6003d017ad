/** The one reader of keys in live play: for grading after the close, and for what the reveal shows. */
import { eq } from 'drizzle-orm';
import { gradingOf } from '../../questions/kinds/gradings.ts';
import type { Citation, Json } from '../../questions/question.ts';
import type { Database } from '../platform/database/door.ts';
import type { LiveSolution } from './machine/events.ts';
import { type Asking, type LiveState, stageAt } from './machine/state.ts';

interface QuestionKey {
  readonly key: Json | null;
  readonly explanation: string;
  readonly citation: Citation | null;
}

const NOTHING: QuestionKey = { key: null, explanation: '', citation: null };

/** The key of what was asked; nothing for a stage's own questions. */
export async function keyOf(
  database: Database,
  { versionId }: Pick<Asking, 'versionId'>,
): Promise<QuestionKey> {
  if (versionId === null) return NOTHING;
  const { questionKeys } = database.tables;
  const [row] = await database.query.select().from(questionKeys).where(eq(questionKeys.versionId, versionId));
  return row === undefined ? NOTHING : { ...row, key: row.key ?? null };
}

/** What the reveal shows. */
export async function solutionOf(
  database: Database,
  state: LiveState,
  asking: Asking,
): Promise<LiveSolution> {
  const { key, explanation, citation } = await keyOf(database, asking);
  const prompt = stageAt(state, asking.stage).planned.items[asking.item]?.prompt ?? null;
  const answer = key === null ? null : gradingOf(asking.kind).reveal(prompt, key, asking.order);
  const cited = citation === null ? null : { document: citation.document, section: citation.section };
  return { answer, explanation, citation: cited };
}
