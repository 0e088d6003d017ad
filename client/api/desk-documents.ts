/** The doors to documents at the desk, typed. Shapes: server/contracts/documents.ts. */
import type {
  ChangeDocument,
  CitationList,
  CitationQuery,
  CitationTarget,
  CreateDocument,
  DeskDocument,
  DeskDocumentList,
  FixCitation,
  KeepText,
  KeptText,
  MarkedReviewed,
  MarkReviewed,
  MatchQuery,
  ReadText,
  ReviewList,
  ReviewQuery,
  TextReading,
} from '../../server/contracts/documents.ts';
import { http } from './http.ts';

export type {
  CitationRow,
  CitationTarget,
  CreateDocument,
  DeskDocument,
  DeskDocumentRow,
  ReviewList,
  ReviewRow,
  SectionHead,
  SectionText,
  TextReading,
  TextRemark,
} from '../../server/contracts/documents.ts';

const part = encodeURIComponent;
const door = (document: string) => `/api/desk/documents/${part(document)}`;
/** Long texts on slow lines, and their reading. */
const slow = { timeoutMs: 120_000 };

export const deskDocuments = {
  list: () => http.get<DeskDocumentList>('/api/desk/documents'),
  create: (body: CreateDocument) => http.post<DeskDocument>('/api/desk/documents', body),
  read: (document: string) => http.get<DeskDocument>(door(document)),
  change: (document: string, body: ChangeDocument) => http.put<DeskDocument>(door(document), body),
  /** Recognises sections; nothing is kept. */
  reading: (body: ReadText) => http.post<TextReading>('/api/desk/documents/readings', body, slow),
  keepText: (document: string, body: KeepText) =>
    http.put<DeskDocument>(`${door(document)}/text`, body, slow),
  text: (document: string, version: number) => http.get<KeptText>(`${door(document)}/texts/${version}`),
  match: (query: MatchQuery, signal: AbortSignal) =>
    http.get<CitationTarget>('/api/desk/citations/match', { query, signal }),
  citations: (query: CitationQuery) => http.get<CitationList>('/api/desk/citations', { query }),
  fix: (body: FixCitation) => http.put<CitationTarget>('/api/desk/citations', body),
  reviews: (query: ReviewQuery) => http.get<ReviewList>('/api/desk/citations/reviews', { query }),
  mark: (body: MarkReviewed) => http.post<MarkedReviewed>('/api/desk/citations/reviews', body),
};
