/** What the feature is made of. */
import type { Section } from '../../questions/documents/section.ts';
import type { Context } from '../context.ts';
import { Recent } from '../platform/recent.ts';
import type { CitationLinks } from './linking.ts';
import type { DocumentShelf, KnownDocument } from './shelf.ts';
import type { DocumentStore } from './store.ts';

export interface DocumentsParts {
  readonly context: Context;
  readonly shelf: DocumentShelf;
  readonly store: DocumentStore;
  readonly texts: Texts;
  readonly links: CitationLinks;
}

/** Texts at hand: what a contest's citizens read at the same time is a few documents. */
const KEPT = 12;

/** Sections with their texts; a version never changes, so what was read is right for ever. */
export class Texts {
  readonly #store: DocumentStore;
  readonly #kept = new Recent<string, Promise<readonly Section[]>>(KEPT);

  constructor(store: DocumentStore) {
    this.#store = store;
  }

  of({ id, textVersion }: Pick<KnownDocument, 'id' | 'textVersion'>): Promise<readonly Section[]> {
    const key = `${id}.${textVersion}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const reading = this.#store.sections(id, textVersion);
    this.#kept.set(key, reading);
    reading.catch(() => this.#kept.delete(key));
    return reading;
  }
}
