import { beforeAll, describe, expect, it } from 'vitest';
import type { Door } from '../../server/platform/doors.ts';
import { startServer, type TestServer } from '../harness/app.ts';
import { type Cast, castOf } from '../harness/cast.ts';
import { Visitor } from '../harness/visitor.ts';

/**
 * Every route, as every role, with somebody else's id: generated from the routes themselves, so a new one is in here the
 * moment it is registered.
 */
let server: TestServer;
let cast: Cast;

beforeAll(async () => {
  server = await startServer();
  cast = await castOf(server);
}, 60_000);

const apiDoors = (): readonly Door[] =>
  server.app.doors.filter(
    ({ url, method }) => url.startsWith('/api/') && method !== 'HEAD' && method !== 'OPTIONS',
  );

/** What doors with such an end need in their query. */
const QUERIES = [
  ['/report/file', 'preset=contest&format=pdf'],
  ['/report', 'preset=contest'],
  ['/file', 'format=csv'],
] as const;

/** The address of a door with ids that belong to somebody else (`cast.victim`). */
function addressOf(door: Door): string {
  const address = door.url.replace(/:([a-zA-Z]+)/g, (_, name: string) => cast.ids[name] ?? 'khong-co');
  // Whose it is is looked at once the query is in order.
  const query = QUERIES.find(([end]) => address.endsWith(end))?.[1];
  return query === undefined ? address : `${address}?${query}`;
}

function send(door: Door, cookie: string | null, body: unknown = {}) {
  return server.app.http.inject({
    method: door.method as 'GET',
    url: addressOf(door),
    ...(door.method === 'GET' || door.method === 'DELETE' ? {} : { payload: body as object }),
    headers: cookie === null ? {} : { cookie },
  });
}

describe('every route', () => {
  it('answers nobody who is not signed in, unless it is public', async () => {
    for (const door of apiDoors().filter(({ access }) => access !== 'public' && access !== 'attempt')) {
      const { statusCode } = await send(door, null);
      // A body that is not valid is told first only where nothing can be learnt from it.
      expect([401], `${door.method} ${door.url}`).toContain(statusCode);
    }
  });

  it('answers no citizen where a role is demanded', async () => {
    for (const door of apiDoors().filter(({ access }) => typeof access === 'object')) {
      const { statusCode } = await send(door, cast.citizen);
      expect([403], `${door.method} ${door.url}`).toContain(statusCode);
    }
  });

  it('answers no guest where an account is demanded', async () => {
    for (const door of apiDoors().filter(
      ({ access }) => access === 'signedIn' || typeof access === 'object',
    )) {
      const { statusCode } = await send(door, cast.guest);
      expect([401, 403], `${door.method} ${door.url}`).toContain(statusCode);
    }
  });

  it('gives an organiser nothing of a contest that somebody else organises', async () => {
    const own = /:(contest|round|board|live)\b/;
    for (const door of apiDoors().filter(({ url, access }) => typeof access === 'object' && own.test(url))) {
      const reply = await send(door, cast.organiser, cast.bodyFor(door));
      expect([403, 404, 400], `${door.method} ${door.url} ${reply.body.slice(0, 200)}`).toContain(
        reply.statusCode,
      );
      expect(reply.body).not.toContain(cast.secretText);
    }
  });

  it('gives an officer nothing of a unit beside theirs, nor anything that is staff’s', async () => {
    const doors = apiDoors().filter(({ access }) => typeof access === 'object');
    expect(doors.filter(({ url }) => url.startsWith('/api/officer/')).length).toBeGreaterThanOrEqual(3);
    for (const door of doors) {
      const reply = await send(door, cast.officer, cast.bodyFor(door));
      const isHome = door.url === '/api/officer';
      expect(isHome ? [200] : [403, 404], `${door.method} ${door.url} ${reply.body.slice(0, 200)}`).toContain(
        reply.statusCode,
      );
      expect(reply.body).not.toContain(cast.secretText);
    }
  });

  it('gives an editor and reviewer nothing of a bank that has people of its own', async () => {
    const own = /:(bank|question|import)\b/;
    const foreign = apiDoors().filter(({ url, access }) => typeof access === 'object' && own.test(url));
    expect(foreign.length).toBeGreaterThan(20);
    for (const door of foreign) {
      const reply = await send(door, cast.editor, cast.bodyFor(door));
      const told = `${door.method} ${door.url} ${reply.body.slice(0, 200)}`;
      expect([403, 404, 400], told).toContain(reply.statusCode);
      expect(reply.body, told).not.toContain(cast.secretText);
    }
    const list = await send({ method: 'GET', url: '/api/desk/banks', access: 'public' }, cast.editor);
    expect(list.statusCode).toBe(200);
    expect(list.body).not.toContain(cast.secretText);
  });

  it('gives a citizen nothing of another one’s attempt or session', async () => {
    const foreign = apiDoors().filter(({ url }) => /:(attempt|session|person)\b/.test(url));
    expect(foreign.length).toBeGreaterThan(5);
    for (const door of foreign) {
      const reply = await send(door, cast.citizen, cast.bodyFor(door));
      expect(reply.statusCode, `${door.method} ${door.url}`).toBeGreaterThanOrEqual(400);
      expect(reply.body).not.toContain(cast.secretText);
    }
  });

  it('demands the second factor from staff where the address is https', async () => {
    const strict = await startServer(undefined, { PUBLIC_URL: 'https://hoithi.example.vn' });
    const admin = await new Visitor(strict).register();
    await admin.become('admin');
    const staffDoors = strict.app.doors.filter(
      ({ access, method }) => typeof access === 'object' && method !== 'HEAD',
    );
    for (const door of staffDoors) {
      const url = door.url.replace(/:[a-zA-Z]+/g, 'x');
      const body = door.method === 'GET' || door.method === 'DELETE' ? undefined : {};
      const reply = await admin.ask(door.method as 'GET', url, body);
      expect(reply.status, `${door.method} ${door.url}`).toBe(403);
      expect(reply.body.code).toBe('auth.secondFactorNeeded');
    }
  });

  it('refuses writes that come from another site', async () => {
    for (const door of apiDoors().filter(({ method }) => method !== 'GET')) {
      const { statusCode, body } = await server.app.http.inject({
        method: door.method as 'POST',
        url: addressOf(door),
        payload: {},
        headers: { origin: 'https://evil.example', cookie: cast.admin },
      });
      expect(statusCode, `${door.method} ${door.url}`).toBe(403);
      expect(body).toContain('request.origin');
    }
  });

  it('survives bodies that are not what it takes, with a clear problem', async () => {
    const bodies: readonly unknown[] = [
      null,
      [],
      'x',
      0,
      { a: { b: [] } },
      { __proto__: { x: 1 } },
      { name: '\u0000', password: [] },
    ];
    for (const door of apiDoors().filter(({ method }) => method !== 'GET' && method !== 'DELETE')) {
      for (const body of bodies) {
        const { statusCode, headers } = await server.app.http.inject({
          method: door.method as 'POST',
          url: addressOf(door),
          payload: JSON.stringify(body),
          headers: { 'content-type': 'application/json', cookie: cast.organiser },
        });
        expect(statusCode, `${door.method} ${door.url} ${JSON.stringify(body)}`).toBeLessThan(500);
        if (statusCode >= 400) expect(headers['content-type']).toContain('application/problem+json');
      }
    }
  });
});
