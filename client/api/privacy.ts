/** Doors to one's consents, to letters and pushes, and to the register of breaches, typed. */
import type {
  Breach,
  BreachList,
  ChangeConsent,
  ConsentList,
  NewBreach,
  SaveBreach,
} from '../../server/contracts/privacy.ts';
import type { LetterReply, PushReply, SubscribePush } from '../../server/contracts/reach.ts';
import { http } from './http.ts';

export type {
  Breach,
  BreachList,
  ConsentList,
  NewBreach,
  OwnConsent,
} from '../../server/contracts/privacy.ts';
export type { LetterReply } from '../../server/contracts/reach.ts';

const part = encodeURIComponent;

export const privacy = {
  consents: (signal: AbortSignal) => http.get<ConsentList>('/api/me/consents', { signal }),
  /** Twice is once. */
  choose: (body: ChangeConsent) => http.put<ConsentList>('/api/me/consents', body),
  /** By the sealed token of a letter. */
  letters: (token: string, wanted: boolean) =>
    http.post<LetterReply>(
      `/api/letters/${part(token)}/${wanted ? 'subscribe' : 'unsubscribe'}`,
      {},
      { tries: 3 },
    ),
  pushKey: () => http.get<{ readonly key: string }>('/api/push'),
  subscribePush: (body: SubscribePush) => http.post<PushReply>('/api/me/push', body, { tries: 3 }),
  unsubscribePush: (endpoint: string) => http.post<PushReply>('/api/me/push/off', { endpoint }, { tries: 3 }),
};

/** Admins only. */
export const breaches = {
  list: (signal: AbortSignal) => http.get<BreachList>('/api/desk/breaches', { signal }),
  add: (body: NewBreach) => http.post<Breach>('/api/desk/breaches', body, { tries: 3 }),
  save: (breach: string, body: SaveBreach) => http.put<Breach>(`/api/desk/breaches/${part(breach)}`, body),
};
