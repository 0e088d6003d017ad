/** The list of all doors as they were registered. A door under /api that does not say who may use it stops the start. */
import type { Access } from './access.ts';
import type { Http } from './http.ts';

export interface Door {
  readonly method: string;
  /** With its parameters, e.g. "/api/attempts/:attempt". */
  readonly url: string;
  readonly access: Access;
}

/** Called before any feature registers; the list grows as they do. */
export function listDoors(http: Http): readonly Door[] {
  const doors: Door[] = [];
  http.addHook('onRoute', ({ method, url, config }) => {
    const access = config?.access;
    if (url.startsWith('/api/') && access === undefined)
      throw new Error(`${url} does not say who may use it`);
    for (const each of [method].flat()) doors.push({ method: each, url, access: access ?? 'public' });
  });
  return doors;
}
