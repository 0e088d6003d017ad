import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import LongestFirst from './tests/harness/longest-first.ts';

/** Two projects: `unit` (rules, stores, doors) and `browser` (one Chromium for all of them). */
export default defineConfig({
  test: {
    // Half of the time a test waits for a process, a disk or a browser: three keep two cores busy.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        plugins: [svelte()],
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/browser/**', 'tests/bench/**'],
          globalSetup: ['tests/harness/databases-setup.ts'],
          setupFiles: ['tests/harness/each-file.ts'],
          // What is imported stays: to load the server again for each file took as long as many a file's tests.
          isolate: false,
          unstubGlobals: true,
          restoreMocks: true,
          testTimeout: 90_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/harness/browser-setup.ts'],
          setupFiles: ['tests/harness/each-file.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // What a page comes to show is waited for as long as Playwright waits for an element.
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
});
