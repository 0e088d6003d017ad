/** Small shapes that many contracts share. */
import Type, { type Static } from 'typebox';

/** Or null. Null first: asked second, the validator would make "" of a null that may also be a text. */
export const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([Type.Null(), schema]);

/** UUID as ids are at the doors (UUIDv7 when the server made it). */
export const Uid = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
});

/** ms since epoch, UTC. */
export const Moment = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 });
/** A number of a line of the log. */
export const Seq = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

/** What stands in an address: a-z, 0-9 and hyphens. */
export const Slug = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 80 });

/** Why something was done; kept in the audit log. */
export const Reason = Type.String({ minLength: 3, maxLength: 500 });

/** The version of a thing that the writer saw; another one answers `conflict`. */
export const ExpectedVersion = Type.Integer({ minimum: 1 });

/** Any JSON value. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** A JSON value whose shape somebody else checks (a kind its prompts and keys). */
export const AnyJson = Type.Unsafe<JsonValue>({});

export const Difficulty = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)]);
export type Difficulty = Static<typeof Difficulty>;
