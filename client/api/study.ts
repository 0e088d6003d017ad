/** The doors of practice, typed. Shapes and meaning: server/contracts/study.ts. */
import type {
  AnswerStudy,
  GradedStudy,
  NextQuestion,
  NextReply,
  StudyBank,
  StudyBanks,
  StudyProgress,
} from '../../server/contracts/study.ts';
import { http } from './http.ts';

export type {
  BankProgress,
  GradedStudy,
  NextQuestion,
  StudyBank,
  StudyBanks,
  StudyProgress,
  StudyQuestion,
} from '../../server/contracts/study.ts';

const part = encodeURIComponent;

export const study = {
  banks: (signal: AbortSignal) => http.get<StudyBanks>('/api/study/banks', { signal }),
  bank: (bank: string, signal: AbortSignal) =>
    http.get<StudyBank>(`/api/study/banks/${part(bank)}`, { signal }),
  next: (bank: string, wish: NextQuestion) =>
    http.post<NextReply>(`/api/study/banks/${part(bank)}/next`, wish, { tries: 4 }),
  /** The same answer again counts once. */
  answer: (question: string, body: AnswerStudy) =>
    http.post<GradedStudy>(`/api/study/questions/${part(question)}/answer`, body, { tries: 4 }),
  progress: (signal: AbortSignal) => http.get<StudyProgress>('/api/study/progress', { signal }),
};
