/**
 * Contracts checked on the way in. Paths and queries are text, so numbers and lists are read from it; a body is JSON and is
 * taken as it is: there, turning values into what is wanted would make `true` out of `[1]`.
 */
import { Ajv } from 'ajv';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';

const bodies = new Ajv({ useDefaults: true, allErrors: false });
const texts = new Ajv({ useDefaults: true, allErrors: false, coerceTypes: 'array' });

export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) =>
  (httpPart === 'body' ? bodies : texts).compile(schema);
