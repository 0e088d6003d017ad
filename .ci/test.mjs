/** `npm test`: every test, the browser's too. Arguments go to Vitest. */
import { spawnSync } from 'node:child_process';

const found = spawnSync(process.execPath, ['.ci/chromium.mjs'], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
});
if (found.status !== 0) process.exit(found.status ?? 1);
const path = found.stdout.trim().split('\n').at(-1);
const env = path === 'playwright' ? process.env : { ...process.env, CHROMIUM_PATH: path };
const tested = spawnSync('npx', ['vitest', 'run', ...process.argv.slice(2)], { stdio: 'inherit', env });
process.exit(tested.status ?? 1);
