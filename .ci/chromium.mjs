/** Finds a Chromium for the browser tests, or installs one: Debian's package as root, else Playwright's installer. Prints its path. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const KNOWN = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const find = () => KNOWN.find((path) => path !== undefined && path !== '' && existsSync(path));

function install() {
  const run = (command, args) =>
    spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
  console.error('Không thấy Chromium, đang cài · no Chromium found, installing one …');
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    run('apt-get', ['update', '-qq']);
    if (run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-core']))
      return find();
  }
  return run('npx', ['playwright-core', 'install', 'chromium']) ? 'playwright' : undefined;
}

const path = find() ?? install();
if (path === undefined) {
  console.error(
    'Không cài được Chromium: hãy đặt CHROMIUM_PATH · could not install Chromium: set CHROMIUM_PATH',
  );
  process.exit(1);
}
console.log(path);
