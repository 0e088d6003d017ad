/** How far a guest has come in practice, kept in this browser alone. With an account it is kept at the server, and nothing here. */
import {
  type Answered,
  dueCards,
  forget,
  NOTHING,
  type Progress,
  readProgress,
  withAnswer,
} from '../../../questions/practice/boxes.ts';
import type { BankProgress } from '../../api/study.ts';

const key = 'hoithi.study';

function read(): Progress {
  try {
    const text = localStorage.getItem(key);
    return text === null ? NOTHING : readProgress(JSON.parse(text));
  } catch {
    // Storage is refused, or what it holds is not ours.
    return NOTHING;
  }
}

function write(progress: Progress): void {
  try {
    localStorage.setItem(key, JSON.stringify(progress));
  } catch {
    // Storage is refused: practice goes on without it.
  }
}

export const guestProgress = {
  answered(answer: Answered): void {
    write(withAnswer(read(), answer));
  },
  forget(question: string): void {
    write(forget(read(), question));
  },
  /** The question of a bank that has waited longest, but not the one that was asked last. */
  due(bank: string, last: string | undefined): string | undefined {
    return dueCards(read(), bank, Date.now()).find(({ question }) => question !== last)?.question;
  },
  of(bank: string): BankProgress {
    const progress = read();
    const due = dueCards(progress, bank, Date.now()).length;
    const { answered, right } = progress.tallies[bank] ?? { answered: 0, right: 0 };
    const waiting = progress.cards.filter((card) => card.bank === bank).length - due;
    return { bank, answered, right, due, waiting };
  },
};
