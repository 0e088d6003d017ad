/** Whether a write comes from a page of another site. Over plain HTTP in a hall there is no Sec-Fetch-Site, so Origin decides. */
import { networkInterfaces } from 'node:os';
import type { FastifyRequest } from 'fastify';

/** True when the Origin header names neither the public address nor an address of this machine under the same Host. */
export function foreignOrigin(request: Pick<FastifyRequest, 'headers'>, publicUrl: URL): boolean {
  return isForeign(request.headers.origin, request.headers.host, publicUrl);
}

/** As `foreignOrigin`, for sockets too. A missing Origin is not a browser's cross-site write. */
export function isForeign(origin: string | undefined, host: string | undefined, publicUrl: URL): boolean {
  if (origin === undefined || origin === publicUrl.origin) return false;
  if (!URL.canParse(origin)) return true;
  const { host: originHost, hostname } = new URL(origin);
  return originHost !== host || !isOwnAddress(hostname);
}

function isOwnAddress(hostname: string): boolean {
  if (hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]') return true;
  return Object.values(networkInterfaces()).some((entries) =>
    entries?.some(({ address }) => address === hostname.replace(/^\[|\]$/g, '')),
  );
}
