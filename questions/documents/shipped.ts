/** The documents that come with the product: facts that were read in public, in our own words; never their wording. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface ShippedDocument {
  readonly slug: string;
  readonly type: string;
  readonly number: string;
  readonly title: string;
  readonly issuer: string;
  /** "yyyy-mm-dd"; left out when the source does not give it. */
  readonly issuedOn?: string;
  readonly validFrom?: string;
  readonly validUntil?: string;
  /** Slug of what stands in its place. */
  readonly supersededBy?: string;
  readonly note?: string;
  readonly source?: string;
  /** As `recognise` takes it. */
  readonly text?: string;
}

const FILE = join(import.meta.dirname, 'shipped.yaml');

/** Changes when the file does. */
export async function fingerprintShippedDocuments(): Promise<string> {
  return createHash('sha256')
    .update(await readFile(FILE))
    .digest('hex');
}

export async function loadShippedDocuments(): Promise<readonly ShippedDocument[]> {
  // The reader's library is needed when the file has changed, not at every start.
  const { parse } = await import('yaml');
  const documents: unknown = parse(await readFile(FILE, 'utf8'));
  if (!Array.isArray(documents) || !documents.every(isDocument))
    throw new TypeError('questions/documents/shipped.yaml does not hold documents');
  return documents;
}

function isDocument(value: unknown): value is ShippedDocument {
  if (typeof value !== 'object' || value === null) return false;
  const members: Partial<Record<string, unknown>> = { ...value };
  const isText = (name: string): boolean => typeof members[name] === 'string';
  const isMaybe = (name: string): boolean => members[name] === undefined || isText(name);
  return (
    ['slug', 'type', 'number', 'title', 'issuer'].every(isText) &&
    ['issuedOn', 'validFrom', 'validUntil', 'supersededBy', 'note', 'source', 'text'].every(isMaybe)
  );
}
