/** The formats there are, found by looking for `<format>/format.ts` beside this file. Server only. */
import { readdirSync } from 'node:fs';
import type { Format } from './format.ts';

function isFormat(value: unknown): value is Format {
  if (typeof value !== 'object' || value === null) return false;
  const { name, sniff, read, write }: Partial<Record<string, unknown>> = { ...value };
  return (
    typeof name === 'string' &&
    typeof sniff === 'function' &&
    [read, write].some((way) => typeof way === 'function')
  );
}

async function loadFormat(folder: string): Promise<Format> {
  const module: { readonly format?: unknown } = await import(
    new URL(`./${folder}/format.ts`, import.meta.url).href
  );
  if (!isFormat(module.format) || module.format.name !== folder)
    throw new TypeError(`questions/formats/${folder}/format.ts exports no complete \`format\` of that name`);
  return module.format;
}

async function loadFormats(): Promise<ReadonlyMap<string, Format>> {
  const here = new URL('.', import.meta.url);
  const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const ready = folders.filter(({ name }) => readdirSync(new URL(`./${name}/`, here)).includes('format.ts'));
  const loaded = await Promise.all(ready.map(({ name }) => loadFormat(name)));
  return new Map(
    loaded
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((format): [string, Format] => [format.name, format]),
  );
}

/** Name of the format → the format, in the order of names. */
export const formats: ReadonlyMap<string, Format> = await loadFormats();
