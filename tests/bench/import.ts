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
import type { LoopWatch } from './load/loop-watch.ts';
import { LoopWatcher } from './load/loop-watcher.ts';
import { type QuestionFile, questionFiles } from './load/question-files.ts';
import type { Alone, ReadAlone } from './load/read-alone.ts';
import { sessionOf } from './people.ts';
import { openPlace, type Place } from './place.ts';
import { seed } from './seed.ts';

const EDITOR = 1;
const POLL_MS = 100;
/** Share of the whole size that the server gets to read before it is measured. */
const WARM_UP = 0.005;
/** Turns of the readers, which take turns; the medians count. */
const TURNS = 3;

/** What editors filter by: words that are everywhere and nowhere, rare values, and orders that need all rows. */
const TABLE_FILTERS = [
  ...[
    '',
    'offset=40000',
    'sort=changed',
    'sort=facility',
    'search=nghi+quyet',
    'search=kh%C3%B4ng+c%C3%B3+%C4%91%C3%A2u',
  ],
  ...['topic=Chuy%C3%AAn+%C4%91%E1%BB%81+7', 'kind=choice', 'kind=essay', 'difficulty=2', 'status=draft'],
  ...[
    'status=approved',
    'tag=khong-co',
    'use=never',
    'use=used',
    'flagged=true',
    'facilityFrom=10&facilityTo=90',
  ],
  `document=${encodeURIComponent('Nghị quyết 7-NQ/TW')}`,
];
const PREVIEW_FILTERS = [
  ...[
    '',
    'after=40000',
    'outcome=imported',
    'outcome=quarantined',
    'outcome=imported&after=40000',
    'fate=new',
  ],
  ...['flag=no-difficulty', 'flag=twin', 'flag=khong-co'],
];

interface Slowest {
  readonly ms: number;
  /** What was asked for. */
  readonly asked: string;
}

interface Imported {
  readonly preview: Slowest;
  readonly table: Slowest;
  readonly previewMs: number;
  readonly commitMs: number;
  readonly watch: LoopWatch;
  /** Of the server's process before anything came, and at most, MB. */
  readonly idleMb: number;
  readonly mostMb: number;
}

/** The server, with somebody who may bring files. */
class Desk {
  readonly #product: Product;
  readonly #watcher: LoopWatcher;
  #idleMb = 0;

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

  /** A few questions first: what a server does for the first time, it compiles first. */
  async warmUp({ format, name }: QuestionFile, bytes: Uint8Array): Promise<void> {
    this.#idleMb = this.#product.usage().memoryBytes / 1e6;
    const id = await this.#upload(await this.#bank('nho'), name, bytes);
    const ready = await this.#until(id, 'ready');
    if (ready.format !== format) throw new Error(`${name} was misread: ${JSON.stringify(ready)}`);
    await this.#ask('POST', `/api/desk/imports/${id}/commit`, {});
    await this.#until(id, 'committed');
  }

  async #bank(slug: string): Promise<string> {
    const about = { slug, title: `Ngân hàng ${slug}`, description: '', licence: '' };
    return (await this.#ask('POST', '/api/desk/banks', about)).id;
  }

  async #upload(bank: string, name: string, bytes: Uint8Array): Promise<string> {
    const path = `/api/desk/banks/${bank}/imports?name=${name}`;
    return (await this.#ask('POST', path, new Uint8Array(bytes))).id;
  }

  /** The slowest of these, each the median of some askings. */
  async #slowest(paths: readonly string[]): Promise<Slowest> {
    let slowest: Slowest = { ms: 0, asked: '' };
    for (const path of paths) {
      const times: number[] = [];
      for (let turn = 0; turn < TURNS; turn++) {
        const from = performance.now();
        await this.#ask('GET', path);
        times.push(performance.now() - from);
      }
      if (median(times) > slowest.ms) slowest = { ms: median(times), asked: path.replace(/^.*?\?/, '') };
    }
    return slowest;
  }

  async bring({ format, name, questions }: QuestionFile, bytes: Uint8Array): Promise<Imported> {
    const bank = await this.#bank('lon');
    await this.#watcher.seen();
    const from = performance.now();
    const id = await this.#upload(bank, name, bytes);
    const ready = await this.#until(id, 'ready');
    const previewMs = performance.now() - from;
    if (ready.format !== format || ready.outcomes.imported !== questions || ready.failure !== null)
      throw new Error(`${name} was misread: ${JSON.stringify(ready)}`);
    await this.#ask('POST', `/api/desk/imports/${id}/commit`, {});
    await this.#until(id, 'committed');
    const commitMs = performance.now() - from - previewMs;
    const watch = await this.#watcher.seen();
    const preview = `/api/desk/imports/${id}/blocks?limit=20`;
    const table = `/api/desk/banks/${bank}/questions`;
    return {
      preview: await this.#slowest(PREVIEW_FILTERS.map((filter) => `${preview}&${filter}`)),
      table: await this.#slowest(TABLE_FILTERS.map((filter) => `${table}?limit=50&${filter}`)),
      previewMs,
      commitMs,
      watch,
      idleMb: this.#idleMb,
      mostMb: this.#product.usage().peakBytes / 1e6,
    };
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

async function measure(place: Place, file: QuestionFile, few: QuestionFile, turns: number): Promise<Figures> {
  const bytes = file.bytes();
  const path = join(place.folder, file.name);
  writeFileSync(path, bytes);
  const desk = await Desk.open(place, file.format);
  const imported = await desk
    .warmUp(few, few.bytes())
    .then(() => desk.bring(file, bytes))
    .finally(() => desk.close());
  const { ours, theirs } = await readers(path, file.format, turns);
  if (ours.found !== file.questions) throw new Error(`${ours.found} of ${file.questions} were read`);
  if (theirs.found === 0) throw new Error(`${theirs.library} found nothing`);
  const perSecond = (ms: number) => rounded(file.questions / (ms / 1000));
  return {
    format: file.format,
    rows_per_s: perSecond(imported.previewMs + imported.commitMs),
    peak_mb: rounded(imported.mostMb - imported.idleMb),
    stall_ms: rounded(imported.watch.stallMs),
    ratio_to_library: rounded(theirs.ms / ours.ms),
    stall_wall_ms: rounded(imported.watch.wallMs),
    stall_cpu_ms: rounded(imported.watch.busyMs),
    rows: file.questions,
    file_mb: rounded(bytes.length / 1e6),
    preview_s: rounded(imported.previewMs / 1000),
    commit_s: rounded(imported.commitMs / 1000),
    idle_mb: rounded(imported.idleMb),
    server_mb: rounded(imported.mostMb),
    read_rows_per_s: perSecond(ours.ms),
    read_peak_mb: rounded(ours.peakMb),
    preview_slowest_ms: rounded(imported.preview.ms),
    preview_slowest: imported.preview.asked,
    table_slowest_ms: rounded(imported.table.ms),
    table_slowest: decodeURIComponent(imported.table.asked),
    library: theirs.library,
    library_rows_per_s: perSecond(theirs.ms),
    library_peak_mb: rounded(theirs.peakMb),
  };
}

const GOALS = {
  peak_mb: { atMost: 300 },
  stall_ms: { atMost: 50 },
  preview_slowest_ms: { atMost: 1000 },
  table_slowest_ms: { atMost: 1000 },
};

export const imports: Bench = {
  name: 'import',
  about: 'large files from the upload to the last question in the bank, beside the usual libraries',
  async *run({ quick, say }) {
    const place = await openPlace('sqlite');
    try {
      const few = questionFiles(WARM_UP);
      for (const [i, file] of questionFiles(quick ? 0.01 : 1).entries()) {
        say(`${file.questions} questions of ${file.format}`);
        yield {
          figures: await measure(place, file, few[i] ?? file, quick ? 1 : TURNS),
          goals: file.format === 'xlsx' ? { ...GOALS, ratio_to_library: { atLeast: 1 } } : GOALS,
          notes: [
            'stall_ms: how late a timer was, without what the kernel says the thread waited for a processor; stall_wall_ms: with it; stall_cpu_ms: what the thread computed meanwhile',
            'rows_per_s: upload, preview and commit; peak_mb: memory of the server above what it was; ratio_to_library: our reader, which understands the questions, and the library, which does not, each alone in a process',
          ],
        };
      }
    } finally {
      await place.remove();
    }
  },
};
