/** A question while it is written, as entrants would see it: asked of the server a moment after the typing, for its formulas. */
import { deskBanks, type JsonValue } from '../../api/desk-banks.ts';

const pauseMs = 400;

export class Previewed {
  /** Null until there is something to see. */
  prompt = $state.raw<JsonValue | null>(null);
  /** Another prompt is another try. */
  stamp = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;
  #shown = '';

  /** For an effect: gives how to stop. What cannot be shown leaves the last one. */
  show(kind: string, prompt: JsonValue): () => void {
    const text = JSON.stringify([kind, prompt]);
    if (text !== this.#shown && hasStem(prompt)) {
      this.#timer = setTimeout(() => void this.#ask(kind, prompt, text), this.#shown === '' ? 0 : pauseMs);
    }
    return () => {
      clearTimeout(this.#timer);
      this.#running?.abort();
    };
  }

  async #ask(kind: string, prompt: JsonValue, text: string): Promise<void> {
    this.#running = new AbortController();
    const reply = await deskBanks.preview(kind, prompt, this.#running.signal).catch(() => null);
    if (reply === null) return;
    this.#shown = text;
    this.prompt = reply.prompt;
    this.stamp += 1;
  }
}

function hasStem(prompt: JsonValue): boolean {
  return (
    typeof prompt === 'object' &&
    prompt !== null &&
    'stem' in prompt &&
    typeof prompt.stem === 'string' &&
    prompt.stem.trim() !== ''
  );
}
