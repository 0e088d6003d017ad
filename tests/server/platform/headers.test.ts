import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { parseSetCookie } from 'cookie';
import { fastify } from 'fastify';
import { io } from 'socket.io-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { Pages } from '../../../server/platform/pages.ts';
import { startServer, type TestServer } from '../../harness/app.ts';
import { openContest } from '../../harness/contest.ts';
import { temporaryFolder } from '../../harness/databases.ts';
import { PASSWORD, Visitor } from '../../harness/visitor.ts';

const HTTPS = 'https://hoithi.example.vn';
const POLICY = [
  "default-src 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'self'",
  "form-action 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self' ws://localhost:80 wss://localhost:80 ws://hoithi.example.vn wss://hoithi.example.vn",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html hoithi-worker',
].join('; ');

let plain: TestServer;
let secure: TestServer;
let origin = '';

beforeAll(async () => {
  plain = await startServer();
  secure = await startServer(undefined, { PUBLIC_URL: HTTPS });
  origin = await plain.app.http.listen({ port: 0, host: '127.0.0.1' });
}, 60_000);

const get = (server: TestServer, url: string) => server.app.http.inject({ url });

describe('headers', () => {
  it('of a page name the files of the screen at its address, and the list of them is nobody’s to read', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'index.html'), '<!doctype html><head><title>Hội Thi</title></head>');
    const screens = [
      { pattern: '^\\/vao\\/?$', scripts: ['/assets/pin.js'], styles: [] },
      { pattern: '^\\/vao\\/([^/]+?)\\/?$', scripts: ['/assets/join.js'], styles: ['/assets/join.css'] },
    ];
    writeFileSync(join(folder, 'screens.json'), JSON.stringify(screens));
    const pages = await Pages.load(folder);
    const http = fastify();
    http.get('*', (request, reply) => {
      if (!pages.serve(request.url, request, reply)) reply.code(404).send();
    });
    const hints = async (url: string) =>
      [...(await http.inject({ url })).body.matchAll(/href="([^"]+)"/g)].map(([, path]) => path);
    expect(await hints('/')).toEqual([]);
    expect(await hints('/vao')).toEqual(['/assets/pin.js']);
    expect(await hints('/VAO/123456/')).toEqual(['/assets/join.js', '/assets/join.css']);
    expect(await hints('/vao/123456/nua')).toEqual([]);
    expect((await http.inject({ url: '/screens.json' })).statusCode).toBe(404);
    const [one, two] = await Promise.all(['/vao/1', '/vao/2'].map((url) => http.inject({ url })));
    expect(one?.headers.etag).toBe(two?.headers.etag);
    expect(one?.headers.etag).not.toBe((await http.inject({ url: '/vao' })).headers.etag);
    await http.close();
  });

  it('give every page exactly the strict policy, and nothing else that runs', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Hội Thi</title>');
    writeFileSync(join(folder, 'start.js'), '0');
    const pages = await Pages.load(folder, 'hoithi.example.vn');
    const http = fastify();
    http.get('*', (request, reply) => {
      if (!pages.serve(request.url, request, reply)) reply.code(404).send();
    });
    for (const url of ['/', '/index.html', '/cuoc-thi/khong-co', '/ban-lam-viec', '/%2e%2e/secret']) {
      const { headers } = await http.inject({ url });
      expect(headers['content-type'], url).toBe('text/html; charset=utf-8');
      expect(headers['content-security-policy'], url).toBe(POLICY);
      expect(headers['referrer-policy']).toBe('same-origin');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['permissions-policy']).toContain('camera=()');
    }
    for (const url of [
      '/../package.json',
      '/..%2f..%2fetc.txt',
      '/%2e%2e/package.json',
      '/start.js/../../package.json',
    ])
      expect((await http.inject({ url })).statusCode, url).toBe(404);
    // A Host that is none adds nothing.
    const hostile = await http.inject({ url: '/', headers: { host: 'x; script-src *' } });
    expect(hostile.headers['content-security-policy']).not.toContain('script-src *');
    expect(POLICY).not.toMatch(/unsafe-|https?:|upgrade-insecure/);
    await http.close();
  });

  it('say nosniff everywhere, no-store on the API, HSTS over https alone, and nothing of the software', async () => {
    const urls = [
      '/',
      '/api/session',
      '/api/time',
      '/api/khong-co',
      '/healthz',
      '/metrics',
      '/docs/json',
      '/api/me',
    ];
    for (const server of [plain, secure]) {
      for (const url of urls) {
        const { headers } = await get(server, url);
        expect(headers['x-content-type-options'], url).toBe('nosniff');
        expect(headers['strict-transport-security'], url).toBe(
          server === secure ? 'max-age=31536000; includeSubDomains' : undefined,
        );
        if (url.startsWith('/api/')) expect(headers['cache-control'], url).toBe('no-store');
        expect(headers).not.toHaveProperty('server');
        expect(headers).not.toHaveProperty('x-powered-by');
        expect(headers).not.toHaveProperty('access-control-allow-origin');
      }
    }
  });

  it('let nobody keep what is somebody’s own, and keep public pages the same for all', async () => {
    const contest = await openContest(plain);
    const an = await new Visitor(plain).register();
    for (const url of [
      '/api/me',
      '/api/session',
      '/api/attempts',
      '/api/me/export',
      `/api/contests/${contest.slug}/entry`,
    ])
      expect((await an.get(url)).headers['cache-control'], url).toBe('no-store');
    for (const url of ['/api/contests', `/api/contests/${contest.slug}`]) {
      const [mine, theirs] = [await an.get(url), await new Visitor(plain).get(url)];
      expect(mine.text).toBe(theirs.text);
      expect(mine.headers.etag).toBe(theirs.headers.etag);
      expect(mine.headers).not.toHaveProperty('set-cookie');
    }
  });
});

describe('cookies', () => {
  const cookiesOf = async (server: TestServer) => {
    const reply = await server.app.http.inject({
      method: 'POST',
      url: '/api/accounts',
      payload: { name: 'An', userName: 'an.cookies', password: PASSWORD, consentVersion: 1 },
    });
    return [reply.headers['set-cookie'] ?? []].flat().map((header) => parseSetCookie(header));
  };

  it('are Secure and bound to the host over https', async () => {
    const cookies = await cookiesOf(secure);
    expect(cookies.map(({ name }) => name).sort()).toEqual(['__Host-hoithi', '__Host-hoithi-device']);
    for (const cookie of cookies) {
      expect(cookie).toMatchObject({ secure: true, httpOnly: true, path: '/' });
      expect(String(cookie.sameSite).toLowerCase()).toBe('lax');
      expect(cookie.domain).toBeUndefined();
    }
  });

  it('are plain over http, where browsers would drop such ones, and still not for scripts', async () => {
    const cookies = await cookiesOf(plain);
    expect(cookies.map(({ name }) => name).sort()).toEqual(['hoithi', 'hoithi-device']);
    for (const cookie of cookies) {
      expect(cookie).toMatchObject({ httpOnly: true, path: '/' });
      expect(cookie.secure ?? false).toBe(false);
      expect(String(cookie.sameSite).toLowerCase()).toBe('lax');
      expect(cookie.domain).toBeUndefined();
    }
  });

  it('of a session nobody chooses: a token that was planted is no session and is replaced', async () => {
    const planted = 'A'.repeat(43);
    const visitor = new Visitor(plain);
    visitor.cookies.set('hoithi', planted);
    expect((await visitor.get('/api/session')).body.person).toBeNull();
    await visitor.register();
    expect(visitor.cookies.get('hoithi')).not.toBe(planted);
    const other = new Visitor(plain);
    other.cookies.set('hoithi', planted);
    expect((await other.get('/api/session')).body.person).toBeNull();
  });
});

describe('bodies', () => {
  const post = (payload: string | Buffer, type: string) =>
    plain.app.http.inject({
      method: 'POST',
      url: '/api/sessions',
      payload,
      headers: { 'content-type': type },
    });

  it('are JSON and nothing else', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/json',
      'application/xml',
    ]) {
      const { statusCode, body } = await post('{"login":"a","password":"b"}', type);
      expect([statusCode, JSON.parse(body).code], type).toEqual([415, 'request.type']);
    }
    expect((await post('{"login":', 'application/json')).statusCode).toBe(400);
    for (const poison of ['{"__proto__":{"a":1}}', '{"constructor":{"prototype":{"a":1}}}'])
      expect((await post(poison, 'application/json')).statusCode).toBe(400);
  });

  it('end at a megabyte', async () => {
    const body = (bytes: number) => JSON.stringify({ login: 'a'.repeat(bytes), password: 'b' });
    expect(JSON.parse((await post(body(1_000_000), 'application/json')).body).code).toBe('request.tooLarge');
    expect((await post(body(900_000), 'application/json')).statusCode).toBe(400);
  });
});

/** How a raw connection ends: what was answered, and after how long, ms. */
function raw(send: (write: (text: string) => void) => () => void): Promise<{ said: string; ms: number }> {
  const began = performance.now();
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    let said = '';
    let stop = (): void => undefined;
    socket.on('connect', () => {
      stop = send((text) => socket.writable && socket.write(text));
    });
    socket.on('data', (bytes) => {
      said += bytes.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      stop();
      resolve({ said, ms: performance.now() - began });
    });
  });
}

describe('slow and strange clients', () => {
  it('are cut off when their headers trickle in, while others are answered at once', async () => {
    const slow = Array.from({ length: 50 }, () =>
      raw((write) => {
        write('GET /api/time HTTP/1.1\r\nHost: 127.0.0.1\r\n');
        const timer = setInterval(() => write('X-Slow: 1\r\n'), 500);
        return () => clearInterval(timer);
      }),
    );
    expect((await fetch(`${origin}/api/time`)).status).toBe(200);
    for (const { said, ms } of await Promise.all(slow)) {
      expect(said).toMatch(/^HTTP\/1\.1 408/);
      expect(ms).toBeGreaterThan(9000);
      expect(ms).toBeLessThan(20_000);
    }
  }, 60_000);

  it('are refused when two lengths or bare line ends could be read in two ways', async () => {
    const once = (text: string) =>
      raw((write) => {
        write(text);
        return () => undefined;
      });
    const head = 'POST /api/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    for (const lengths of [
      'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n',
      'Content-Length: 5\r\nContent-Length: 6\r\n',
      'Transfer-Encoding: x\r\n',
    ])
      expect((await once(`${head}${lengths}\r\n0\r\n\r\n`)).said, lengths).toMatch(/^HTTP\/1\.1 400/);
  });
});

describe('sockets', () => {
  const connected = (headers: Record<string, string>, path = ''): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = io(`${origin}${path}`, {
        transports: ['websocket'],
        extraHeaders: headers,
        reconnection: false,
        forceNew: true,
      });
      const answer = (is: boolean) => () => {
        socket.disconnect();
        resolve(is);
      };
      socket.on('connect', answer(true));
      socket.on('connect_error', answer(false));
    });

  it('open to our own pages and to programs, never to pages of another site', async () => {
    expect(await connected({})).toBe(true);
    expect(await connected({ origin })).toBe(true);
    for (const foreign of [
      'https://evil.example',
      'null',
      'file://',
      `${origin}.evil.example`,
      'http://127.0.0.1:1',
      'http://localhost',
      'chrome-extension://x',
    ])
      expect(await connected({ origin: foreign }), foreign).toBe(false);
    // A name that was pointed at this machine.
    expect(await connected({ origin: 'http://rebound.example:3000', host: 'rebound.example:3000' })).toBe(
      false,
    );
    expect(await connected({}, '/admin')).toBe(false);
  });

  it('are websockets alone, and close at a message of another shape', async () => {
    expect((await fetch(`${origin}/socket.io/?EIO=4&transport=polling`)).status).toBe(400);
    for (const message of [
      [],
      null,
      { board: 'x' },
      { board: 'round-', more: 1 },
      'x'.repeat(1000),
      { __proto__: { board: 1 } },
    ]) {
      const socket = io(origin, { transports: ['websocket'], reconnection: false, forceNew: true });
      const ended = new Promise<string>((resolve) => socket.on('disconnect', resolve));
      socket.on('connect', () => socket.emit('board:follow', message));
      expect(await ended).toBe('io server disconnect');
    }
  });
});
