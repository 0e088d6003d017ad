/**
 * What a test file started is ended when the file is over, last first. Vitest takes an `afterAll` only while it reads a file,
 * and forgets one that comes later without a word: servers, browsers and folders are made later, in hooks and in tests.
 */
const ends: (() => unknown)[] = [];

export function afterwards(end: () => unknown): void {
  ends.push(end);
}

/** Everything that was not ended yet; the first failure is thrown, after all others were ended too. */
export async function endEverything(): Promise<void> {
  const failures: unknown[] = [];
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
    try {
      await end();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
