/** Pictures by the hash of their bytes: the same one twice is stored once, and an address never shows another picture. */
import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { MediaReply } from '../contracts/contest-desk.ts';
import { AppError } from '../platform/errors.ts';
import { MEDIA_MAX_BYTES, readPicture } from './media-rules.ts';

export interface Picture {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Pictures kept at hand: posters that everybody loads at the same moment. */
const KEPT_BYTES = 32_000_000;

export class MediaStore {
  readonly #database: Context['database'];
  readonly #kept = new Map<string, Picture>();
  #keptBytes = 0;

  constructor({ database }: Pick<Context, 'database'>) {
    this.#database = database;
  }

  /** `data` is base64. Throws `request.tooLarge`, `media.tooManyPixels`, and `media.unreadable` for what is no whole PNG, JPEG or WebP. */
  async add(data: string, now: number): Promise<MediaReply> {
    const bytes = Buffer.from(data, 'base64');
    if (bytes.length > MEDIA_MAX_BYTES) throw new AppError('request.tooLarge');
    const facts = await readPicture(bytes);
    if ('problem' in facts) throw new AppError(facts.problem);
    const { type } = facts;
    const id = createHash('sha256').update(bytes).digest('hex');
    const { media } = this.#database.tables;
    await this.#database.atomic([
      this.#database.query
        .insert(media)
        .values({ id, type, bytes: bytes.toString('base64'), createdAt: now })
        .onConflictDoNothing(),
    ]);
    return { id, type, bytes: bytes.length };
  }

  /** Pictures whose type was told by their content already; `data` is base64. */
  async keep(
    picture: { readonly id: string; readonly type: string; readonly data: string },
    now: number,
  ): Promise<void> {
    const { media } = this.#database.tables;
    const { id, type, data } = picture;
    await this.#database.atomic(
      [
        this.#database.query
          .insert(media)
          .values({ id, type, bytes: data, createdAt: now })
          .onConflictDoNothing(),
      ],
      'low',
    );
  }

  async get(id: string): Promise<Picture | null> {
    const kept = this.#kept.get(id);
    if (kept !== undefined) return kept;
    const { media } = this.#database.tables;
    const [row] = await this.#database.query
      .select({ type: media.type, bytes: media.bytes })
      .from(media)
      .where(eq(media.id, id));
    if (row === undefined) return null;
    const picture = { type: row.type, bytes: Buffer.from(row.bytes, 'base64') };
    this.#remember(id, picture);
    return picture;
  }

  #remember(id: string, picture: Picture): void {
    if (this.#kept.has(id)) return;
    this.#keptBytes += picture.bytes.length;
    this.#kept.set(id, picture);
    for (const [oldest, { bytes }] of this.#kept) {
      if (this.#keptBytes <= KEPT_BYTES) return;
      this.#kept.delete(oldest);
      this.#keptBytes -= bytes.length;
    }
  }
}
