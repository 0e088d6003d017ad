/** Brings the documents that come with the product into the database, later what their file corrected. Twice is once; what somebody changed here stays. */
import { and, eq, isNull } from 'drizzle-orm';
import { recognise } from '../../questions/documents/recognise.ts';
import {
  fingerprintShippedDocuments,
  loadShippedDocuments,
  type ShippedDocument,
} from '../../questions/documents/shipped.ts';
import type { Context } from '../context.ts';
import { ConflictError } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { DocumentShelf, type DocumentsNow, type KnownDocument } from './shelf.ts';
import { type Author, type DocumentFacts, DocumentStore } from './store.ts';

const FACT = 'documents.shipped';
const REASON = 'Bản đi kèm phần mềm / shipped with the product';

type SeedContext = Pick<Context, 'database' | 'keys' | 'announcer' | 'clock' | 'log' | 'secrets'>;

/** Gives how many were added or corrected. */
export async function seedDocuments(context: SeedContext): Promise<number> {
  const stamp = await fingerprintShippedDocuments();
  if ((await readStamp(context)) === stamp) return 0;
  const shelf = new DocumentShelf(context);
  try {
    const written = await bringIn(context, shelf, await loadShippedDocuments());
    await writeStamp(context, stamp);
    return written;
  } finally {
    shelf.close();
  }
}

/** First all of them, then their texts and what replaced them, since a document may name one that comes later. */
async function bringIn(
  context: SeedContext,
  shelf: DocumentShelf,
  shipped: readonly ShippedDocument[],
): Promise<number> {
  const store = new DocumentStore(context);
  const author: Author = {
    by: null,
    actor: 'system',
    address: null,
    at: context.clock.now(),
    reason: REASON,
  };
  const before = await shelf.read();
  const written = new Set<string>();
  for (const document of shipped) {
    if (before.bySlug(document.slug) !== null) continue;
    await store.create(document.slug, factsOf(document, null), author).catch(unlessTaken);
    written.add(document.slug);
  }
  const own = await ownSlugs(context);
  for (const document of shipped) {
    const known = (await shelf.read()).bySlug(document.slug);
    if (known === null || !own.has(document.slug)) continue;
    const changed = await correct(store, shelf, document, known, author).catch(unlessLost);
    if (changed) written.add(document.slug);
  }
  return written.size;
}

async function correct(
  store: DocumentStore,
  shelf: DocumentShelf,
  shipped: ShippedDocument,
  known: KnownDocument,
  author: Author,
): Promise<boolean> {
  const documents = await shelf.read();
  const facts = factsOf(shipped, successorOf(shipped, documents));
  const isSame = Object.entries(facts).every(([name, value]) => Reflect.get(known, name) === value);
  if (!isSame) await store.change(known, known.version, facts, author);
  const source = shipped.text ?? '';
  if (source === '') return !isSame;
  const now = (await shelf.read()).bySlug(shipped.slug) ?? known;
  const old = now.textVersion === 0 ? '' : await store.source(now.id, now.textVersion);
  if (old === source) return !isSame;
  await store.keepText(now, now.version, { source, sections: recognise(source).sections }, author);
  return true;
}

function successorOf({ supersededBy }: ShippedDocument, documents: DocumentsNow): number | null {
  return supersededBy === undefined ? null : (documents.bySlug(supersededBy)?.id ?? null);
}

function factsOf(document: ShippedDocument, supersededById: number | null): DocumentFacts {
  const { type, number, title, issuer, issuedOn, validFrom, validUntil, note, source } = document;
  return {
    type,
    number,
    title,
    issuer,
    issuedOn: issuedOn ?? null,
    validFrom: validFrom ?? null,
    validUntil: validUntil ?? null,
    supersededById,
    note: note ?? '',
    source: source ?? '',
    isExcerpt: true,
  };
}

/** Slugs of documents that nobody here has touched: the product made them and wrote every text. */
async function ownSlugs({ database }: SeedContext): Promise<ReadonlySet<string>> {
  const { documents, auditLog } = database.tables;
  const made = await database.query
    .select({ slug: documents.slug, uid: documents.uid })
    .from(documents)
    .where(isNull(documents.createdBy));
  const own = new Set<string>();
  for (const { slug, uid } of made) {
    const entries = await database.query
      .select({ actor: auditLog.actor })
      .from(auditLog)
      .where(and(eq(auditLog.subject, `document:${uid}`)));
    if (entries.every(({ actor }) => actor === 'system')) own.add(slug);
  }
  return own;
}

/** Another node was quicker. */
function unlessTaken(error: unknown): null {
  if (error instanceof AppError && error.code === 'taken') return null;
  throw error;
}

function unlessLost(error: unknown): false {
  if (error instanceof ConflictError) return false;
  throw error;
}

async function readStamp({ database }: SeedContext): Promise<string | null> {
  const { facts } = database.tables;
  const [row] = await database.query.select({ value: facts.value }).from(facts).where(eq(facts.name, FACT));
  return row?.value ?? null;
}

async function writeStamp({ database }: SeedContext, value: string): Promise<void> {
  const { facts } = database.tables;
  await database.atomic([
    database.query
      .insert(facts)
      .values({ name: FACT, value })
      .onConflictDoUpdate({ target: facts.name, set: { value } }),
  ]);
}
