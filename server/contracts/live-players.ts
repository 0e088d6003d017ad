/** Small shapes that live contracts share. */
import Type from 'typebox';

/** A player of a session, from 1 in the order of joining. */
export const PlayerNumber = Type.Integer({ minimum: 1, maximum: 100_000 });
/** Points may be taken away too. */
export const Points = Type.Integer();
export const Team = Type.Object({ number: Type.Integer(), name: Type.String() });
