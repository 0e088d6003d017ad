/** The doors to banks and their questions, typed; what comes through them holds keys. Shapes: server/contracts/banks.ts. */
import type {
  BankCounts,
  BankList,
  BankSummary,
  BulkChange,
  BulkChanged,
  ChangeBank,
  Comments,
  CreateBank,
  CreateQuestion,
  EditQuestion,
  QuestionForEditor,
  QuestionList,
  QuestionQuery,
  QuestionStatus,
  VersionContent,
} from '../../server/contracts/banks.ts';
import { http } from './http.ts';

export type {
  BankCounts,
  BankSummary,
  Comments,
  CreateQuestion,
  EditQuestion,
  QuestionForEditor,
  QuestionQuery,
  QuestionStatus,
  QuestionSummary,
  VersionContent,
} from '../../server/contracts/banks.ts';
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
  status: (question: string, expectedVersion: number, status: QuestionStatus) =>
    http.put<QuestionForEditor>(`${questionDoor(question)}/status`, { expectedVersion, status }),
};
