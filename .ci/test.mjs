/**
 * `npm test`: every test, the browser's too. Arguments go to Vitest. With `--again`, files that failed run once more, by
 * themselves, and the report says which: a machine may have stood still, a fault stays. Many at once are never tried again.
 *
 * Databases of tests are in memory where there is room for them: a run makes some hundred, none of which outlives it, and a
 * fresh one is three hundred files on PostgreSQL. What tests kills goes to the disk all the same (TEST_DISK).
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const MANY = 5;
/** Where Linux keeps files in memory; a container may have 64 MB of it. */
const MEMORY = '/dev/shm';
const ROOM_BYTES = 3 * 2 ** 30;

const found = spawnSync(process.execPath, ['.ci/chromium.mjs'], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
});
if (found.status !== 0) process.exit(found.status ?? 1);
const path = found.stdout.trim().split('\n').at(-1);
const folder = mkdtempSync(join(hasRoom() ? MEMORY : tmpdir(), 'hoithi-tests-'));
// As root, PostgreSQL runs as a user of its own, who must be able to walk into the folder.
chmodSync(folder, 0o755);
const env = {
  ...process.env,
  ...(path === 'playwright' ? {} : { CHROMIUM_PATH: path }),
  TMPDIR: folder,
  TEST_DISK: tmpdir(),
};
const test = (given, more = {}) =>
  spawnSync('npx', ['vitest', 'run', ...given], { stdio: 'inherit', env: { ...env, ...more } }).status ?? 1;

const given = process.argv.slice(2).filter((argument) => argument !== '--again');
try {
  process.exitCode = process.argv.includes('--again') ? testTwice() : test(given);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function hasRoom() {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > ROOM_BYTES && freemem() > 2 * ROOM_BYTES;
}

function testTwice() {
  const list = join(folder, 'failed');
  writeFileSync(list, '');
  const reporters = ['--reporter=default', '--reporter=./.ci/failed-files.mjs'];
  const status = test([...reporters, ...given], { FAILED_FILES: list });
  const files = readFileSync(list, 'utf8').split('\n').filter(Boolean);
  if (status === 0 || files.length === 0 || files.length > MANY) return status;
  return tryAgain(files.map((file) => relative(process.cwd(), file)));
}

function tryAgain(files) {
  const names = files.join(', ');
  console.log(`Once more, by themselves: ${names}`);
  const second = test(files);
  console.log(second === 0 ? `FAILED ONCE, then passed: ${names}` : `FAILED TWICE: ${names}`);
  return second;
}
