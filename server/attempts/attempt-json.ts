/**
 * An attempt as JSON for its reply. Nearly all of it are the questions, and the same ones stand on many papers
 * (`shown-questions.ts`): each is written once, and what is written once is joined.
 */
import type { FastifySerializerCompiler } from 'fastify';
import Type, { type TSchema } from 'typebox';
import { AttemptReply, ShownQuestion } from '../contracts/attempts.ts';
import { serializer } from '../platform/validation.ts';

const { questions: _, ...others } = AttemptReply.properties;
const writeOthers = serializer(Type.Object(others));
const writeQuestion = serializer(ShownQuestion);
const written = new WeakMap<ShownQuestion, string>();

function questionJson(question: ShownQuestion): string {
  const known = written.get(question);
  if (known !== undefined) return known;
  const text = writeQuestion(question);
  written.set(question, text);
  return text;
}

/** What the contract's own serializer writes, but for the order of the members: the questions stand last. */
export function attemptJson(attempt: AttemptReply): string {
  const head = writeOthers(attempt).slice(0, -1);
  return `${head},"questions":[${attempt.questions.map(questionJson).join()}]}`;
}

/** For the doors that answer with an attempt. */
export const compileAttemptReply: FastifySerializerCompiler<TSchema> = () => attemptJson;
