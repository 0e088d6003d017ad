/** The product as it ships, in a process of its own: started, killed, asked how much it worked. For benches and fault runs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './postgres.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export interface ProductOptions {
  /** File path, or postgres://… */
  readonly location: string;
  readonly dataDir: string;
  /** The same port as before a kill; a free one unless said. */
  readonly port?: number;
  /** Another program than the product. */
  readonly entry?: string;
  /** More environment: `HOITHI_GRACE_MS` and the like. */
  readonly env?: Readonly<Record<string, string>>;
  /** Flags of Node, e.g. `--cpu-prof`. */
  readonly nodeFlags?: readonly string[];
  /** A program that runs it, e.g. `['strace', '-f']`. */
  readonly under?: readonly string[];
}

/** Known to the load too, so that it can sign attempts' tokens. */
export const SECRET = 'a secret of benches and fault runs, known to everybody';

/** What a process has used since it began. */
export interface Usage {
  readonly cpuSeconds: number;
  /** Bytes that went towards the disk (`write_bytes`), 0 where the system does not tell. */
  readonly diskBytes: number;
  /** Resident memory now, bytes. */
  readonly memoryBytes: number;
  /** The most that it ever was. */
  readonly peakBytes: number;
}

export class Product {
  readonly port: number;
  readonly child: ChildProcess;
  /** When it was started, by `performance.now()`. */
  readonly startedAt: number;
  /** Resolves with the exit code; null after a signal. */
  readonly ended: Promise<number | null>;
  #output = '';

  private constructor(child: ChildProcess, port: number, startedAt: number) {
    this.child = child;
    this.port = port;
    this.startedAt = startedAt;
    const killed = (): void => void child.kill('SIGKILL');
    process.once('exit', killed);
    this.ended = new Promise((done) =>
      child.once('exit', (code) => {
        process.off('exit', killed);
        done(code);
      }),
    );
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes: Buffer) => {
        this.#output = (this.#output + bytes.toString()).slice(-10_000);
      });
  }

  /** Spawned, not waited for. */
  static async spawn(options: ProductOptions): Promise<Product> {
    const port = options.port ?? (await freePort());
    const [program = process.execPath, ...args] = [
      ...(options.under ?? []),
      process.execPath,
      ...(options.nodeFlags ?? []),
      options.entry ?? 'server/main.ts',
    ];
    const startedAt = performance.now();
    const child = spawn(program, args, {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH,
        PORT: String(port),
        HOST: '127.0.0.1',
        DATABASE_URL: options.location,
        HOITHI_DATA_DIR: options.dataDir,
        HOITHI_SECRET: SECRET,
        HOITHI_LOG_LEVEL: 'error',
        HOITHI_SEED: 'no',
        HOITHI_LIMIT_FACTOR: '1000000',
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Product(child, port, startedAt);
  }

  /** Started, and everything is rebuilt. Throws with its output when it ended instead. */
  static async start(options: ProductOptions): Promise<Product> {
    const product = await Product.spawn(options);
    await product.until('/readyz');
    return product;
  }

  /** Waits until a GET of `path` is answered with 200; ms since the start. */
  async until(path: string, timeLimitMs = 60_000): Promise<number> {
    while (performance.now() - this.startedAt < timeLimitMs) {
      if (this.child.exitCode !== null) throw new Error(`the server ended: ${this.#output}`);
      const ok = await fetch(`http://127.0.0.1:${this.port}${path}`).then(
        async (reply) => {
          await reply.arrayBuffer();
          return reply.status === 200;
        },
        () => false,
      );
      if (ok) return performance.now() - this.startedAt;
      await new Promise((again) => setTimeout(again, 20));
    }
    throw new Error(`${path} was not answered in ${timeLimitMs} ms: ${this.#output}`);
  }

  /** What it wrote last, for messages. */
  get output(): string {
    return this.#output;
  }

  usage(): Usage {
    return usageOf(this.child.pid ?? 0);
  }

  /** Stops it as an operator would. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGTERM');
    await this.ended;
  }

  /** Nothing is flushed, nothing is said. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

const TICKS_PER_SECOND = 100;

/** From /proc; zeros elsewhere. */
export function usageOf(pid: number): Usage {
  if (!existsSync(`/proc/${pid}/stat`)) return { cpuSeconds: 0, diskBytes: 0, memoryBytes: 0, peakBytes: 0 };
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const read = (file: string, name: string): number =>
    Number(
      new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1] ?? 0,
    );
  return {
    cpuSeconds: (Number(stat[11]) + Number(stat[12])) / TICKS_PER_SECOND,
    diskBytes: read('io', 'write_bytes'),
    memoryBytes: read('status', 'VmRSS') * 1024,
    peakBytes: read('status', 'VmHWM') * 1024,
  };
}

/** CPU of all threads that a process has now, ms: finer than the ticks of `usageOf`. From /proc; 0 elsewhere. */
export function cpuMsOf(pid: number): number {
  const folder = `/proc/${pid}/task`;
  if (!existsSync(folder)) return 0;
  const nanoseconds = readdirSync(folder).map((task) =>
    Number(readFileSync(`${folder}/${task}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
}
