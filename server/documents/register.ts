/** Puts the feature together: documents in memory, where citations lead, and the doors. */
import type { Context } from '../context.ts';
import type { Http } from '../platform/http.ts';
import { registerCitationDoors } from './citation-routes.ts';
import { registerDeskDoors } from './desk-routes.ts';
import { CitationLinks } from './linking.ts';
import { type DocumentsParts, Texts } from './parts.ts';
import { registerPublicDoors } from './public-routes.ts';
import { DocumentShelf } from './shelf.ts';
import { DocumentStore } from './store.ts';

export interface DocumentsFeature {
  readonly shelf: DocumentShelf;
  readonly links: CitationLinks;
  /** After the port is open: links citations in the background. */
  listening(): void;
  close(): Promise<void>;
}

export function openDocuments(http: Http, context: Context): DocumentsFeature {
  const shelf = new DocumentShelf(context);
  const store = new DocumentStore(context);
  const links = new CitationLinks(context, shelf);
  const parts: DocumentsParts = { context, shelf, store, texts: new Texts(store), links };
  registerPublicDoors(http, parts);
  registerDeskDoors(http, parts);
  registerCitationDoors(http, parts);
  return {
    shelf,
    links,
    listening: () => links.start(),
    async close() {
      await links.close();
      shelf.close();
    },
  };
}
