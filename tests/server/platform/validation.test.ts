import Type from 'typebox';
import { expect, it } from 'vitest';
import { compileValidator } from '../../../server/platform/validation.ts';

const compile = (schema: Type.TSchema, httpPart: string) =>
  compileValidator({ schema, method: 'POST', url: '/', httpPart });
const Answer = Type.Object({
  answer: Type.Union([Type.Null(), Type.Boolean(), Type.String(), Type.Array(Type.Integer())]),
});

it('takes a body as it is: one chosen option is not made true, nor zero false', () => {
  for (const answer of [[1], [0], null, false, '1', '']) {
    const body = { answer };
    expect(compile(Answer, 'body')(body)).toBe(true);
    expect(body).toEqual({ answer });
  }
  expect(compile(Type.Object({ n: Type.Integer() }), 'body')({ n: '5' })).toBe(false);
});

it('reads numbers and lists from the text of a query', () => {
  const query = { page: '5', units: 'a' };
  const schema = Type.Object({ page: Type.Integer(), units: Type.Array(Type.String()) });
  expect(compile(schema, 'querystring')(query)).toBe(true);
  expect(query).toEqual({ page: 5, units: ['a'] });
});
