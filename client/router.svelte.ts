/**
 * Where the reader is: real addresses, the browser's history, screens loaded when needed. After a move the new screen's
 * heading takes the focus, so that keyboards and screen readers start there, and scrolling goes where people expect.
 */
import { type Component, tick, untrack } from 'svelte';
import { reachesServer } from './api/way-back.ts';
import {
  type Frame,
  isUnder,
  type Match,
  matched,
  type Params,
  type Route,
  type Section,
} from './routing.ts';

/** A screen on show. `screen` is null for an address that nothing answers. */
export interface Showing {
  readonly path: string;
  readonly frame: Frame | null;
  readonly screen: Component<Params> | null;
  readonly params: Params;
}

const reloadedKey = 'hoithi.reloaded';

/** `route` has already checked that the placeholders are the screen's props. */
function takesParams(screen: Component<never>): screen is Component<Params> {
  return typeof screen === 'function';
}

class Router {
  /** The address now; changes with every move, also of the query alone. */
  url = $state.raw(new URL(location.href));
  /** The screen now; null until the first has loaded. */
  showing = $state.raw<Showing | null>(null);
  /** A screen is being fetched. */
  loading = $state(false);
  /** Why the last screen could not be fetched. */
  failure = $state.raw<unknown>(null);

  #routes: readonly Route[] = [];
  #sections: readonly Section[] = [];
  #mayLeave: (() => boolean) | null = null;
  #move = 0;

  /** Starts following the browser. Called once, by main.ts. */
  async start(routes: readonly Route[], sections: readonly Section[]): Promise<void> {
    this.#routes = routes;
    this.#sections = sections;
    history.scrollRestoration = 'manual';
    addEventListener('popstate', (event) => this.#back(event));
    document.addEventListener('click', (event) => this.#click(event));
    await this.#show();
    this.#scroll(scrollOf(history.state));
  }

  /** Goes to an address of ours; `replace` leaves no step in the history. */
  async go(to: string, how: 'push' | 'replace' = 'push'): Promise<void> {
    if (this.#mayLeave?.() === false) return;
    // Untracked: an effect that goes somewhere must not go again because the address changed.
    await untrack(() => this.#goTo(new URL(to, location.href), how));
  }

  async #goTo(target: URL, how: 'push' | 'replace'): Promise<void> {
    const sameScreen = target.pathname === this.url.pathname;
    if (how === 'push') this.#rememberScroll();
    history[how === 'push' ? 'pushState' : 'replaceState'](null, '', target);
    this.url = target;
    if (sameScreen && this.failure === null) return this.#jump(target.hash);
    await this.#show();
    await this.#settle();
    this.#scroll(0);
    this.#jump(target.hash);
  }

  /** Changes the query in place: `setQuery({ page: '2', unit: null })`; null removes. Focus and scroll stay. */
  setQuery(changes: Readonly<Record<string, string | null>>, how: 'push' | 'replace' = 'replace'): void {
    const target = new URL(this.url);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === '') target.searchParams.delete(name);
      else target.searchParams.set(name, value);
    }
    if (how === 'push') this.#rememberScroll();
    history[how === 'push' ? 'pushState' : 'replaceState'](null, '', target);
    this.url = target;
  }

  /** Asked before every move inside the page; returns the way to stop asking. */
  guard(mayLeave: () => boolean): () => void {
    this.#mayLeave = mayLeave;
    return () => {
      if (this.#mayLeave === mayLeave) this.#mayLeave = null;
    };
  }

  /** Tries the present address again. */
  async retry(): Promise<void> {
    await this.#show();
    await this.#settle();
  }

  async #back(event: PopStateEvent): Promise<void> {
    const target = new URL(location.href);
    if (this.#mayLeave?.() === false) {
      history.pushState(null, '', this.url);
      return;
    }
    const sameScreen = target.pathname === this.url.pathname;
    this.url = target;
    if (!sameScreen) {
      await this.#show();
      await this.#settle();
    }
    this.#scroll(scrollOf(event.state));
  }

  #click(event: MouseEvent): void {
    const target = event.target;
    const link = target instanceof Element ? target.closest('a[href]') : null;
    if (!(link instanceof HTMLAnchorElement) || !isOurs(event, link)) return;
    event.preventDefault();
    void this.go(link.href, link.href === location.href ? 'replace' : 'push');
  }

  async #match(pathname: string): Promise<Match | undefined> {
    const clean = pathname.length > 1 ? pathname.replace(/\/+$/, '') : pathname;
    const section = this.#sections.find(({ under }) => isUnder(clean, under));
    const routes = section === undefined ? this.#routes : (await section.load()).routes;
    return matched(routes, clean);
  }

  async #show(): Promise<void> {
    const move = ++this.#move;
    const path = this.url.pathname;
    this.loading = true;
    try {
      const match = await this.#match(path);
      const screen = match === undefined ? null : (await match.route.load()).default;
      if (move !== this.#move) return;
      this.failure = null;
      this.showing = {
        path,
        frame: match?.route.frame ?? null,
        screen: screen !== null && takesParams(screen) ? screen : null,
        params: match?.params ?? {},
      };
      sessionStorageSet(reloadedKey, null);
    } catch (error) {
      if (move === this.#move) await this.#fail(error, move);
    } finally {
      if (move === this.#move) this.loading = false;
    }
  }

  /**
   * A screen's file is gone after an update of the server: the page is loaded anew, once; then the error is shown. Never
   * while the server cannot be reached: the browser's own error would stand in the place of the page.
   */
  async #fail(error: unknown, move: number): Promise<void> {
    const isReached = await reachesServer();
    if (move !== this.#move) return;
    if (isReached && sessionStorageSet(reloadedKey, '1')) location.reload();
    else this.failure = error;
  }

  /** Gives the focus to the new screen's heading, or to its whole content while it has none. */
  async #settle(): Promise<void> {
    await tick();
    const target = document.querySelector('main h1') ?? document.querySelector('main');
    if (!(target instanceof HTMLElement)) return;
    if (!target.hasAttribute('tabindex')) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }

  #jump(hash: string): void {
    if (hash.length < 2) return;
    document.getElementById(hash.slice(1))?.scrollIntoView();
  }

  #rememberScroll(): void {
    history.replaceState({ scroll: scrollY }, '');
  }

  #scroll(top: number): void {
    scrollTo(0, top);
  }
}

/** The place in the page that a step of the history remembers, px. */
function scrollOf(state: unknown): number {
  if (typeof state !== 'object' || state === null || !('scroll' in state)) return 0;
  return typeof state.scroll === 'number' ? state.scroll : 0;
}

/** A plain click on a link to another of our pages; everything else is the browser's. */
function isOurs(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (event.defaultPrevented || !isPlain) return false;
  if (link.target !== '' || link.hasAttribute('download') || link.origin !== location.origin) return false;
  return !isUnder(link.pathname, '/api') && !isUnder(link.pathname, '/docs');
}

/** Sets or clears a mark of this tab; false when it was already so, or storage is refused. */
function sessionStorageSet(key: string, value: string | null): boolean {
  try {
    if (sessionStorage.getItem(key) === value) return false;
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

/** The one router of the page. */
export const router = new Router();
