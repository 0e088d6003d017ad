/** How far a long request is, asked while its reply is waited for. */
import Type, { type Static } from 'typebox';
import { Nullable } from './values.ts';

/** 0..1; null: nothing of it is known here, it may be done, or be done elsewhere. */
export const WorkUnderway = Type.Object({ share: Nullable(Type.Number()) });
export type WorkUnderway = Static<typeof WorkUnderway>;
