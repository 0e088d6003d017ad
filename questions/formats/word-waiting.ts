/** Lines that wait for a question to belong to: the head of a paper, instructions of a part, passages for several questions. */
import { StyledText } from './styled-text.ts';
import { wordSayings } from './word-messages.ts';
import type { PaperItem, WordLine } from './word-paper.ts';
import { passageRange } from './word-patterns.ts';

type Waiting = 'preamble' | 'part' | 'passage' | 'none';

interface Passage {
  readonly from: number;
  readonly to: number;
  readonly text: StyledText;
}

export class WaitingLines {
  #is: Waiting = 'preamble';
  #lines: WordLine[] = [];
  #passage: Passage | null = null;

  get is(): Waiting {
    return this.#is;
  }

  begin(is: Waiting, lines: readonly WordLine[]): void {
    this.#is = is;
    this.#lines = [...lines];
  }

  push(line: WordLine): void {
    this.#lines.push(line);
  }

  /** Takes the last one back: it begins a question after all. */
  pop(): WordLine | undefined {
    return this.#lines.pop();
  }

  /** The text that this question shares with others; null: none. */
  passageOf(number: number): StyledText | null {
    const passage = this.#passage;
    return passage !== null && number >= passage.from && number <= passage.to ? passage.text : null;
  }

  /** What became of the lines now that this question begins (null: no question). */
  flush(number: number | null): readonly PaperItem[] {
    const [is, lines] = [this.#is, this.#lines];
    this.begin('none', []);
    const [first] = lines;
    if (first === undefined) return [];
    const texts = lines.map(({ text }) => text);
    const raw = texts.map(({ line }) => line).join('\n');
    const place = first.number;
    const range = is === 'passage' ? passageRange(texts.map(({ text }) => text).join(' ')) : null;
    if (range !== null && number !== null) {
      const [from, to] = range;
      this.#passage = { from, to, text: StyledText.join(texts, '\n') };
      return [{ is: 'ignored', place, raw, saying: wordSayings.passage(from, to) }];
    }
    if (is === 'none' || is === 'passage') return [{ is: 'unassigned', place, raw }];
    const saying = is === 'part' ? wordSayings.part : wordSayings.preamble;
    return [{ is: 'ignored', place, raw, saying }];
  }
}
