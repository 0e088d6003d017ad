/**
 * The banks that ship with the product, read from the files in this folder.
 * Their keys are public: a ranked round that draws from one deserves a warning (see `isShipped`).
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BankFileError, type ShippedBank } from './bank-file.ts';

export type { BankDocument, BankProblem, ShippedBank } from './bank-file.ts';
export { BankFileError } from './bank-file.ts';

const FOLDER = import.meta.dirname;
const EXTENSION = '.yaml';

/** Slugs of the shipped banks, in the order of the alphabet. */
export async function listShippedBanks(): Promise<readonly string[]> {
  const names = await readdir(FOLDER);
  return names
    .filter((name) => name.endsWith(EXTENSION))
    .map((name) => name.slice(0, -EXTENSION.length))
    .sort();
}

/** Reads one shipped bank. Throws BankFileError when the file is wrong, and the system's error when there is none. */
export async function loadShippedBank(slug: string): Promise<ShippedBank> {
  const name = `${slug}${EXTENSION}`;
  // The reader's library is needed when files have changed, not at every start.
  const { readBank } = await import('./read.ts');
  const { bank, problems } = readBank(await readFile(join(FOLDER, name), 'utf8'));
  if (bank === null) throw new BankFileError(name, problems);
  if (bank.slug === slug) return bank;
  const vi = `slug "${bank.slug}" khác tên tệp`;
  throw new BankFileError(name, [
    { line: 1, code: '', vi, en: `slug "${bank.slug}" is not the name of the file` },
  ]);
}

/** Reads all shipped banks; throws at the first file that is wrong. */
export async function loadShippedBanks(): Promise<readonly ShippedBank[]> {
  const slugs = await listShippedBanks();
  return Promise.all(slugs.map(loadShippedBank));
}

/** Whether a bank of this slug ships with the product, so that anybody can read its keys. */
export async function isShipped(slug: string): Promise<boolean> {
  return (await listShippedBanks()).includes(slug);
}

/** Changes when any shipped file does (SHA-256, hex): reading 300 kB is quicker than parsing it at every start. */
export async function fingerprintShippedBanks(): Promise<string> {
  const hash = createHash('sha256');
  for (const slug of await listShippedBanks())
    hash.update(`${slug}\0`).update(await readFile(join(FOLDER, `${slug}${EXTENSION}`)));
  return hash.digest('hex');
}
