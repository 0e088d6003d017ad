/** The stage kinds, found by looking for `<kind>/stage.ts` beside this file: a new kind is a new folder and no list to edit. */
import { readdirSync } from 'node:fs';
import type { Stage } from './stage.ts';

function isStage(value: unknown): value is Stage {
  if (typeof value !== 'object' || value === null) return false;
  const members: Partial<Record<string, unknown>> = { ...value };
  return typeof members.kind === 'string' && typeof members.decide === 'function' && 'fits' in members;
}

async function loadStages(): Promise<ReadonlyMap<string, Stage>> {
  const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const stages = new Map<string, Stage>();
  for (const folder of folders) {
    const module: { readonly stage?: unknown } = await import(
      new URL(`./${folder}/stage.ts`, import.meta.url).href
    );
    if (!isStage(module.stage)) throw new TypeError(`server/live/stages/${folder}/stage.ts exports no stage`);
    if (stages.has(module.stage.kind))
      throw new TypeError(`two stages are of the kind "${module.stage.kind}"`);
    stages.set(module.stage.kind, module.stage);
  }
  return stages;
}

/** Name of the kind → the stage. */
export const stages: ReadonlyMap<string, Stage> = await loadStages();

/** Throws RangeError for a kind that has no folder. */
export function stageOf(kind: string): Stage {
  const stage = stages.get(kind);
  if (stage === undefined) throw new RangeError(`unknown stage kind "${kind}"`);
  return stage;
}
