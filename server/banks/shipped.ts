/**
 * Brings the banks that ship with the product into the database: all of them at first, later what the files corrected, by
 * code. Twice is once. A question whose newest version somebody wrote here is left as they want it.
 */
import { eq } from 'drizzle-orm';
import { fingerprintShippedBanks, loadShippedBanks, type ShippedBank } from '../../questions/banks/index.ts';
import type { Context } from '../context.ts';
import { ConflictError } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { type Content, fingerprint } from './rules.ts';
import { type Authorship, type BankRow, BankStore } from './store.ts';

const FACT = 'banks.shipped';
/** The sample contest draws from it; the others begin open for practice, since their keys are public anyway. */
const SAMPLED = 'nghi-quyet-15';
/** Rows of a bank go in pieces, so that nobody waits for a long commit. */
const PIECE = 100;

/** What was done; all zero when the files had not changed since the last time. */
export interface Seeded {
  readonly banks: number;
  readonly added: number;
  readonly corrected: number;
}

type SeedContext = Pick<Context, 'database' | 'keys' | 'announcer' | 'clock' | 'log' | 'secrets'>;

export async function seedBanks(context: SeedContext): Promise<Seeded> {
  const stamp = await fingerprintShippedBanks();
  if ((await readStamp(context)) === stamp) return { banks: 0, added: 0, corrected: 0 };
  const total = { banks: 0, added: 0, corrected: 0 };
  for (const bank of await loadShippedBanks()) {
    const { added, corrected } = await seedBank(context, bank);
    total.banks += 1;
    total.added += added;
    total.corrected += corrected;
  }
  await writeStamp(context, stamp);
  return total;
}

/** Another node may do the same at the same moment: who loses looks again and finds less to do. */
export async function seedBank(context: SeedContext, shipped: ShippedBank): Promise<Omit<Seeded, 'banks'>> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await seedOnce(context, shipped);
    } catch (error) {
      const lostRace =
        error instanceof ConflictError || (error instanceof AppError && error.code === 'taken');
      if (!lostRace || tries === 4) throw error;
    }
  }
}

async function seedOnce(context: SeedContext, shipped: ShippedBank): Promise<Omit<Seeded, 'banks'>> {
  const store = new BankStore(context);
  const author: Authorship = {
    by: null,
    at: context.clock.now(),
    reason: 'Bản đi kèm phần mềm / shipped with the product',
  };
  const bank = (await store.bySlug(shipped.slug)) ?? (await openBank(store, shipped, author));
  if (!bank.shipped) {
    context.log.warn(
      { slug: shipped.slug },
      'a bank of this name is here already; the shipped one is left out',
    );
    return { added: 0, corrected: 0 };
  }
  const known = await store.byCode(bank);
  const missing = shipped.questions.filter(({ code }) => !known.has(code));
  for (const piece of pieces(missing)) {
    const added = piece.map(({ code, ...content }) => ({ code, content }));
    await store.add(bank, added, 'approved', author);
  }
  const corrections = shipped.questions.flatMap(({ code, ...content }) => {
    const question = known.get(code);
    if (question === undefined || question.changedBy !== null || same(question.content, content)) return [];
    return [{ question, content, status: question.status }];
  });
  for (const piece of pieces(corrections)) await store.edit(piece, author);
  return { added: missing.length, corrected: corrections.length };
}

function same(a: Content, b: Content): boolean {
  return fingerprint(a) === fingerprint(b);
}

function openBank(
  store: BankStore,
  { slug, title, description, licence }: ShippedBank,
  author: Authorship,
): Promise<BankRow> {
  const practice = slug !== SAMPLED;
  return store.create({ slug, title, description, licence, shipped: true, practice }, author);
}

function* pieces<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < list.length; from += PIECE) yield list.slice(from, from + PIECE);
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
