/** What of practice leaves: questions without their keys, and with them once they are answered. */
import { withFormulas } from '../../questions/formulas.ts';
import { gradingOf } from '../../questions/kinds/gradings.ts';
import { dueCards, type Progress } from '../../questions/practice/boxes.ts';
import type { Json } from '../../questions/question.ts';
import { shownAnswer } from '../attempts/presenter.ts';
import type { CitationLink } from '../contracts/documents.ts';
import type { BankProgress, GradedStudy, StudyQuestion } from '../contracts/study.ts';
import type { OpenKey, OpenQuestion } from './open-questions.ts';
import { orderOf } from './practice-rules.ts';

type Shown = StudyQuestion['question'];

function shown({ kind, prompt, points }: OpenQuestion, seed: string, others: readonly string[] = []): Shown {
  const arranged = gradingOf(kind).arrange(prompt, orderOf(kind, prompt, seed));
  return { kind, prompt: withFormulas(arranged, others) as Shown['prompt'], points };
}

export function presentQuestion(question: OpenQuestion, seed: string, isAgain: boolean): StudyQuestion {
  const { uid, version, topic, difficulty } = question;
  return {
    id: uid,
    version,
    seed,
    topic,
    difficulty: difficulty === 1 || difficulty === 2 ? difficulty : 3,
    isAgain,
    question: shown(question, seed),
  };
}

/** `link`: the page of the section that the question rests on. */
export function presentGraded(
  question: OpenQuestion,
  { key, explanation, citation }: OpenKey,
  given: { readonly seed: string; readonly answer: Json | null; readonly share: number | null },
  link: CitationLink | null,
): Omit<GradedStudy, 'progress'> {
  const { kind, prompt, points } = question;
  const { seed, answer, share } = given;
  const revealed = gradingOf(kind).reveal(prompt, key, orderOf(kind, prompt, seed));
  const parts = key === null || answer === null ? undefined : gradingOf(kind).parts?.(prompt, key, answer);
  return {
    share,
    question: {
      ...shown(question, seed, [explanation]),
      answer: shownAnswer(answer),
      key: shownAnswer(revealed),
      ...(share === null ? {} : { marks: Math.round(points * share) }),
      ...(parts === undefined ? {} : { parts: [...parts] }),
      explanation,
      citation: citation === null ? null : { ...citation, ...(link === null ? {} : { link }) },
    },
  };
}

/** How somebody stands in one bank. */
export function presentProgress(progress: Progress, bank: string, now: number): BankProgress {
  const due = dueCards(progress, bank, now).length;
  const cards = progress.cards.filter((card) => card.bank === bank).length;
  const { answered, right } = progress.tallies[bank] ?? { answered: 0, right: 0 };
  return { bank, answered, right, due, waiting: cards - due };
}
