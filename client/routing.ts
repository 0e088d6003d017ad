/**
 * What a route is: an address, the screen that it shows, and the frame around it. Pure; the browser's part is in
 * `router.svelte.ts`, the table in `routes.ts`.
 */
import { parse, type RouteParams } from 'regexparam';
import type { Component, Snippet } from 'svelte';

/** What the placeholders of an address held, decoded. */
export type Params = Readonly<Record<string, string>>;

/** A frame draws header and footer around a screen and stays while screens change inside it. */
export type Frame = Component<{ children: Snippet }>;

/** A screen's file, as `import()` gives it. */
export interface ScreenModule<Props extends Record<string, unknown> = never> {
  readonly default: Component<Props>;
}

/** One address and what it shows. Made by `route`. */
export interface Route {
  readonly pattern: RegExp;
  readonly keys: readonly string[];
  readonly frame: Frame;
  readonly load: () => Promise<ScreenModule>;
}

/** Addresses under a prefix whose table is loaded when somebody goes there. Made by `section`. */
export interface Section {
  readonly under: string;
  readonly load: () => Promise<{ readonly routes: readonly Route[] }>;
}

/** A route that an address fits, with what its placeholders held. */
export interface Match {
  readonly route: Route;
  readonly params: Params;
}

/**
 * `route('/cuoc-thi/:contest', PublicFrame, () => import('./ContestPage.svelte'))`: the placeholders of the address are
 * the screen's props, checked by the compiler. Syntax of regexparam: `:name`, `:name?`, `*`.
 */
export function route<Path extends string>(
  path: Path,
  frame: Frame,
  load: () => Promise<ScreenModule<RouteParams<Path>>>,
): Route {
  const { pattern, keys } = parse(path);
  return { pattern, keys, frame, load };
}

/** `section('/ban-lam-viec', () => import('./desk/routes.ts'))`: the file exports `routes`, with whole addresses. */
export function section(under: string, load: Section['load']): Section {
  return { under, load };
}

/** Undecodable text stays as it came: a mistyped address finds nothing, it does not crash. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The first route that fits `pathname`, or nothing. */
export function matched(routes: readonly Route[], pathname: string): Match | undefined {
  for (const candidate of routes) {
    const found = candidate.pattern.exec(pathname);
    if (found === null) continue;
    const values = candidate.keys.map((key, index): [string, string] => [
      key,
      decoded(found[index + 1] ?? ''),
    ]);
    return { route: candidate, params: Object.fromEntries(values) };
  }
  return undefined;
}

/** Whether `pathname` lies in a section. */
export function isUnder(pathname: string, under: string): boolean {
  return pathname === under || pathname.startsWith(`${under}/`);
}
