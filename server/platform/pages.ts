/** The built client from memory: hashed assets for ever, the page itself with the strict policy, compressed once when first asked for. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ScreenAt, ScreenFiles } from '../contracts/screens.ts';
import { describedPage, expectingPage, type PageHead } from './page-heads.ts';
import { Recent } from './recent.ts';

interface Page {
  readonly type: string;
  readonly etag: string;
  readonly immutable: boolean;
  readonly plain: Buffer;
  /** Null: not worth it. */
  readonly compressed: Compressed | null;
}

/** A file under each content encoding, made when the first reader wants it: a start waits for none of them. */
class Compressed {
  readonly #plain: Buffer;
  #brotli: Promise<Buffer> | null = null;
  #gzip: Promise<Buffer> | null = null;

  constructor(plain: Buffer) {
    this.#plain = plain;
  }

  brotli(): Promise<Buffer> {
    this.#brotli ??= promisify(brotliCompress)(this.#plain, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 9 },
    });
    return this.#brotli;
  }

  gzip(): Promise<Buffer> {
    this.#gzip ??= promisify(gzip)(this.#plain, { level: 9 });
    return this.#gzip;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
};
const COMPRESSED = new Set(['.html', '.js', '.css', '.svg', '.json', '.webmanifest', '.txt']);

/** No inline script or style, nothing from elsewhere; HTML is made through the framework's one policy, a worker's address through ours. */
const policyBefore = [
  "default-src 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'self'",
  "form-action 'self'",
  "img-src 'self' data: blob:",
];
const policyAfter = ["require-trusted-types-for 'script'", 'trusted-types svelte-trusted-html hoithi-worker'];
const HOST = /^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i;

/** `hosts` are what people reach us as: the 'self' of older browsers does not cover sockets, so they are named. */
export function contentSecurityPolicy(hosts: readonly (string | undefined)[]): string {
  const own = [...new Set(hosts)].filter((host) => host !== undefined && HOST.test(host));
  const sockets = own.flatMap((host) => [`ws://${host}`, `wss://${host}`]);
  return [...policyBefore, `connect-src 'self' ${sockets.join(' ')}`.trim(), ...policyAfter].join('; ');
}

/** What the page at a path says of itself before any script runs; null: what every page says. */
export type HeadOf = (path: string) => PageHead | null | Promise<PageHead | null>;

/** Described pages that are kept, made and compressed; a page is some kilobytes. */
const DESCRIBED_KEPT = 300;
/** The product's picture for chat apps. */
const PICTURE = '/chia-se.png';
/** What the build says of the screens at our addresses; nobody else reads it. */
const SCREENS = '/screens.json';
const NO_FILES: ScreenFiles = { scripts: [], styles: [] };

export class Pages {
  readonly #pages = new Map<string, Page>();
  readonly #publicHost: string | undefined;
  readonly #heads: HeadOf[] = [];
  #screens: readonly { readonly at: RegExp; readonly files: ScreenFiles }[] = [];
  readonly #described = new Recent<string, Page>(DESCRIBED_KEPT);

  /** `publicHost`: what people reach us as when a proxy in front tells another Host. */
  private constructor(publicHost: string | undefined) {
    this.#publicHost = publicHost;
  }

  /** Reads every file under `folder`; an absent folder gives no pages (the API works without its client). */
  static async load(folder: string, publicHost?: string): Promise<Pages> {
    const pages = new Pages(publicHost);
    if (!existsSync(folder)) return pages;
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    for (const file of files) pages.#add(folder, join(file.parentPath, file.name));
    pages.#knowScreens();
    return pages;
  }

  #knowScreens(): void {
    const list = this.#pages.get(SCREENS);
    this.#pages.delete(SCREENS);
    const screens: readonly ScreenAt[] = list === undefined ? [] : JSON.parse(list.plain.toString('utf8'));
    this.#screens = screens.map(({ pattern, scripts, styles }) => ({
      at: new RegExp(pattern, 'i'),
      files: { scripts, styles },
    }));
  }

  #add(folder: string, file: string): void {
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    this.#pages.set(path, pageOf(path, readFileSync(file)));
  }

  /** Whether there is a client to serve. */
  get built(): boolean {
    return this.#pages.has('/index.html');
  }

  /** Features say what is at their addresses; the first that knows one describes it. */
  describe(headOf: HeadOf): void {
    this.#heads.push(headOf);
  }

  /** Answers with the file at `path`, or with the page (the client routes inside it). False when neither is there. */
  serve(path: string, request: FastifyRequest, reply: FastifyReply): boolean {
    const file = this.#pages.get(path);
    const index = this.#pages.get('/index.html');
    if (file === undefined && (index === undefined || extname(path) !== '')) return false;
    if (file !== undefined) this.#send(path, file, request, reply);
    else if (index !== undefined)
      this.#describedAt(path, index).then(
        (page) => this.#send(path, page, request, reply),
        (error: unknown) => reply.send(error),
      );
    return true;
  }

  async #describedAt(path: string, index: Page): Promise<Page> {
    const files = this.#screens.find(({ at }) => at.test(path))?.files ?? NO_FILES;
    for (const headOf of this.#heads) {
      const head = await headOf(path);
      if (head !== null) return this.#with(head, files, index);
    }
    return this.#with(null, files, index);
  }

  /** Made and compressed once for as long as it says the same. */
  #with(head: PageHead | null, files: ScreenFiles, index: Page): Page {
    if (head === null && files.scripts.length === 0) return index;
    const key = JSON.stringify([head, files]);
    const kept = this.#described.get(key);
    if (kept !== undefined) return kept;
    const expecting = expectingPage(index.plain.toString('utf8'), files, head?.asks ?? []);
    const html =
      head === null ? expecting : describedPage(expecting, head, new URL(PICTURE, head.address).href);
    const page = pageOf('/index.html', Buffer.from(html));
    this.#described.set(key, page);
    return page;
  }

  #send(path: string, page: Page, request: FastifyRequest, reply: FastifyReply): void {
    reply.header('etag', page.etag).header('vary', 'accept-encoding').type(page.type);
    reply.header('cache-control', page.immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (page.type.startsWith('text/html')) pageHeaders(reply, [request.headers.host, this.#publicHost]);
    else if (WORKERS.includes(path)) reply.header('content-security-policy', workerPolicy);
    if (request.headers['if-none-match'] === page.etag) void reply.code(304).send();
    else sendCompressed(page, request, reply);
  }
}

function pageOf(path: string, plain: Buffer): Page {
  const extension = extname(path);
  const small = COMPRESSED.has(extension) && plain.length > 512;
  return {
    type: TYPES[extension] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    immutable: path.startsWith('/assets/'),
    plain,
    compressed: small ? new Compressed(plain) : null,
  };
}

/** Service workers fetch our own files, or show what was pushed, and do nothing else. */
const WORKERS = ['/worker.js', '/push-worker.js'];
const workerPolicy = "default-src 'none'; connect-src 'self'";

/** Headers of every HTML page. */
function pageHeaders(reply: FastifyReply, hosts: readonly (string | undefined)[]): void {
  reply
    .header('content-security-policy', contentSecurityPolicy(hosts))
    .header('referrer-policy', 'same-origin')
    .header('permissions-policy', 'camera=(), microphone=(), geolocation=(), interest-cohort=()')
    .header('cross-origin-opener-policy', 'same-origin');
}

function sendCompressed({ compressed, plain }: Page, request: FastifyRequest, reply: FastifyReply): void {
  const accepted = request.headers['accept-encoding'] ?? '';
  const sendAs = (encoding: string, bytes: Promise<Buffer>): void => {
    bytes.then(
      (body) => reply.header('content-encoding', encoding).send(body),
      (error: unknown) => reply.send(error),
    );
  };
  if (compressed !== null && accepted.includes('br')) sendAs('br', compressed.brotli());
  else if (compressed !== null && accepted.includes('gzip')) sendAs('gzip', compressed.gzip());
  else void reply.send(plain);
}
