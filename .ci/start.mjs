/** `npm start`: builds the client when it is missing or its sources are newer, then runs the server in this process's place. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const page = join(root, 'dist', 'client', 'index.html');

/** Newest change under the folders that the client is built from, ms. */
function newestSource() {
  let newest = statSync(join(root, 'vite.config.ts')).mtimeMs;
  for (const folder of ['client', 'questions/kinds', 'server/contracts']) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile())
        newest = Math.max(newest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs);
    }
  }
  return newest;
}

const stale =
  !existsSync(page) || (existsSync(join(root, '.git')) && statSync(page).mtimeMs < newestSource());
if (stale) {
  console.log('Đang dựng giao diện · building the client …');
  const built = spawnSync('npx', ['vite', 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
  if (built.status !== 0) process.exit(built.status ?? 1);
}

const server = spawn(process.execPath, ['server/main.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)));
