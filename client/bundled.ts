/** What of a build belongs together, for the plugins that make something of it. */
import type { Rolldown } from 'vite';

export type Bundle = Rolldown.OutputBundle;

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
