/**
 * An attempt as JSON for its reply. Nearly all of it are the questions, and the same ones stand on many papers
 * (`shown-questions.ts`): each is written once, and its bytes are joined. Joining texts would cost six times as much, since
 * Vietnamese has to be measured and encoded anew for each reply.
 */
import type { FastifySerializerCompiler } from 'fastify';
import Type, { type TSchema } from 'typebox';
import { AttemptReply, ShownQuestion } from '../contracts/attempts.ts';
import { serializer } from '../platform/validation.ts';

const { questions: _, ...others } = AttemptReply.properties;
const writeOthers = serializer(Type.Object(others));
const writeQuestion = serializer(ShownQuestion);
const written = new WeakMap<ShownQuestion, Buffer<ArrayBuffer>>();
const COMMA = Buffer.from(',');
const END = Buffer.from(']}');

function questionJson(question: ShownQuestion): Buffer<ArrayBuffer> {
  const known = written.get(question);
  if (known !== undefined) return known;
  const bytes = Buffer.from(writeQuestion(question));
  written.set(question, bytes);
  return bytes;
}

/** What the contract's own serializer writes, in UTF-8, but for the order of the members: the questions stand last. */
export function attemptJson(attempt: AttemptReply): Buffer {
  const parts = [Buffer.from(`${writeOthers(attempt).slice(0, -1)},"questions":[`)];
  for (const question of attempt.questions) {
    if (parts.length > 1) parts.push(COMMA);
    parts.push(questionJson(question));
  }
  parts.push(END);
  return Buffer.concat(parts);
}

/** For the doors that answer with an attempt. Fastify passes on bytes as it does texts, but its type knows texts alone. */
export const compileAttemptReply: FastifySerializerCompiler<TSchema> = () =>
  attemptJson as unknown as (attempt: AttemptReply) => string;
