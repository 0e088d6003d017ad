/** Which of many texts have words that begin as a query's words do. Sorted words with lists of places; built once. Pure. */

/** Texts are cut at spaces and signs. */
export function wordsOf(folded: string): string[] {
  return folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

export class WordIndex {
  readonly #words: readonly string[];
  /** Ascending places of the texts, by word. */
  readonly #places: readonly (readonly number[])[];
  /** How many of the query's words each text has had; all 0 between two queries. */
  readonly #hits: Uint8Array;

  /** `texts`: the words of each. */
  constructor(texts: readonly (readonly string[])[]) {
    const places = new Map<string, number[]>();
    for (const [place, words] of texts.entries()) {
      for (const word of new Set(words)) {
        const list = places.get(word);
        if (list === undefined) places.set(word, [place]);
        else list.push(place);
      }
    }
    this.#words = [...places.keys()].sort();
    this.#places = this.#words.map((word) => places.get(word) ?? []);
    this.#hits = new Uint8Array(texts.length);
  }

  /** Ascending places of the texts that have, for each word of `query`, a word that begins so. At most 200 words count. */
  find(query: readonly string[]): number[] {
    const hits = this.#hits;
    const wanted = query.slice(0, 200);
    wanted.forEach((word, step) => {
      for (let at = this.#first(word); this.#words[at]?.startsWith(word) === true; at++) {
        for (const place of this.#places[at] ?? []) if (hits[place] === step) hits[place] = step + 1;
      }
    });
    const found: number[] = [];
    for (let place = 0; place < hits.length; place++) {
      if (wanted.length > 0 && hits[place] === wanted.length) found.push(place);
    }
    hits.fill(0);
    return found;
  }

  /** Place of the first word that is not before `word`. */
  #first(word: string): number {
    let low = 0;
    let high = this.#words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#words[middle] ?? '') < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
