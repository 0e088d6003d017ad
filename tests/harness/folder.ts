/** A folder of one's own for a test, gone when its file is over. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterwards } from './afterwards.ts';

export function temporaryFolder(): string {
  return folderIn(tmpdir());
}

/** The same on a disk, wherever other tests keep theirs (`.ci/test.mjs`): for what is killed and must find its files again. */
export function folderOnDisk(): string {
  return folderIn(process.env.TEST_DISK ?? tmpdir());
}

function folderIn(place: string): string {
  const folder = mkdtempSync(join(place, 'hoithi-'));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
