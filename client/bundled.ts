/**
 * How the client is cut into files, and what of them belongs together. On HTTP/1.1, as the product serves it without a proxy,
 * each file costs a weak network a turn of its six connections, and the bundler on its own makes one of every component that
 * two screens share.
 */
import type { Rolldown } from 'vite';

export type Bundle = Rolldown.OutputBundle;
type Groups = NonNullable<Exclude<Rolldown.OutputOptions['codeSplitting'], boolean | undefined>['groups']>;

const screen = /\/client\/(?:citizen|account|attempt|live\/play)\/(?:[\w-]+\/)*\w+Screen\.svelte$/;
const small = /\/client\/(?:ui|api)\//;
/** Shared by so many of the screens that citizens come to: it travels with the first of them. */
const many = 3;
/** Larger than this, bytes of source, is fetched by those who need it. */
const largest = 5_000;

export const groups: Groups = [
  { name: 'start', tags: ['$initial'] },
  {
    name: (id, bundler) =>
      screensOver(id, (module) => bundler.getModuleInfo(module)) >= many ? 'parts' : null,
    test: small,
    maxModuleSize: largest,
    includeDependenciesRecursively: false,
  },
];

/** How many of the citizens' screens import a module, directly or not. */
function screensOver(id: string, infoOf: (id: string) => Rolldown.ModuleInfo | null): number {
  const seen = new Set([id]);
  let count = 0;
  for (const module of seen) {
    if (screen.test(module)) count += 1;
    for (const importer of infoOf(module)?.importers ?? []) seen.add(importer);
  }
  return count;
}

/** Adds every file that `from` brings along: imported at once, or (`later`) when a question of its kind is shown; its styles. */
export function addAll(found: Set<string>, bundle: Bundle, from: string, later: boolean): void {
  const chunk = bundle[from];
  if (chunk?.type !== 'chunk' || found.has(from)) return;
  found.add(from);
  for (const other of chunk.imports) addAll(found, bundle, other, later);
  if (later) for (const other of chunk.dynamicImports) addAll(found, bundle, other, later);
  for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style);
}

export function chunksOf(bundle: Bundle): readonly Rolldown.OutputChunk[] {
  return Object.values(bundle).filter((file) => file.type === 'chunk');
}
