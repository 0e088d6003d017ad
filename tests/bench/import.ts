/**
 * Large files into a real server, from the upload to the last question in the bank: how fast, with how much memory, and for
 * how long the event loop did nothing else; and the same file read by our reader and by the usual library, each alone.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../server/platform/database/open.ts';
import { Product } from '../harness/product.ts';
import { type Bench, type Figures, rounded } from './bench.ts';
import { runLoad } from './load/child.ts';
import { LoopWatcher } from './load/loop-watcher.ts';
import { type QuestionFile, questionFiles } from './load/question-files.ts';
import type { Alone, ReadAlone } from './load/read-alone.ts';
import { sessionOf } from './people.ts';
import { openPlace, type Place } from './place.ts';
import { seed } from './seed.ts';

const EDITOR = 1;
const POLL_MS = 100;
/** Turns of the readers, which take turns; the medians count. */
const TURNS = 3;

interface Imported {
  readonly previewMs: number;
  readonly commitMs: number;
  readonly stallMs: number;
  readonly busyMs: number;
  /** Of the server's process before anything came, and at most, MB. */
  readonly idleMb: number;
  readonly mostMb: number;
}

/** The server, with somebody who may bring files. */
class Desk {
  readonly #product: Product;
  readonly #watcher: LoopWatcher;

  private constructor(product: Product, watchFile: string) {
    this.#product = product;
    this.#watcher = new LoopWatcher(product.child.pid ?? 0, watchFile);
  }

  static async open(place: Place, name: string): Promise<Desk> {
    const location = await place.database(name);
    await seed(location, { people: EDITOR });
    const database = await openDatabase(location, (error) => {
      throw error;
    });
    const { roles } = database.tables;
    const role = { personId: EDITOR, role: 'editor', grantedAt: Date.now() };
    await database.atomic([database.query.insert(roles).values(role)]);
    await database.close();
    const watchFile = join(place.folder, `${name}.watch`);
    const product = await Product.start({
      location,
      dataDir: place.folder,
      nodeFlags: ['--import', new URL('./load/loop-watch.ts', import.meta.url).href],
      env: { LOOP_WATCH_FILE: watchFile },
    });
    return new Desk(product, watchFile);
  }

  close(): Promise<void> {
    return this.#product.stop();
  }

  async #ask(method: string, path: string, body?: Uint8Array<ArrayBuffer> | object) {
    const isFile = body instanceof Uint8Array;
    const reply = await fetch(`http://127.0.0.1:${this.#product.port}${path}`, {
      method,
      headers: {
        cookie: `hoithi=${sessionOf(EDITOR)}`,
        ...(body === undefined
          ? {}
          : { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
    });
    const told = await reply.json();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(told)}`);
    return told;
  }

  async #until(id: string, state: string) {
    for (;;) {
      const row = await this.#ask('GET', `/api/desk/imports/${id}`);
      if (row.state === state) return row;
      if (row.problem !== null) throw new Error(JSON.stringify(row.problem));
      await sleep(POLL_MS);
    }
  }

  async bring({ format, name, questions }: QuestionFile, bytes: Uint8Array): Promise<Imported> {
    const bank = await this.#ask('POST', '/api/desk/banks', {
      slug: 'lon',
      title: 'Ngân hàng lớn',
      description: '',
      licence: '',
    });
    const idleMb = this.#product.usage().memoryBytes / 1e6;
    await this.#watcher.seen();
    const from = performance.now();
    const { id } = await this.#ask(
      'POST',
      `/api/desk/banks/${bank.id}/imports?name=${name}`,
      new Uint8Array(bytes),
    );
    const ready = await this.#until(id, 'ready');
    const previewMs = performance.now() - from;
    if (ready.format !== format || ready.outcomes.imported !== questions || ready.failure !== null)
      throw new Error(`${name} was misread: ${JSON.stringify(ready)}`);
    await this.#ask('POST', `/api/desk/imports/${id}/commit`, {});
    await this.#until(id, 'committed');
    const commitMs = performance.now() - from - previewMs;
    const { stallMs, busyMs } = await this.#watcher.seen();
    return { previewMs, commitMs, stallMs, busyMs, idleMb, mostMb: this.#product.usage().peakBytes / 1e6 };
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Both readers in turn. */
async function readers(path: string, format: string, turns: number) {
  const read = (by: Alone['by']) =>
    runLoad<ReadAlone>(new URL('./load/read-alone.ts', import.meta.url), { path, format, by });
  const ours: ReadAlone[] = [];
  const theirs: ReadAlone[] = [];
  for (let turn = 0; turn < turns; turn++) {
    ours.push(await read('us'));
    theirs.push(await read('library'));
  }
  const of = (all: readonly ReadAlone[]) => ({
    ms: median(all.map(({ ms }) => ms)),
    peakMb: median(all.map(({ peakMb }) => peakMb)),
    found: all[0]?.found ?? 0,
    library: all[0]?.library ?? '',
  });
  return { ours: of(ours), theirs: of(theirs) };
}

async function measure(place: Place, file: QuestionFile, turns: number): Promise<Figures> {
  const bytes = file.bytes();
  const path = join(place.folder, file.name);
  writeFileSync(path, bytes);
  const desk = await Desk.open(place, file.format);
  const imported = await desk.bring(file, bytes).finally(() => desk.close());
  const { ours, theirs } = await readers(path, file.format, turns);
  if (ours.found !== file.questions) throw new Error(`${ours.found} of ${file.questions} were read`);
  if (theirs.found === 0) throw new Error(`${theirs.library} found nothing`);
  const perSecond = (ms: number) => rounded(file.questions / (ms / 1000));
  return {
    format: file.format,
    rows_per_s: perSecond(imported.previewMs + imported.commitMs),
    peak_mb: rounded(imported.mostMb - imported.idleMb),
    stall_ms: rounded(imported.stallMs),
    ratio_to_library: rounded(theirs.ms / ours.ms),
    stall_cpu_ms: rounded(imported.busyMs),
    rows: file.questions,
    file_mb: rounded(bytes.length / 1e6),
    preview_s: rounded(imported.previewMs / 1000),
    commit_s: rounded(imported.commitMs / 1000),
    idle_mb: rounded(imported.idleMb),
    server_mb: rounded(imported.mostMb),
    read_rows_per_s: perSecond(ours.ms),
    read_peak_mb: rounded(ours.peakMb),
    library: theirs.library,
    library_rows_per_s: perSecond(theirs.ms),
    library_peak_mb: rounded(theirs.peakMb),
  };
}

const GOALS = { peak_mb: { atMost: 300 }, stall_ms: { atMost: 50 } };

export const imports: Bench = {
  name: 'import',
  about: 'large files from the upload to the last question in the bank, beside the usual libraries',
  async *run({ quick, say }) {
    const place = await openPlace('sqlite');
    try {
      for (const file of questionFiles(quick ? 0.01 : 1)) {
        say(`${file.questions} questions of ${file.format}`);
        yield {
          figures: await measure(place, file, quick ? 1 : TURNS),
          goals: file.format === 'xlsx' ? { ...GOALS, ratio_to_library: { atLeast: 1 } } : GOALS,
          notes: [
            'stall_ms: how late a timer was; stall_cpu_ms: what the thread itself computed meanwhile, without waiting for a processor',
            'rows_per_s: upload, preview and commit; peak_mb: memory of the server above what it was; ratio_to_library: our reader, which understands the questions, and the library, which does not, each alone in a process',
          ],
        };
      }
    } finally {
      await place.remove();
    }
  },
};
