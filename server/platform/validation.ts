/**
 * Contracts checked on the way in and out. Paths and queries are text, so numbers and lists are read from it; a body is JSON
 * and is taken as it is: there, turning values into what is wanted would make `true` out of `[1]`.
 *
 * Each is compiled when it is first used: compiling those of all doors is a third of what a start would wait for.
 */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import fastJsonStringify from 'fast-json-stringify';
import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify';
import type { TSchema } from 'typebox';

const bodies = new Ajv({ useDefaults: true, allErrors: false });
const texts = new Ajv({ useDefaults: true, allErrors: false, coerceTypes: 'array' });

interface Validator {
  (data: unknown): boolean;
  /** Of the last call that gave false. */
  errors?: ErrorObject[] | null;
}

export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) =>
  validatorOf(httpPart === 'body' ? bodies : texts, schema);

/** Whether a message of a socket has this shape. */
export function messageValidator(schema: TSchema): (message: unknown) => boolean {
  return validatorOf(bodies, schema);
}

function validatorOf(ajv: Ajv, schema: TSchema): Validator {
  let compiled: ValidateFunction | null = null;
  const validate: Validator = (data) => {
    compiled ??= ajv.compile(schema);
    const valid = compiled(data);
    if (!valid) validate.errors = compiled.errors ?? null;
    return valid;
  };
  return validate;
}

export const compileSerializer: FastifySerializerCompiler<TSchema> = ({ schema }) => serializer(schema);

/** Writes values of this shape as JSON, and nothing that is not in it. */
export function serializer(schema: TSchema): (data: unknown) => string {
  let compiled: ((data: unknown) => string) | null = null;
  return (data) => {
    compiled ??= fastJsonStringify(schema);
    return compiled(data);
  };
}
