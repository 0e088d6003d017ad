/** Which of many texts have words that begin as a query's words do. Sorted words with lists of places; built once. Pure. */

/** Texts are cut at spaces and signs. */
export function wordsOf(folded: string): string[] {
  return folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

export class WordIndex {
  /** Ascending places of the texts, by word. */
  readonly #places = new Map<string, number[]>();
  /** In order, once somebody searches. */
  #words: readonly string[] | null = null;
  /** How many of the query's words each text has had; all 0 between two queries. */
  #hits = new Uint8Array(0);
  #texts = 0;

  /** `texts`: the words of each. */
  constructor(texts: Iterable<readonly string[]> = []) {
    for (const words of texts) this.add(words);
  }

  /** Another text; not any more once somebody has searched. */
  add(words: readonly string[]): void {
    const place = this.#texts++;
    for (const word of new Set(words)) {
      const list = this.#places.get(word);
      if (list === undefined) this.#places.set(word, [place]);
      else list.push(place);
    }
  }

  /** Ascending places of the texts that have, for each word of `query`, a word that begins so. At most 200 words count. */
  find(query: readonly string[]): number[] {
    const sorted = this.#sorted();
    const hits = this.#hits;
    const wanted = query.slice(0, 200);
    wanted.forEach((word, step) => {
      for (let at = firstOf(sorted, word); ; at++) {
        const known = sorted[at];
        if (known?.startsWith(word) !== true) break;
        for (const place of this.#places.get(known) ?? []) if (hits[place] === step) hits[place] = step + 1;
      }
    });
    const found: number[] = [];
    for (let place = 0; place < hits.length; place++) {
      if (wanted.length > 0 && hits[place] === wanted.length) found.push(place);
    }
    hits.fill(0);
    return found;
  }

  #sorted(): readonly string[] {
    if (this.#words !== null) return this.#words;
    this.#hits = new Uint8Array(this.#texts);
    this.#words = [...this.#places.keys()].sort();
    return this.#words;
  }
}

/** Place of the first word that is not before `word`. */
function firstOf(words: readonly string[], word: string): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle] ?? '') < word) low = middle + 1;
    else high = middle;
  }
  return low;
}
