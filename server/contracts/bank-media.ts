/**
 * Pictures of a bank; they are served, by their content and for ever, at GET /api/media/:media.
 *
 * GET    /api/desk/banks/:bank/media                   BankMedia        who reads
 * POST   /api/desk/banks/:bank/media       AddPicture → BankMedia       who writes
 * POST   /api/desk/banks/:bank/media/:media/replace AddPicture → PictureReplaced  who writes
 * DELETE /api/desk/banks/:bank/media/:media            → BankMedia      who writes, while no question shows it
 */
import Type, { type Static } from 'typebox';
import { Moment, Uid } from './values.ts';

const MediaId = Type.String({ pattern: '^[0-9a-f]{64}$' });

export const BankMedia = Type.Object({
  pictures: Type.Array(
    Type.Object({
      id: MediaId,
      type: Type.String(),
      bytes: Type.Integer(),
      name: Type.String(),
      /** Null: came with questions. */
      addedAt: Type.Union([Moment, Type.Null()]),
      /** Questions that show it. */
      uses: Type.Array(Type.Object({ id: Uid, code: Type.String() })),
    }),
  ),
});
export type BankMedia = Static<typeof BankMedia>;

export const AddPicture = Type.Object(
  {
    /** base64 of a PNG, JPEG or WebP. */
    data: Type.String({ minLength: 8, maxLength: 1_400_000 }),
    name: Type.String({ maxLength: 200 }),
  },
  { additionalProperties: false },
);
export type AddPicture = Static<typeof AddPicture>;

export const PictureReplaced = Type.Object({ changed: Type.Integer(), ...BankMedia.properties });
export type PictureReplaced = Static<typeof PictureReplaced>;

export const PictureParams = Type.Object({ bank: Uid, media: MediaId });
