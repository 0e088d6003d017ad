/**
 * The components of the kinds, found by their folders: a new kind is a new folder and no list to edit. They come with the
 * paper's own file and not one by one, since a request that fails in the middle of a paper would leave a question blank.
 */
import type { Component } from 'svelte';
import type { PlayerKeys, PlayerProps, ReviewProps } from '../../questions/kinds/player.ts';

interface PlayerModule {
  readonly default: Component<PlayerProps, PlayerKeys>;
  /** The player shows the stem itself, since what is asked stands in the middle of it. */
  readonly drawsStem?: boolean;
}

const players = import.meta.glob<PlayerModule>('../../questions/kinds/*/Player.svelte', { eager: true });
const reviews = import.meta.glob<{ readonly default: Component<ReviewProps> }>(
  '../../questions/kinds/*/Review.svelte',
  { eager: true },
);

/** "…/true-false/Player.svelte" → "trueFalse", the kind's name in data. */
export function kindOf(path: string): string {
  const folder = path.split('/').slice(-2)[0] ?? '';
  return folder.replace(/-(\p{L})/gu, (_, letter: string) => letter.toUpperCase());
}

function byKind<Module>(
  modules: Readonly<Record<string, { readonly default: Module }>>,
): ReadonlyMap<string, Module> {
  return new Map(Object.entries(modules).map(([path, module]) => [kindOf(path), module.default]));
}

const playersByKind = byKind(players);
const reviewsByKind = byKind(reviews);
const stemDrawers = new Set(
  Object.entries(players).flatMap(([path, module]) => (module.drawsStem === true ? [kindOf(path)] : [])),
);

/** Undefined for a kind that this page does not know: it is older than the server. */
export function playerOf(kind: string): Component<PlayerProps, PlayerKeys> | undefined {
  return playersByKind.get(kind);
}

/** Whether player and review show the stem themselves. */
export function drawsStem(kind: string): boolean {
  return stemDrawers.has(kind);
}

export function reviewOf(kind: string): Component<ReviewProps> | undefined {
  return reviewsByKind.get(kind);
}
