/** Fails when generating migrations from the schema would give anything new: `npm run migrations`. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let failed = false;
for (const dialect of ['sqlite', 'postgres']) {
  const copy = mkdtempSync(join(tmpdir(), 'hoithi-migrations-'));
  cpSync(join('drizzle', dialect), copy, { recursive: true });
  const before = readdirSync(copy).length;
  const schema = `./drizzle/kit-${dialect}.cjs`;
  const name = dialect === 'postgres' ? 'postgresql' : dialect;
  const run = spawnSync(
    'npx',
    ['drizzle-kit', 'generate', '--dialect', name, '--schema', schema, '--out', copy],
    { encoding: 'utf8' },
  );
  const added = readdirSync(copy).length - before;
  rmSync(copy, { recursive: true, force: true });
  if (run.status !== 0 || added !== 0) {
    failed = true;
    console.error(
      `${dialect}: ${run.status !== 0 ? run.stderr + run.stdout : 'the schema has changes without a migration'}`,
    );
  } else console.log(`${dialect}: no difference`);
}
process.exit(failed ? 1 : 0);
