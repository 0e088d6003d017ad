/** A server as the sync core sees it: the real merging rules, a journal in memory, and a memory of everything applied. */
import type { Answer, SaveBody, SaveReply } from '../../../client/api/attempts.ts';
import type { ServerSheet } from '../../../client/attempt/sync.ts';
import { emptySheet, markDevice, mergeChanges, type Sheet } from '../../../server/attempts/sheet-rules.ts';

export class ModelServer {
  seq = 0;
  /** Question → answers in the order in which they came into force. */
  readonly history = new Map<string, Answer[]>();
  #sheet: Sheet;

  constructor(questions: number) {
    this.#sheet = emptySheet(questions);
  }

  get whole(): ServerSheet {
    const answers: Record<string, Answer> = {};
    this.#sheet.answers.forEach((answer, i) => {
      if (typeof answer === 'string') answers[i] = answer;
    });
    return { seq: this.seq, answers, predicted: this.#sheet.prediction };
  }

  applied(question: string): readonly Answer[] {
    return this.history.get(question) ?? [];
  }

  /** As `Attempts.save`: the same number again gives the same reply, the whole sheet when the device is behind. */
  save({ device, n, base, changes, predicted, takesOver, replaces = [] }: SaveBody): SaveReply {
    const known = this.#sheet.devices.get(device);
    if (known !== undefined && n <= known.n) {
      const isNewest = known.n === n && known.seq === this.seq;
      return this.#reply(device, n, known.seq, isNewest);
    }
    const isNewest = base === this.seq;
    this.seq += 1;
    const before = this.#sheet.answers;
    const list = Object.entries(changes).map(([name, answer]) => ({ question: Number(name), answer }));
    const merged = mergeChanges(this.#sheet, list, this.seq);
    for (const [name, answer] of Object.entries(changes)) {
      if (before[Number(name)] === answer) continue;
      this.history.set(name, [...this.applied(name), answer]);
    }
    this.#sheet = {
      ...markDevice(merged, device, {
        mark: { n, seq: this.seq, at: this.seq },
        takesOver: takesOver === true || (known === undefined && isNewest),
      }),
      prediction: predicted === undefined ? merged.prediction : predicted,
    };
    for (const other of replaces) {
      if (other.device === device || other.n <= (this.#sheet.devices.get(other.device)?.n ?? 0)) continue;
      const mark = { n: other.n, seq: this.seq, at: this.seq };
      this.#sheet = markDevice(this.#sheet, other.device, { mark, takesOver: false });
    }
    return this.#reply(device, n, this.seq, isNewest);
  }

  #reply(device: string, n: number, seq: number, isNewest: boolean): SaveReply {
    const { answers, predicted } = this.whole;
    const takenOver = [...this.#sheet.devices.keys()].pop() !== device;
    return {
      ...{ n, seq, savedAt: seq },
      ...(isNewest ? {} : { answers: { ...answers }, predicted }),
      ...(takenOver ? { takenOver } : {}),
    };
  }
}
