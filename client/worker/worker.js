/*
 * Keeps what a paper needs to be opened again without a network: the page itself and the scripts, styles and fonts of an
 * attempt. Registered for /luot-thi/ alone, when somebody opens an attempt. Never touches /api: answers and papers are in the
 * attempt's own local store. Plain JavaScript for Chrome 87, not bundled; the build puts the list of files in.
 *
 * A new version waits until no page uses the old one, so an open attempt keeps the files that it began with.
 */
const FILES = self.__FILES__;
const KEPT = `hoithi-shell-${self.__VERSION__}`;
const PAGE = '/index.html';

/** Throws, so that the old version stays, when the page is of another version than the files. */
async function keep() {
  const cache = await caches.open(KEPT);
  await cache.addAll(FILES);
  const page = await fetch(PAGE, { cache: 'no-store', credentials: 'omit' });
  const html = await page.clone().text();
  if (!page.ok || !html.includes(self.__ENTRY__)) throw new Error('another version is being served');
  await cache.put(PAGE, page);
}

async function dropOlder() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith('hoithi-shell-') && name !== KEPT);
  await Promise.all(older.map((name) => caches.delete(name)));
}

/** From the server as always; the kept page when it cannot be reached. */
async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(PAGE, { cacheName: KEPT });
    if (kept === undefined) throw error;
    return kept;
  }
}

/** Files carry a hash of their content: the kept one is the right one. */
async function file(request) {
  const kept = await caches.match(request.url, { cacheName: KEPT, ignoreVary: true });
  return kept === undefined ? fetch(request) : kept;
}

self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(dropOlder()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (/^\/luot-thi\/[^/]+$/.test(pathname)) event.respondWith(page(request));
  } else if (FILES.includes(pathname)) event.respondWith(file(request));
});
