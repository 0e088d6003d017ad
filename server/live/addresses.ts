/** Addresses under which phones reach this machine: the public one, and those on its own networks for a hall without internet. */
import type { AddressInfo, Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { HallAddresses } from '../contracts/live.ts';

type Address = HallAddresses['addresses'][number];

const LOOPBACK = /^(localhost|127\.|\[::1\])/;
/** RFC 1918, link-local, and shared addresses of carriers. */
const PRIVATE =
  /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

/** What phones can use comes first; an address of this machine alone comes last. */
export function hallAddresses(publicUrl: URL, server: Pick<Server, 'address'>): Address[] {
  const given = { origin: publicUrl.origin, private: PRIVATE.test(publicUrl.hostname) };
  const own = ownAddresses().map((address) => ({
    origin: `http://${address}:${portOf(server, publicUrl)}`,
    private: true,
  }));
  const all = LOOPBACK.test(publicUrl.hostname) ? [...own, { ...given, private: true }] : [given, ...own];
  return all.filter(({ origin }, i) => all.findIndex((other) => other.origin === origin) === i);
}

/** Asking the system costs more than all the rest of a view. */
const KNOWN_MS = 5000;
let known: { readonly at: number; readonly addresses: readonly string[] } | null = null;

function ownAddresses(): readonly string[] {
  const now = performance.now();
  if (known === null || now - known.at > KNOWN_MS) known = { at: now, addresses: readAddresses() };
  return known.addresses;
}

function readAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((entries) =>
    (entries ?? []).flatMap(({ family, internal, address }) =>
      family === 'IPv4' && !internal && !address.startsWith('169.254.') ? [address] : [],
    ),
  );
}

/** The port that is listened on; before that the one of the public address. */
function portOf(server: Pick<Server, 'address'>, publicUrl: URL): number {
  const address: AddressInfo | string | null = server.address();
  if (address !== null && typeof address === 'object') return address.port;
  return Number(publicUrl.port) || (publicUrl.protocol === 'https:' ? 443 : 80);
}

/** Where a hall joins, as people type it. */
export function joinUrlOf(publicUrl: URL, server: Pick<Server, 'address'>, pin: string): string {
  const [first] = hallAddresses(publicUrl, server);
  return `${(first?.origin ?? publicUrl.origin).replace(/^https?:\/\//, '')}/vao/${pin}`;
}
