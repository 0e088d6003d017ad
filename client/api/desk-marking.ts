/** The doors of the marking desk, typed. Shapes: server/contracts/marking.ts. */
import type {
  EssayToMark,
  MarkEssay,
  MarkedEssay,
  MarkedList,
  Markers,
  MarkingList,
  MarkingRound,
  NextEssay,
} from '../../server/contracts/marking.ts';
import { http } from './http.ts';

export type { EssayToMark, MarkedList, MarkingList, MarkingRound } from '../../server/contracts/marking.ts';

const part = encodeURIComponent;
const roundDoor = (round: string) => `/api/desk/marking/${part(round)}`;
const markersDoor = (contest: string) => `/api/desk/contests/${part(contest)}/markers`;

export const deskMarking = {
  list: () => http.get<MarkingList>('/api/desk/marking'),
  round: (round: string) => http.get<MarkingRound>(roundDoor(round)),
  mine: (round: string) => http.get<MarkedList>(`${roundDoor(round)}/mine`),
  /** Takes an answer, or gives the one in hand. */
  next: (round: string) => http.post<NextEssay>(`${roundDoor(round)}/next`, {}),
  essay: (essay: string) => http.get<EssayToMark>(`/api/desk/essays/${part(essay)}`),
  mark: (essay: string, body: MarkEssay) => http.put<MarkedEssay>(`/api/desk/essays/${part(essay)}`, body),
  markers: (contest: string) => http.get<Markers>(markersDoor(contest)),
  addMarker: (contest: string, person: string) => http.post<Markers>(markersDoor(contest), { person }),
  removeMarker: (contest: string, person: string) =>
    http.delete<Markers>(`${markersDoor(contest)}/${part(person)}`),
};
