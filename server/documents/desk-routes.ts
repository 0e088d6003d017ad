/** Doors of those who keep documents: what is said of them, their texts, previews of texts. */
import type { FastifyRequest } from 'fastify';
import {
  ChangeDocument,
  CreateDocument,
  type CreateDocument as Created,
  DeskDocument,
  DeskDocumentList,
  DocumentParams,
  FILE_MOST,
  KeepText,
  KeptText,
  ReadText,
  TextParams,
  TextReading,
} from '../contracts/documents.ts';
import { identityOf } from '../platform/access.ts';
import { AppError, invalidField } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import { NO_DOCUMENT } from './linking.ts';
import type { DocumentsParts } from './parts.ts';
import { type Counted, newestFirst, presentDesk, presentRow } from './presenter.ts';
import { readInThread } from './reading.ts';
import { citedCounts, waitingForLook } from './reviews.ts';
import type { DocumentsNow, KnownDocument } from './shelf.ts';
import type { Author, DocumentFacts } from './store.ts';
import { dayAt, isDay } from './validity-rules.ts';

const tags = ['documents'];
const planners = { access: { roles: ['organiser', 'editor', 'reviewer'] } } as const;
const readers = { access: { roles: ['editor', 'reviewer'] } } as const;
const writers = { access: { roles: ['editor'] } } as const;
/** base64 of the largest file, and the JSON around it. */
const BODY_MOST = Math.ceil(FILE_MOST / 3) * 4 + 1000;
/** A text in JSON: letters of three bytes. */
const TEXT_BODY_MOST = 6_000_000;

export function registerDeskDoors(http: Http, parts: DocumentsParts): void {
  registerLists(http, parts);
  registerWriting(http, parts);
  registerTexts(http, parts);
}

export function authorOf(request: FastifyRequest, now: number, reason: string | null): Author {
  const { personId, uid } = identityOf(request);
  return { by: personId, actor: uid, address: request.ip, at: now, reason };
}

export function demandDocument(documents: DocumentsNow, uid: string): KnownDocument {
  const document = documents.byUid(uid);
  if (document === null) throw new AppError('notFound');
  return document;
}

/** By document: how many questions cite it, and how many wait for a look. */
async function counts({ context }: DocumentsParts, documents: DocumentsNow, day: string) {
  const [cited, waiting] = await Promise.all([citedCounts(context), waitingForLook(context, documents, day)]);
  const toReview = new Map<number, number>();
  for (const { document } of waiting) toReview.set(document.id, (toReview.get(document.id) ?? 0) + 1);
  return {
    unmatched: cited.get(NO_DOCUMENT) ?? 0,
    of: (id: number): Counted => ({ cited: cited.get(id) ?? 0, toReview: toReview.get(id) ?? 0 }),
  };
}

async function shown(parts: DocumentsParts, uid: string): Promise<DeskDocument> {
  const day = dayAt(parts.context.clock.now());
  const documents = await parts.shelf.read();
  const document = demandDocument(documents, uid);
  const { id, textVersion } = document;
  const [texts, text, counted] = await Promise.all([
    parts.store.texts(id),
    textVersion === 0 ? '' : parts.store.source(id, textVersion),
    counts(parts, documents, day),
  ]);
  return presentDesk(document, documents, { text, texts }, counted.of(id), day);
}

function registerLists(http: Http, parts: DocumentsParts): void {
  http.get(
    '/api/desk/documents',
    {
      config: planners,
      schema: {
        tags,
        summary: 'All documents, how often they are cited and what waits for a look',
        response: { 200: DeskDocumentList },
      },
    },
    async () => {
      const day = dayAt(parts.context.clock.now());
      const documents = await parts.shelf.read();
      const counted = await counts(parts, documents, day);
      const rows = documents.all
        .toSorted(newestFirst)
        .map((document) => presentRow(document, documents, counted.of(document.id), day));
      return { documents: rows, unmatched: counted.unmatched };
    },
  );
  http.get(
    '/api/desk/documents/:document',
    {
      config: readers,
      schema: {
        tags,
        summary: 'A document with its newest text',
        params: DocumentParams,
        response: { 200: DeskDocument },
      },
    },
    async (request) => shown(parts, request.params.document),
  );
}

function registerWriting(http: Http, parts: DocumentsParts): void {
  const { clock } = parts.context;
  http.post(
    '/api/desk/documents',
    {
      config: writers,
      schema: { tags, summary: 'Add a document', body: CreateDocument, response: { 201: DeskDocument } },
    },
    async (request, reply) => {
      const { slug, ...written } = request.body;
      const facts = readFacts(written, await parts.shelf.read(), null);
      const uid = await parts.store.create(slug, facts, authorOf(request, clock.now(), null));
      return reply.code(201).send(await shown(parts, uid));
    },
  );
  http.put(
    '/api/desk/documents/:document',
    {
      config: writers,
      schema: {
        tags,
        summary: 'Change what is said of a document: validity, what replaces it, or put it away',
        params: DocumentParams,
        body: ChangeDocument,
        response: { 200: DeskDocument },
      },
    },
    async (request) => {
      const { expectedVersion, reason, archived, ...written } = request.body;
      const documents = await parts.shelf.read();
      const document = demandDocument(documents, request.params.document);
      const facts = { ...readFacts(written, documents, document), archived };
      await parts.store.change(document, expectedVersion, facts, authorOf(request, clock.now(), reason));
      await parts.links.settle();
      return shown(parts, document.uid);
    },
  );
}

/** Throws `request.invalid` at the field. */
function readFacts(
  written: Omit<Created, 'slug'>,
  documents: DocumentsNow,
  own: KnownDocument | null,
): DocumentFacts {
  const { supersededBy, ...facts } = written;
  for (const field of ['issuedOn', 'validFrom', 'validUntil'] as const) {
    const day = facts[field];
    if (day !== null && !isDay(day))
      throw invalidField(field, 'Ngày này không có trong lịch.', 'The calendar has no such day.');
  }
  if (facts.validFrom !== null && facts.validUntil !== null && facts.validUntil < facts.validFrom)
    throw invalidField(
      'validUntil',
      'Ngày hết hiệu lực trước ngày có hiệu lực.',
      'It ends before it begins.',
    );
  if (facts.title.trim() === '')
    throw invalidField('title', 'Văn bản chưa có tên.', 'The document has no title.');
  return { ...facts, supersededById: supersededBy === null ? null : successor(supersededBy, documents, own) };
}

/** A document cannot stand in its own place, nor in a circle with others. */
function successor(uid: string, documents: DocumentsNow, own: KnownDocument | null): number {
  const next = documents.byUid(uid);
  if (next === null)
    throw invalidField('supersededBy', 'Không có văn bản này.', 'There is no such document.');
  const seen = new Set<number>();
  for (
    let at: KnownDocument | null = next;
    at !== null && !seen.has(at.id);
    at = documents.byId(at.supersededById)
  ) {
    if (at.id === own?.id)
      throw invalidField(
        'supersededBy',
        'Văn bản không thể được thay bằng chính nó.',
        'A document cannot be replaced by itself.',
      );
    seen.add(at.id);
  }
  return next.id;
}

function registerTexts(http: Http, parts: DocumentsParts): void {
  const { clock } = parts.context;
  http.post(
    '/api/desk/documents/readings',
    {
      config: writers,
      bodyLimit: BODY_MOST,
      schema: {
        tags,
        summary: 'Sections that are recognised in a text or a Word file; nothing is kept',
        body: ReadText,
        response: { 200: TextReading },
      },
    },
    async (request) => {
      const { body } = request;
      if ('text' in body) return readInThread({ text: body.text });
      return readInThread({ file: Buffer.from(body.file, 'base64') });
    },
  );
  http.put(
    '/api/desk/documents/:document/text',
    {
      config: writers,
      bodyLimit: TEXT_BODY_MOST,
      schema: {
        tags,
        summary: 'Keep a text, cut into its sections: a new version',
        params: DocumentParams,
        body: KeepText,
        response: { 200: DeskDocument },
      },
    },
    async (request) => {
      const { expectedVersion, reason, text } = request.body;
      if (text.includes('\u0000'))
        throw invalidField(
          'text',
          'Có ký tự không hợp lệ (mã 0).',
          'There is a character that cannot be stored (0).',
        );
      const { sections } = await readInThread({ text });
      if (sections.length === 0)
        throw invalidField('text', 'Văn bản chưa có nội dung.', 'The text is empty.');
      const document = demandDocument(await parts.shelf.read(), request.params.document);
      const kept = { source: text.toWellFormed().normalize('NFC'), sections };
      await parts.store.keepText(document, expectedVersion, kept, authorOf(request, clock.now(), reason));
      await parts.links.settle();
      return shown(parts, document.uid);
    },
  );
  http.get(
    '/api/desk/documents/:document/texts/:version',
    {
      config: readers,
      schema: {
        tags,
        summary: 'An earlier text',
        params: TextParams,
        response: { 200: KeptText },
      },
    },
    async (request) => {
      const document = demandDocument(await parts.shelf.read(), request.params.document);
      const { version } = request.params;
      return { version, text: await parts.store.source(document.id, version) };
    },
  );
}
