/** The generated migrations of a dialect, in order. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Migration {
  readonly tag: string;
  /** SHA-256 of the file: an applied migration must not change afterwards. */
  readonly hash: string;
  readonly statements: readonly string[];
}

interface Journal {
  readonly entries: readonly { readonly idx: number; readonly tag: string }[];
}

export function readMigrations(dialect: 'sqlite' | 'postgres'): readonly Migration[] {
  const folder = fileURLToPath(new URL(`../../../drizzle/${dialect}/`, import.meta.url));
  const journal: Journal = JSON.parse(readFileSync(`${folder}meta/_journal.json`, 'utf8'));
  return journal.entries.map(({ tag }) => {
    const text = readFileSync(`${folder}${tag}.sql`, 'utf8');
    return {
      tag,
      hash: createHash('sha256').update(text).digest('hex'),
      statements: text
        .split('--> statement-breakpoint')
        .map((s) => s.trim())
        .filter((s) => s !== ''),
    };
  });
}

/** Those that are not applied yet. Throws when the database knows a migration that this program does not, or another text of one. */
export function pendingMigrations(
  all: readonly Migration[],
  applied: ReadonlyMap<string, string>,
): readonly Migration[] {
  for (const [tag, hash] of applied) {
    const known = all.find((migration) => migration.tag === tag);
    if (known === undefined)
      throw new Error(
        `The database was migrated by a newer program (${tag}) / Dữ liệu thuộc phiên bản mới hơn`,
      );
    if (known.hash !== hash)
      throw new Error(
        `The migration ${tag} was changed after it had been applied / Bước chuyển đổi ${tag} đã bị sửa`,
      );
  }
  return all.filter((migration) => !applied.has(migration.tag));
}
