/** The editors of the kinds, found by their folders: a new kind is a new folder and no list to edit. */
import type { Component } from 'svelte';
import type { EditorProps } from '../../../questions/kinds/editor.ts';

const modules = import.meta.glob<{ readonly default: Component<EditorProps> }>(
  '../../../questions/kinds/*/Editor.svelte',
  { eager: true },
);

/** "…/true-false/Editor.svelte" → "trueFalse", the kind's name in data. */
function kindOf(path: string): string {
  const folder = path.split('/').slice(-2)[0] ?? '';
  return folder.replace(/-(\p{L})/gu, (_, letter: string) => letter.toUpperCase());
}

const editors = new Map(Object.entries(modules).map(([path, module]) => [kindOf(path), module.default]));

export const editableKinds: readonly string[] = [...editors.keys()];

/** Undefined for a kind that this page does not know: it is older than the server. */
export function editorOf(kind: string): Component<EditorProps> | undefined {
  return editors.get(kind);
}
