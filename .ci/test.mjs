/**
 * `npm test`: every test, the browser's too. Arguments go to Vitest. With `--again`, files that failed run once more, by
 * themselves, and the report says which: a machine may have stood still, a fault stays. Many at once are never tried again.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
const test = (...given) =>
  spawnSync('npx', ['vitest', 'run', ...given], { stdio: 'inherit', env }).status ?? 1;

const given = process.argv.slice(2).filter((argument) => argument !== '--again');
if (given.length === process.argv.length - 2) process.exit(test(...given));

const folder = mkdtempSync(join(tmpdir(), 'hoithi-tests-'));
const report = join(folder, 'report.json');
try {
  const status = test('--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...given);
  process.exitCode = status === 0 ? 0 : tryAgain(status);
} finally {
  rmSync(folder, { recursive: true });
}

/** The status of the run that counts. No report, or no file that failed: something else did, and that counts. */
function tryAgain(status) {
  const files = failedFiles();
  if (files.length === 0 || files.length > MANY) return status;
  console.log(`\nOnce more, by themselves: ${files.join(', ')}\n`);
  const second = test(...files);
  console.log(second === 0 ? `\nFAILED ONCE, then passed: ${files.join(', ')}\n` : '\nFailed twice.\n');
  return second;
}

function failedFiles() {
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
    return testResults
      .filter(({ status }) => status === 'failed')
      .map(({ name }) => relative(process.cwd(), name));
  } catch {
    return [];
  }
}
