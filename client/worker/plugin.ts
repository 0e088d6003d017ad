/** Puts the service worker into the build: `worker.js` with the list of files that an open attempt needs. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { addAll, type Bundle, chunksOf } from '../bundled.ts';

/** The screen whose files are kept. */
const screen = /\/client\/attempt\/AttemptScreen\.svelte$/;
/** What every page needs beside the bundle; not hashed. */
const loose = ['/start.js', '/favicon.svg'];
const client = join(import.meta.dirname, '..');
const unhashed = ['index.html', 'public/start.js', 'public/favicon.svg'].map((name) => join(client, name));

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
      const names = new Set<string>();
      // The page's own files first: what they fetch later is all the other screens.
      addAll(names, bundle, entry.fileName, false);
      addAll(names, bundle, paper.fileName, true);
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
