/** The public doors of documents, typed. Shapes and meaning: server/contracts/documents.ts. */
import type { DocumentList, DocumentPage, SectionPage } from '../../server/contracts/documents.ts';
import { http } from './http.ts';

export type {
  CitationLink,
  DocumentCard,
  DocumentList,
  DocumentPage,
  DocumentState,
  SectionHead,
  SectionPage,
  SectionText,
} from '../../server/contracts/documents.ts';

const part = encodeURIComponent;

export const documents = {
  list: (signal: AbortSignal) => http.get<DocumentList>('/api/documents', { signal }),
  page: (document: string, signal: AbortSignal) =>
    http.get<DocumentPage>(`/api/documents/${part(document)}`, { signal }),
  /** `section` is a key, or "toan-van" for everything. */
  section: (document: string, section: string, signal: AbortSignal) =>
    http.get<SectionPage>(`/api/documents/${part(document)}/sections/${part(section)}`, { signal }),
};
