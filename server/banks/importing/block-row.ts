/** A block as the reading thread hands it over: texts that go to the disk as they are, and the few values that are looked at. */
import type { Message } from '../../../questions/formats/message.ts';
import type { Block, Outcome } from '../../../questions/formats/reading.ts';
import { codeOf, understand } from './draft-rules.ts';

export interface BlockRow {
  readonly number: number;
  readonly outcome: Outcome;
  /** JSON. */
  readonly place: string;
  readonly raw: string;
  /** JSON. */
  readonly messages: string;
  /** Codes of messages and what was not said, each between spaces. */
  readonly flags: string;
  /** JSON; null: nothing was understood. */
  readonly draft: string | null;
  readonly code: string;
  readonly hash: string;
  readonly likeness: string;
  /** Of the draft: what a question of the same name is compared with. */
  readonly stem: string;
  /** Number of an earlier block of the file that asks the same. */
  readonly sameAs: number | null;
}

/** Turns the blocks of one file into rows; a code is given once. */
export class BlockRows {
  readonly #codes = new Set<string>();
  readonly #byLikeness = new Map<string, number>();

  row(block: Block, number: number): BlockRow {
    const { place, raw, draft } = block;
    const kept = { number, place: JSON.stringify(place), raw: storable(raw) };
    if (draft === null) {
      const nothing = { draft: null, code: '', hash: '', likeness: '', stem: '', sameAs: null };
      return { ...kept, ...judged(block.messages, block.outcome, []), ...nothing };
    }
    const understood = understand(draft, place);
    const { hash, likeness, unsaid } = understood;
    const messages = [...block.messages, ...understood.messages.filter(isNew(block.messages))];
    const outcome = understood.content === null ? 'quarantined' : block.outcome;
    const code = this.#own(codeOf(draft, understood));
    const sameAs = likeness === '' ? null : (this.#byLikeness.get(likeness) ?? null);
    if (sameAs === null) this.#byLikeness.set(likeness, number);
    const { stem } = draft.prompt;
    return {
      ...kept,
      ...judged(messages, outcome, unsaid),
      draft: storable(JSON.stringify(draft)),
      code,
      hash,
      likeness,
      stem,
      sameAs,
    };
  }

  /** The second question of a name gets a number behind it. */
  #own(code: string): string {
    let own = code;
    for (let n = 2; this.#codes.has(own); n += 1) own = `${code.slice(0, 55)}-${n}`;
    this.#codes.add(own);
    return own;
  }
}

/** The reader's own check says the same in other words. */
function isNew(said: readonly Message[]) {
  return ({ vi }: Message): boolean => !said.some((message) => message.vi === vi);
}

function judged(messages: readonly Message[], outcome: Outcome, unsaid: readonly string[]) {
  return { outcome, messages: storable(JSON.stringify(messages)), flags: flagsOf(messages, unsaid) };
}

/** " key-missing no-topic " and so on; each word once. */
export function flagsOf(messages: readonly Message[], unsaid: readonly string[]): string {
  const words = [
    ...messages.filter(({ severity }) => severity !== 'note').map(({ code }) => code),
    ...unsaid.map((name) => `no-${name}`),
  ];
  return ` ${[...new Set(words)].join(' ')} `;
}

/** PostgreSQL takes no zero character, neither as itself nor escaped inside JSON. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '\ufffd').replaceAll('\\u0000', '\\ufffd').toWellFormed();
}
