/** A seeded database and a server on it in this process, with a clock moved by hand. */
import { join } from 'node:path';
import { MovableClock } from '../../server/platform/clock.ts';
import { type Seeded, type SeedOptions, seed } from '../bench/seed.ts';
import { startServer, type TestServer } from '../harness/app.ts';
import { temporaryFolder } from '../harness/folder.ts';

export interface World {
  readonly seeded: Seeded;
  readonly server: TestServer;
  readonly location: string;
}

/** A clock that stands still: edges are hit to the millisecond. */
export class StandingClock extends MovableClock {
  #at: number;
  constructor(at: number) {
    super(at);
    this.#at = at;
  }
  override now(): number {
    return this.#at;
  }
  override advance(ms: number): void {
    this.#at += ms;
  }
  override set(at: number): void {
    this.#at = at;
  }
}

/** Seeds a fresh file and starts a server on it. */
export async function openWorld(options: SeedOptions, clock = new MovableClock()): Promise<World> {
  const folder = temporaryFolder();
  const location = join(folder, 'world.db');
  const seeded = await seed(location, options);
  return { seeded, location, server: await startServer(location, {}, clock) };
}

/** Says how often something was tried: a promise is worth as much as its count. */
export function printCount(what: string): void {
  process.stdout.write(`    ${what}\n`);
}
