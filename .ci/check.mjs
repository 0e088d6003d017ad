/** `npm run check`: everything that must hold, each step with its time, two at once on two cores; the tests come last, alone. `--no-tests` leaves the tests out (CI has run them). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const steps = [
  // Reports what the TypeScript compiler does, in files without components too: `tsc` beside it would say the same twice.
  [
    'types and components',
    'npx',
    ['svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  ],
  ['format and lint', 'npx', ['biome', 'check', '--error-on-warnings', '.']],
  [
    'import directions',
    'npx',
    [
      'depcruise',
      '--config',
      '.dependency-cruiser.cjs',
      'server',
      'client',
      'questions',
      'drizzle',
      'tests',
      'vite.config.ts',
    ],
  ],
  ['unused code', 'npx', ['knip']],
  ['migrations', process.execPath, ['.ci/migrations.mjs']],
];
const LANES = 2;
const failed = [];

/** What a step says is shown when it is done, so that two do not mix; `through`: at once. */
async function take([name, command, args], through = false) {
  const started = performance.now();
  const child = spawn(command, args, { stdio: through ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => said.push(bytes));
  const [status] = await once(child, 'close');
  process.stdout.write(Buffer.concat(said));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (status !== 0) failed.push(name);
}

async function takeTurns() {
  for (let step = steps.shift(); step !== undefined; step = steps.shift()) await take(step);
}

await Promise.all(Array.from({ length: LANES }, takeTurns));
if (!process.argv.includes('--no-tests')) await take(['tests', process.execPath, ['.ci/test.mjs']], true);
if (failed.length > 0) {
  console.error(`failed: ${failed.join(', ')}`);
  process.exit(1);
}
