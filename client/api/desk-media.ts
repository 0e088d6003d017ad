/** The doors to a bank's pictures, typed. Shapes: server/contracts/bank-media.ts. */
import type { AddPicture, BankMedia, PictureReplaced } from '../../server/contracts/bank-media.ts';
import { http } from './http.ts';

export type { BankMedia } from '../../server/contracts/bank-media.ts';

const part = encodeURIComponent;
const door = (bank: string) => `/api/desk/banks/${part(bank)}/media`;
const slow = { tries: 3, timeoutMs: 60_000 };

export const deskMedia = {
  list: (bank: string) => http.get<BankMedia>(door(bank)),
  add: (bank: string, body: AddPicture) => http.post<BankMedia>(door(bank), body, slow),
  replace: (bank: string, media: string, body: AddPicture) =>
    http.post<PictureReplaced>(`${door(bank)}/${part(media)}/replace`, body, slow),
  remove: (bank: string, media: string) => http.delete<BankMedia>(`${door(bank)}/${part(media)}`),
};
