/**
 * The kinds that the server can grade, found by looking for `<kind>/grade.ts` beside this file: a new kind is a new
 * folder and no list to edit. Server only; the browser's registry of components is another one.
 */
import { readdirSync } from 'node:fs';
import type { Grading } from '../grading.ts';

const METHODS = ['check', 'shuffleable', 'arrange', 'normalise', 'grade', 'reveal'] as const;

function isGrading(value: unknown): value is Grading {
  if (typeof value !== 'object' || value === null) return false;
  const members: Partial<Record<string, unknown>> = { ...value };
  return typeof members.kind === 'string' && METHODS.every((name) => typeof members[name] === 'function');
}

async function loadGrading(folder: string): Promise<Grading> {
  const module: { readonly grading?: unknown } = await import(
    new URL(`./${folder}/grade.ts`, import.meta.url).href
  );
  if (!isGrading(module.grading))
    throw new TypeError(`questions/kinds/${folder}/grade.ts exports no complete \`grading\``);
  return module.grading;
}

async function loadGradings(): Promise<ReadonlyMap<string, Grading>> {
  const here = new URL('.', import.meta.url);
  const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const kinds = folders.filter(({ name }) => readdirSync(new URL(`./${name}/`, here)).includes('grade.ts'));
  const loaded = await Promise.all(kinds.map(({ name }) => loadGrading(name)));
  const byKind = new Map<string, Grading>();
  for (const grading of loaded.sort((a, b) => (a.kind < b.kind ? -1 : 1))) {
    if (byKind.has(grading.kind))
      throw new TypeError(`two folders of questions/kinds grade the kind "${grading.kind}"`);
    byKind.set(grading.kind, grading);
  }
  return byKind;
}

/** Name of the kind as in data ("choice", "trueFalse" …) → its grading. */
export const gradings: ReadonlyMap<string, Grading> = await loadGradings();

/** Throws RangeError for a kind that has no folder. */
export function gradingOf(kind: string): Grading {
  const grading = gradings.get(kind);
  if (grading === undefined)
    throw new RangeError(`unknown question kind "${kind}"; known: ${[...gradings.keys()].join(', ')}`);
  return grading;
}
