/** What every kind's `Editor.svelte` is given: the public part, the secret part, and how to say that they changed. */
import type { Json } from '../question.ts';

/** A question's two parts as the kind keeps them. */
export interface Written {
  readonly prompt: Json;
  /** Null: not given yet, which is never the same as false. */
  readonly key: Json | null;
}

export interface EditorProps extends Written {
  /** Anything that is no prompt of this kind is taken for an empty one. */
  readonly onchange: (written: Written) => void;
  /** What is wrong at a place, in the reader's language: `problem('prompt.options.2')`, `problem('key.right')`. */
  readonly problem: (path: string) => string | undefined;
  readonly disabled: boolean;
  [name: string]: unknown;
}
