/**
 * How the client is cut into files. On HTTP/1.1, as the product serves it without a proxy, each file costs a weak network a
 * turn of its six connections, and the bundler on its own makes one of every component that two screens share.
 */
import type { Rolldown } from 'vite';

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
