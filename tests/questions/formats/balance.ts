/** What tests of readers say again and again. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { balanceOf, type Reading } from '../../../questions/formats/reading.ts';

/** Real files that other people wrote lie beside the project, not in it; see its README. */
const SAMPLES = new URL('../../../../shared/samples/', import.meta.url).pathname;

/** True where the samples are at hand; tests say so when they are not. */
export const hasSamples = existsSync(SAMPLES);

/** Names and bytes of one folder of samples. */
export function samplesOf(folder: string): readonly (readonly [string, Uint8Array])[] {
  const path = join(SAMPLES, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .sort()
    .map((name) => [name, new Uint8Array(readFileSync(join(path, name)))] as const);
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** How many drafts of each kind a reading holds, and how many blocks were quarantined or ignored. */
export function countsOf(reading: Reading): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome, draft } of reading.blocks) {
    const name = outcome === 'quarantined' || outcome === 'ignored' ? outcome : draft.kind;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Codes of everything said about the blocks and the file, errors and warnings only, in order. */
export function codesOf(reading: Reading): string[] {
  const failure = reading.failure === null ? [] : [reading.failure];
  return [...reading.blocks.flatMap(({ messages }) => messages), ...reading.messages, ...failure]
    .filter(({ severity }) => severity !== 'note')
    .map(({ code }) => code);
}

/** What must hold of every reading of anything: the balance, places, no fault of ours, no silent empty result. */
export function faultsOf(reading: Reading): string[] {
  const faults: string[] = [];
  const { seen, imported, warned, quarantined, ignored } = balanceOf(reading);
  if (seen !== imported + warned + quarantined + ignored) faults.push('the balance is off');
  if (seen === 0 && reading.failure === null) faults.push('empty and silent');
  for (const { outcome, messages, place } of reading.blocks) {
    if ('line' in place && !(place.line >= 1)) faults.push(`a block at line ${place.line}`);
    if (outcome !== 'imported' && messages.length === 0) faults.push(`${outcome} without a word`);
    if (messages.some(({ code }) => code === 'reader-failed')) faults.push('a reader failed');
  }
  return faults;
}
