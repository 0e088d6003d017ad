/** Public part of a question of several statements, each true or false; the fourth part of Vietnam's exam of 2025 has four. */
import { isStemmed, isTexts } from '../shapes.ts';

export type StatementsPrompt = {
  readonly stem: string;
  readonly rich?: boolean;
  readonly statements: readonly string[];
};

/** One a statement, as shown on the paper: true, false, or null for a blank. Not all are blank. */
export type StatementsAnswer = readonly (boolean | null)[];

/** Statements are lettered a) to z). */
export const STATEMENTS_MAX = 26;

/** Whether the value can be shown as a question of statements. */
export function isStatementsPrompt(value: unknown): value is StatementsPrompt {
  return isStemmed(value) && isTexts(value.statements);
}
