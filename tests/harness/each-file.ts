/** Run by Vitest before each test file (`setupFiles`). */
import { afterAll } from 'vitest';
import { endEverything } from './afterwards.ts';

afterAll(endEverything);
