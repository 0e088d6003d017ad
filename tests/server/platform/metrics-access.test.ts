import { expect, it } from 'vitest';
import { startServer } from '../../harness/app.ts';

it('/metrics is there for this machine and for the token, for nobody else and not through a proxy', async () => {
  const token = 'a token of those who run it';
  const server = await startServer(undefined, { HOITHI_METRICS_TOKEN: token });
  const ask = async (remoteAddress: string, headers: Record<string, string> = {}) =>
    (await server.app.http.inject({ method: 'GET', url: '/metrics', remoteAddress, headers })).statusCode;
  expect(await ask('127.0.0.1')).toBe(200);
  expect(await ask('::1')).toBe(200);
  expect(await ask('203.0.113.7')).toBe(404);
  expect(await ask('127.0.0.1', { 'x-forwarded-for': '203.0.113.7' })).toBe(404);
  expect(await ask('203.0.113.7', { authorization: `Bearer ${token}` })).toBe(200);
  expect(await ask('203.0.113.7', { authorization: 'Bearer something else' })).toBe(404);
});
