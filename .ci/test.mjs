/**
 * `npm test`: every test, the browser's too. Arguments go to Vitest. With `--again`, files that failed run once more, by
 * themselves, and the report says which: a machine may have stood still, a fault stays. Many at once are never tried again.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const MANY = 5;

const found = spawnSync(process.execPath, ['.ci/chromium.mjs'], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
});
if (found.status !== 0) process.exit(found.status ?? 1);
const path = found.stdout.trim().split('\n').at(-1);
const env = path === 'playwright' ? process.env : { ...process.env, CHROMIUM_PATH: path };
const test = (given, more = {}) =>
  spawnSync('npx', ['vitest', 'run', ...given], { stdio: 'inherit', env: { ...env, ...more } }).status ?? 1;

const given = process.argv.slice(2).filter((argument) => argument !== '--again');
process.exitCode = process.argv.includes('--again') ? testTwice() : test(given);

function testTwice() {
  const folder = mkdtempSync(join(tmpdir(), 'hoithi-tests-'));
  const list = join(folder, 'failed');
  writeFileSync(list, '');
  try {
    const reporters = ['--reporter=default', '--reporter=./.ci/failed-files.mjs'];
    const status = test([...reporters, ...given], { FAILED_FILES: list });
    const files = readFileSync(list, 'utf8').split('\n').filter(Boolean);
    if (status === 0 || files.length === 0 || files.length > MANY) return status;
    return tryAgain(files.map((file) => relative(process.cwd(), file)).join(' '));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function tryAgain(files) {
  console.log(`Once more, by themselves: ${files}`);
  const second = test(files.split(' '));
  console.log(second === 0 ? `FAILED ONCE, then passed: ${files}` : `FAILED TWICE: ${files}`);
  return second;
}
