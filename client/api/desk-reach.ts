/** The organiser's doors for reaching people, typed. Shapes and meaning: server/contracts/reach.ts. */
import type { ReachDesk, Reminder, ReminderPreview, SendReminder } from '../../server/contracts/reach.ts';
import { http } from './http.ts';

export type { ReachDesk, ReminderCard, ReminderKind, ReminderPreview } from '../../server/contracts/reach.ts';

const part = encodeURIComponent;
const at = (contest: string): string => `/api/desk/contests/${part(contest)}`;

export const deskReach = {
  read: (contest: string, signal: AbortSignal) => http.get<ReachDesk>(`${at(contest)}/reach`, { signal }),
  /** Address of the poster's file. */
  poster: (contest: string) => `${at(contest)}/poster`,
  preview: (contest: string, body: Reminder) =>
    http.post<ReminderPreview>(`${at(contest)}/reminders/preview`, body, { tries: 3 }),
  /** `body.id` is chosen here, so that sending twice is once. */
  send: (contest: string, body: SendReminder) =>
    http.post<ReachDesk>(`${at(contest)}/reminders`, body, { tries: 3 }),
  cancel: (contest: string, mailing: string) =>
    http.post<ReachDesk>(`${at(contest)}/reminders/${part(mailing)}/cancel`, {}, { tries: 3 }),
};
