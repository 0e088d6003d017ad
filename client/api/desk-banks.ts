/** The doors to banks and their questions, typed; what comes through them holds keys. Shapes: server/contracts/banks.ts. */
import type {
  AskReview,
  BankCounts,
  BankDuty,
  BankFacets,
  BankList,
  BankPeople,
  BankSummary,
  BulkChange,
  BulkChanged,
  Candidates,
  ChangeBank,
  Comments,
  CreateBank,
  CreateQuestion,
  EditQuestion,
  MyReviews,
  QuestionForEditor,
  QuestionIds,
  QuestionList,
  QuestionQuery,
  QuestionStatus,
  VersionContent,
} from '../../server/contracts/banks.ts';
import { http } from './http.ts';

export type {
  BankCounts,
  BankDuty,
  BankFacets,
  BankPerson,
  BankSummary,
  BulkChange,
  BulkChanged,
  Comments,
  CreateQuestion,
  EditQuestion,
  MyReviews,
  QuestionForEditor,
  QuestionQuery,
  QuestionStatus,
  QuestionSummary,
  VersionContent,
} from '../../server/contracts/banks.ts';

import type { JsonValue } from '../../server/contracts/values.ts';

export type { JsonValue } from '../../server/contracts/values.ts';

const part = encodeURIComponent;
const bankDoor = (bank: string) => `/api/desk/banks/${part(bank)}`;
const questionDoor = (question: string) => `/api/desk/questions/${part(question)}`;

export const deskBanks = {
  list: () => http.get<BankList>('/api/desk/banks'),
  create: (body: CreateBank) => http.post<BankSummary>('/api/desk/banks', body),
  change: (bank: string, body: ChangeBank) => http.put<BankSummary>(bankDoor(bank), body),
  counts: (bank: string) => http.get<BankCounts>(`${bankDoor(bank)}/counts`),
  questions: (bank: string, query: QuestionQuery, signal?: AbortSignal) =>
    http.get<QuestionList>(
      `${bankDoor(bank)}/questions`,
      signal === undefined ? { query } : { query, signal },
    ),
  question: (question: string) => http.get<QuestionForEditor>(questionDoor(question)),
  addQuestion: (bank: string, body: CreateQuestion) =>
    http.post<QuestionForEditor>(`${bankDoor(bank)}/questions`, body),
  /** Makes a new version; `conflict` when another one was made meanwhile. */
  editQuestion: (question: string, body: EditQuestion) =>
    http.put<QuestionForEditor>(questionDoor(question), body),
  comments: (question: string) => http.get<Comments>(`${questionDoor(question)}/comments`),
  addComment: (question: string, text: string) =>
    http.post<Comments>(`${questionDoor(question)}/comments`, { text }),
  version: (question: string, version: number) =>
    http.get<VersionContent>(`${questionDoor(question)}/versions/${version}`),
  bulk: (bank: string, body: BulkChange) =>
    http.post<BulkChanged>(`${bankDoor(bank)}/questions/bulk`, body, { timeoutMs: 60_000 }),
  undo: (bank: string, undo: string) =>
    http.post<BulkChanged>(`${bankDoor(bank)}/questions/undo`, { undo }, { timeoutMs: 60_000 }),
  /** All that fit, to choose them at once. */
  ids: (bank: string, query: QuestionQuery) =>
    http.get<QuestionIds>(`${bankDoor(bank)}/questions/ids`, { query }),
  /** Address of the sheet to sign of what fits. */
  sheet: (bank: string, format: 'pdf' | 'docx', query: QuestionQuery) => {
    const asked = Object.entries(query).map(([name, value]) => [name, String(value)]);
    return `${bankDoor(bank)}/sheet.${format}?${new URLSearchParams(asked)}`;
  },
  facets: (bank: string) => http.get<BankFacets>(`${bankDoor(bank)}/facets`),
  people: (bank: string) => http.get<BankPeople>(`${bankDoor(bank)}/people`),
  candidates: (bank: string, q: string, signal: AbortSignal) =>
    http.get<Candidates>(`${bankDoor(bank)}/candidates`, { query: { q }, signal }),
  giveDuty: (bank: string, person: string, duty: BankDuty) =>
    http.post<BankPeople>(`${bankDoor(bank)}/people`, { person, duty }),
  takeDuty: (bank: string, person: string, duty: BankDuty) =>
    http.delete<BankPeople>(`${bankDoor(bank)}/people/${part(person)}/${duty}`),
  reviewers: (bank: string) => http.get<Candidates>(`${bankDoor(bank)}/reviewers`),
  reviews: () => http.get<MyReviews>('/api/desk/reviews'),
  askReview: (question: string, body: AskReview) =>
    http.put<QuestionForEditor>(`${questionDoor(question)}/review`, body),
  /** With its formulas, as entrants would see it. */
  preview: (kind: string, prompt: JsonValue, signal?: AbortSignal) =>
    http.post<{ prompt: JsonValue }>(
      '/api/desk/questions/preview',
      { kind, prompt },
      signal === undefined ? {} : { signal },
    ),
  status: (question: string, expectedVersion: number, status: QuestionStatus) =>
    http.put<QuestionForEditor>(`${questionDoor(question)}/status`, { expectedVersion, status }),
};
