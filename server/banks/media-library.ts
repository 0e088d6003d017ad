/** Pictures of a bank: put into its library, shown by its questions, or both; replaced in all questions at once. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Json } from '../../questions/question.ts';
import type { Context } from '../context.ts';
import type { BankMedia } from '../contracts/bank-media.ts';
import type { MediaStore } from '../media/media-store.ts';
import { withAudit } from '../platform/audit.ts';
import { AppError } from '../platform/errors.ts';
import { type Content, statusAfterEdit } from './rules.ts';
import { type Authorship, type BankRow, type BankStore, LOGGED_MOST } from './store.ts';

type LibraryContext = Pick<Context, 'database' | 'secrets' | 'clock'>;
interface Use {
  readonly id: string;
  readonly code: string;
}

const PICTURE = /media:([0-9a-f]{64})/g;
/** Questions that one replacement changes; pictures of more are replaced in several goes. */
const REPLACED_MOST = 500;

export class MediaLibrary {
  readonly #context: LibraryContext;
  readonly #store: BankStore;
  readonly #media: MediaStore;

  constructor(context: LibraryContext, store: BankStore, media: MediaStore) {
    this.#context = context;
    this.#store = store;
    this.#media = media;
  }

  /** The newest first; those that questions show and nobody put here stand last. */
  async list(bank: BankRow): Promise<BankMedia> {
    const { bankMedia: t } = this.#context.database.tables;
    const [kept, uses] = await Promise.all([
      this.#context.database.query.select().from(t).where(eq(t.bankId, bank.id)),
      this.#uses(bank.id),
    ]);
    const names = new Map(kept.map((row) => [row.mediaId, row]));
    const ids = [...new Set([...names.keys(), ...uses.keys()])];
    const facts = await this.#facts(ids);
    const pictures = ids.flatMap((id) => {
      const fact = facts.get(id);
      if (fact === undefined) return [];
      const row = names.get(id);
      return [
        { id, ...fact, name: row?.name ?? '', addedAt: row?.addedAt ?? null, uses: uses.get(id) ?? [] },
      ];
    });
    return { pictures: pictures.toSorted((a, b) => (b.addedAt ?? 0) - (a.addedAt ?? 0)) };
  }

  /** Picture → questions whose current version shows it; read outside the main thread. */
  async #uses(bankId: number): Promise<ReadonlyMap<string, Use[]>> {
    const { questions: q, questionVersions: v } = this.#context.database.tables;
    const query = this.#context.database.query
      .select({ uid: q.uid, code: q.code, prompt: sql`cast(${v.prompt} as text)` })
      .from(q)
      .innerJoin(v, eq(v.id, q.currentVersionId))
      .where(and(eq(q.bankId, bankId), sql`cast(${v.prompt} as text) like '%media:%'`))
      .orderBy(q.code);
    const uses = new Map<string, Use[]>();
    for await (const rows of this.#context.database.scan(query)) {
      for (const [uid, code, prompt] of rows) {
        for (const id of new Set([...String(prompt).matchAll(PICTURE)].map((match) => match[1] ?? '')))
          uses.set(id, [...(uses.get(id) ?? []), { id: String(uid), code: String(code) }]);
      }
    }
    return uses;
  }

  async #facts(ids: readonly string[]) {
    const { media: m } = this.#context.database.tables;
    const found = new Map<string, { type: string; bytes: number }>();
    if (ids.length === 0) return found;
    const query = this.#context.database.query
      .select({ id: m.id, type: m.type, length: sql`length(${m.bytes})` })
      .from(m)
      .where(inArray(m.id, [...ids]));
    for await (const rows of this.#context.database.scan(query)) {
      for (const [id, type, length] of rows)
        found.set(String(id), { type: String(type), bytes: Math.floor((Number(length) * 3) / 4) });
    }
    return found;
  }

  /** `data` is base64. The same picture twice is once. Throws `request.tooLarge`, `media.unreadable`, `media.tooManyPixels`. */
  async add(bank: BankRow, data: string, name: string, author: Authorship): Promise<string> {
    const { id } = await this.#media.add(data, author.at);
    const { bankMedia } = this.#context.database.tables;
    const row = { bankId: bank.id, mediaId: id, name: name.trim().normalize('NFC'), addedAt: author.at };
    const insert = this.#context.database.query.insert(bankMedia).values(row).onConflictDoNothing();
    await this.#log(bank, author, 'bank.pictureAdded', { media: id }, [insert]);
    return id;
  }

  /** Takes a picture out of the library. Throws `banks.pictureUsed` while questions show it. */
  async remove(bank: BankRow, id: string, author: Authorship): Promise<void> {
    if ((await this.#uses(bank.id)).has(id)) throw new AppError('banks.pictureUsed');
    const { bankMedia: t } = this.#context.database.tables;
    const gone = this.#context.database.query.delete(t).where(and(eq(t.bankId, bank.id), eq(t.mediaId, id)));
    await this.#log(bank, author, 'bank.pictureRemoved', { media: id }, [gone]);
  }

  /** Another picture in its place, in every question: each becomes a new version. Gives how many did. Throws `conflict`. */
  async replace(bank: BankRow, id: string, data: string, name: string, author: Authorship): Promise<number> {
    const next = await this.add(bank, data, name, author);
    const uses = (await this.#uses(bank.id)).get(id) ?? [];
    if (next === id || uses.length === 0) return 0;
    const rows = await this.#store.byUids(uses.slice(0, REPLACED_MOST).map((use) => use.id));
    const edits = rows.map((question) => ({
      question,
      content: withPicture(question.content, id, next),
      status: statusAfterEdit(question.status),
    }));
    const details = {
      replaced: id,
      by: next,
      count: edits.length,
      questions: rows.map(({ uid }) => uid).slice(0, LOGGED_MOST),
    };
    await this.#store.writeMany([bank], await this.#store.editing(edits, author), author, details);
    return edits.length;
  }

  async #log(
    bank: BankRow,
    { log }: Authorship,
    action: string,
    details: Readonly<Record<string, string>>,
    statements: Parameters<typeof withAudit>[2],
  ): Promise<void> {
    const entry = { actor: log?.actor ?? 'system', address: log?.address ?? null, action };
    await withAudit(this.#context, { ...entry, subject: `bank:${bank.uid}`, details }, statements);
  }
}

function withPicture(content: Content, from: string, to: string): Content {
  const prompt = replaced(content.prompt, from, to);
  return typeof prompt === 'object' && prompt !== null && 'stem' in prompt && typeof prompt.stem === 'string'
    ? { ...content, prompt: { ...prompt, stem: prompt.stem } }
    : content;
}

function replaced(value: Json, from: string, to: string): Json {
  if (typeof value === 'string') return value.replaceAll(`media:${from}`, `media:${to}`);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => replaced(one, from, to));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replaced(inner, from, to)]));
}
