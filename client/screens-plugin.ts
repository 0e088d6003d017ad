/**
 * Writes `screens.json` into the build: which files each address of ours shows, so that the server can name them in the page
 * and a phone on a weak network fetches them along with the client, not one round trip after it. Read from the tables of
 * routes, which say both: `route('/cuoc-thi/:contest', PublicFrame, () => import('./ContestScreen.svelte'))`.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'regexparam';
import type { Plugin } from 'vite';
import type { ScreenAt } from './api/screens.ts';
import { addAll, type Bundle, chunksOf } from './bundled.ts';
import { paths } from './paths.ts';

const table = /\/client\/[\w-]+\/routes\.ts$/;
const fetched =
  /\broute\(\s*(?:'(?<path>[^']+)'|paths\.(?<name>\w+)\(\)),\s*\w+,\s*\(\) => import\('(?<from>[^']+)'\)/g;

export function screensList(): Plugin {
  return {
    name: 'hoithi:screens',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const entry = chunksOf(bundle).find((chunk) => chunk.isEntry);
      if (entry === undefined) throw new Error('the client has no beginning');
      const own = new Set<string>();
      addAll(own, bundle, entry.fileName, false);
      const source = JSON.stringify(
        chunksOf(bundle).flatMap((chunk) =>
          chunk.moduleIds
            .filter((id) => table.test(id))
            .flatMap((id) => screensIn(id, chunk.fileName, bundle, own)),
        ),
      );
      this.emitFile({ type: 'asset', fileName: 'screens.json', source });
    },
  };
}

/** `at`: the file that the table itself is in, which may have to be fetched before the screen. */
function screensIn(id: string, at: string, bundle: Bundle, own: ReadonlySet<string>): ScreenAt[] {
  return [...readFileSync(id, 'utf8').matchAll(fetched)].map(({ groups }) => {
    const { path = addressOf(groups?.name), from = '' } = groups ?? {};
    const module = join(dirname(id), from);
    const screen = chunksOf(bundle).find(({ facadeModuleId }) => facadeModuleId === module);
    if (screen === undefined) throw new Error(`${from} has no file of its own`);
    const found = new Set<string>();
    for (const name of [at, screen.fileName]) addAll(found, bundle, name, false);
    const files = [...found].filter((name) => !own.has(name)).map((name) => `/${name}`);
    const isStyle = (name: string): boolean => name.endsWith('.css');
    return {
      pattern: parse(path).pattern.source,
      scripts: files.filter((name) => !isStyle(name)),
      styles: files.filter(isStyle),
    };
  });
}

/** Of an address that `paths.ts` knows by this name. */
function addressOf(name: string | undefined): string {
  const address: unknown = Reflect.get(paths, name ?? '');
  const text: unknown = typeof address === 'function' ? address() : null;
  if (typeof text !== 'string') throw new Error(`no address is called ${name}`);
  return text;
}
