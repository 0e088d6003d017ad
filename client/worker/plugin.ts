/** Puts the service worker into the build: `worker.js` with the list of files that an open attempt needs. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;

/** The screen whose files are kept. */
const screen = /\/client\/attempt\/AttemptScreen\.svelte$/;
/** What every page needs beside the bundle; not hashed. */
const loose = ['/start.js', '/favicon.svg'];
const client = join(import.meta.dirname, '..');
const unhashed = ['index.html', 'public/start.js', 'public/favicon.svg'].map((name) => join(client, name));

/** Every file that `from` brings along: imported at once, when a question of its kind is shown, styles, fonts. */
function broughtBy(bundle: Bundle, from: Rolldown.OutputChunk, withLater: boolean): Set<string> {
  const found = new Set<string>();
  const add = (name: string, later: boolean): void => {
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk' || found.has(name)) return;
    found.add(name);
    for (const other of chunk.imports) add(other, later);
    if (later) for (const other of chunk.dynamicImports) add(other, later);
    for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style);
  };
  add(from.fileName, withLater);
  return found;
}

function chunksOf(bundle: Bundle): readonly Rolldown.OutputChunk[] {
  return Object.values(bundle).filter((file) => file.type === 'chunk');
}

/** Italic faces are few words in few papers: drawn upright without a network. */
function fontsOf(bundle: Bundle): readonly string[] {
  return Object.keys(bundle).filter((name) => /-normal-[\w-]+\.woff2$/.test(name));
}

function versionOf(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 16);
}

export function keptOffline(): Plugin {
  return {
    name: 'hoithi:kept-offline',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const chunks = chunksOf(bundle);
      const entry = chunks.find((chunk) => chunk.isEntry);
      const paper = chunks.find((chunk) => screen.test(chunk.facadeModuleId ?? ''));
      if (entry === undefined || paper === undefined) throw new Error('the attempt has no file of its own');
      const names = new Set([...broughtBy(bundle, entry, false), ...broughtBy(bundle, paper, true)]);
      const files = [...[...names, ...fontsOf(bundle)].sort().map((name) => `/${name}`), ...loose];
      const code = readFileSync(join(import.meta.dirname, 'worker.js'), 'utf8');
      const version = versionOf([code, files.join(), ...unhashed.map((path) => readFileSync(path, 'utf8'))]);
      const source = code
        .replace('self.__FILES__', JSON.stringify(files))
        .replace('self.__VERSION__', `'${version}'`)
        .replace('self.__ENTRY__', `'/${entry.fileName}'`);
      this.emitFile({ type: 'asset', fileName: 'worker.js', source });
    },
  };
}
