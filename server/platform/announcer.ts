/**
 * Nudges: "something about X changed". Called after a commit, never before. Whoever listens reads the rows again; a nudge
 * that is lost costs a poll, never a fact.
 */
import { EventEmitter } from 'node:events';

export interface Announcer {
  /** Says that `topic` (e.g. "round:12") changed. */
  announce(topic: string): void;
  /**
   * Calls `heard` with each topic that begins with `prefix`, and `missed` when topics may have gone by unheard; returns the
   * way to stop. Who keeps something until a nudge, and does not look at rows now and then, wants both.
   */
  listen(prefix: string, heard: (topic: string) => void, missed?: () => void): () => void;
  close(): Promise<void>;
}

/** One process: an emitter. */
export class LocalAnnouncer implements Announcer {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  announce(topic: string): void {
    this.#emitter.emit('topic', topic);
  }

  /** Says that topics may have gone by unheard. */
  missed(): void {
    this.#emitter.emit('missed');
  }

  listen(prefix: string, heard: (topic: string) => void, missed?: () => void): () => void {
    const listener = (topic: string): void => {
      if (topic.startsWith(prefix)) heard(topic);
    };
    this.#emitter.on('topic', listener);
    if (missed !== undefined) this.#emitter.on('missed', missed);
    return () => {
      this.#emitter.off('topic', listener);
      if (missed !== undefined) this.#emitter.off('missed', missed);
    };
  }

  async close(): Promise<void> {
    this.#emitter.removeAllListeners();
  }
}
