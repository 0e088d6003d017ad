/** What the form of a stage kind is given. A kind's folder holds its `Settings.svelte`; nothing else knows the kind. */
import type { Component } from 'svelte';
import type { JsonValue } from '../../api/live.ts';
import type { QuestionShelf } from '../desk/question-shelf.svelte.ts';

export type StageFormProps = {
  /** As saved; the form checks their shape. */
  readonly settings: JsonValue;
  readonly onchange: (settings: JsonValue) => void;
  /** What is wrong at a path inside the settings, e.g. "questions.3", in the reader's language. */
  readonly problem: (path: string) => string | undefined;
  readonly disabled: boolean;
  /** Question kinds that the stage can ask. */
  readonly kinds: readonly string[];
  readonly shelf: QuestionShelf;
};

const forms = import.meta.glob<{ readonly default: Component<StageFormProps> }>('./*/Settings.svelte', {
  eager: true,
});

const byKind = new Map(
  Object.entries(forms).map(([path, module]) => [path.split('/').slice(-2)[0] ?? '', module.default]),
);

/** Undefined for a kind of a newer server. */
export function stageForm(kind: string): Component<StageFormProps> | undefined {
  return byKind.get(kind);
}

/** Whether settings are an object with these fields; the server has checked what is in them. */
export function hasFields(settings: unknown, ...names: readonly string[]): boolean {
  return typeof settings === 'object' && settings !== null && names.every((name) => name in settings);
}
