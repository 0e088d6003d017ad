/**
 * One form on its way: busy, refused and why, wrong at which field. Moves the reader to the first wrong field, or to the
 * message over the form, so that nobody has to look for what happened.
 */
import { tick } from 'svelte';
import { inLocale } from '../messages/messages.ts';
import { ui } from '../messages/ui.ts';
import { announcer } from '../ui/announcer.svelte.ts';
import { type ApiError, asApiError } from './problem.ts';

/** Path of a field ("phone") → what is wrong with it, in the reader's language at the time of drawing. */
export type Faults = Readonly<Record<string, (() => string) | undefined>>;

export class Submission {
  busy = $state(false);
  problem = $state.raw<ApiError | null>(null);
  #faults = $state.raw<Faults>({});
  /** Fields that the screen shows. */
  readonly #shown = new Set<string>();

  /** What is wrong as a whole: said over the form when no field that the screen shows says it. */
  get message(): string | undefined {
    const problem = this.problem;
    if (problem === null) return undefined;
    if ([...this.#shown].some((path) => problem.field(path) !== undefined)) return undefined;
    return [problem.text, ...problem.fields.map(inLocale)].join(' ');
  }

  /** What is wrong with one field: found here, or told by the server. */
  field(path: string): string | undefined {
    this.#shown.add(path);
    return this.#faults[path]?.() ?? this.problem?.field(path);
  }

  /** The same for a box that may stand for several fields of the request. */
  anyOf(...fields: string[]): string | undefined {
    return fields.map((path) => this.field(path)).find((text) => text !== undefined);
  }

  /**
   * Sends what `task` sends, once at a time. Nothing is sent while `faults` names a field.
   * Answers null when it was refused; then `problem` and `field` say why.
   */
  async run<Reply>(
    task: () => Promise<Reply>,
    faults: Faults = {},
  ): Promise<{ readonly reply: Reply } | null> {
    if (this.busy) return null;
    this.problem = null;
    this.#faults = faults;
    if (Object.values(faults).some((fault) => fault !== undefined)) {
      await showFaults();
      return null;
    }
    this.busy = true;
    try {
      return { reply: await task() };
    } catch (error) {
      this.problem = asApiError(error);
      await showFaults();
      return null;
    } finally {
      this.busy = false;
    }
  }

  /** Forgets what was wrong: the form shows another step. */
  clear(): void {
    this.problem = null;
    this.#faults = {};
  }
}

/** Puts the focus on the first wrong control; without one, on the message (Form.svelte). */
async function showFaults(): Promise<void> {
  await tick();
  const wrong = document.querySelectorAll<HTMLElement>(
    'main [aria-invalid="true"], dialog [aria-invalid="true"]',
  );
  const target = wrong[0] ?? document.querySelector<HTMLElement>('[data-problem]');
  if (wrong.length > 0) announcer.say(ui.problems(wrong.length));
  target?.focus();
}
