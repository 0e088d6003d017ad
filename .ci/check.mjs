/** `npm run check`: everything that must hold, each step with its time; `--no-tests` leaves the tests out (CI has run them). */
import { spawnSync } from 'node:child_process';

const steps = [
  ['format and lint', 'npx', ['biome', 'check', '--error-on-warnings', '.']],
  ['types', 'npx', ['tsc', '--noEmit']],
  [
    'components',
    'npx',
    ['svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  ],
  [
    'import directions',
    'npx',
    ['depcruise', '--config', '.dependency-cruiser.cjs', 'server', 'client', 'questions', 'drizzle', 'tests'],
  ],
  ['unused code', 'npx', ['knip']],
  ['migrations', process.execPath, ['.ci/migrations.mjs']],
  ...(process.argv.includes('--no-tests') ? [] : [['tests', process.execPath, ['.ci/test.mjs']]]),
];

const failed = [];
for (const [name, command, args] of steps) {
  const started = performance.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`failed: ${failed.join(', ')}`);
  process.exit(1);
}
