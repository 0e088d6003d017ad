/** Doors that are open to everybody: the library of documents, and the page of each section. */
import {
  DocumentList,
  DocumentPage,
  DocumentSlug,
  SectionPage,
  SlugAndSection,
} from '../contracts/documents.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import { Limit, networkOf } from '../platform/limits.ts';
import type { DocumentsParts } from './parts.ts';
import { presentList, presentPage, presentSection } from './presenter.ts';
import { dayAt } from './validity-rules.ts';

const tags = ['documents'];
const config = { access: 'public' as const };

export function registerPublicDoors(http: Http, { context, shelf, texts }: DocumentsParts): void {
  const { clock } = context;
  // By address alone: these doors ask nobody who they are. A school reads behind one address.
  const limit = new Limit(600 * context.config.limitFactor, 1200 * context.config.limitFactor);
  const take = (address: string): void => limit.take(networkOf(address), clock.now());

  http.get(
    '/api/documents',
    { config, schema: { tags, summary: 'Documents, the newest first', response: { 200: DocumentList } } },
    async (request) => {
      take(request.ip);
      return { documents: presentList(await shelf.read(), dayAt(clock.now())) };
    },
  );
  http.get(
    '/api/documents/:document',
    {
      config,
      schema: {
        tags,
        summary: 'A document and its contents',
        params: DocumentSlug,
        response: { 200: DocumentPage },
      },
    },
    async (request) => {
      take(request.ip);
      const documents = await shelf.read();
      const document = documents.bySlug(request.params.document);
      if (document === null || document.archivedAt !== null) throw new AppError('notFound');
      return presentPage(document, documents, dayAt(clock.now()));
    },
  );
  http.get(
    '/api/documents/:document/sections/:section',
    {
      config,
      schema: {
        tags,
        summary: 'A section with all inside it; "toan-van" is the whole text',
        params: SlugAndSection,
        response: { 200: SectionPage },
      },
    },
    async (request) => {
      take(request.ip);
      const documents = await shelf.read();
      const document = documents.bySlug(request.params.document);
      if (document === null || document.archivedAt !== null || document.textVersion === 0)
        throw new AppError('notFound');
      const sections = await texts.of(document);
      const page = presentSection(document, sections, request.params.section, documents, dayAt(clock.now()));
      if (page === null) throw new AppError('notFound');
      return page;
    },
  );
}
