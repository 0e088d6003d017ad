/** Sounds of the hall, made by oscillators: no files, nothing to fetch. Silent until somebody has touched the page. */

type Name = 'joined' | 'asked' | 'tick' | 'closed' | 'revealed' | 'place' | 'bell';

/** Hz, start and length in s. */
type Note = readonly [number, number, number];

const tunes: Readonly<Record<Name, readonly Note[]>> = {
  joined: [[880, 0, 0.08]],
  asked: [
    [523, 0, 0.14],
    [659, 0.14, 0.14],
    [784, 0.28, 0.3],
  ],
  tick: [[1046, 0, 0.05]],
  closed: [
    [392, 0, 0.25],
    [294, 0.22, 0.5],
  ],
  revealed: [
    [659, 0, 0.12],
    [784, 0.12, 0.12],
    [1046, 0.24, 0.45],
  ],
  place: [
    [523, 0, 0.16],
    [659, 0.16, 0.16],
    [784, 0.32, 0.16],
    [1046, 0.48, 0.7],
  ],
  bell: [
    [660, 0, 1.6],
    [1320, 0, 1.2],
    [1980, 0.02, 0.8],
  ],
};

const key = 'hoithi.live.sound';
const loudness = 0.16;

export class Sounds {
  #context: AudioContext | null = null;

  /** Kept for the next time. */
  get on(): boolean {
    try {
      return localStorage.getItem(key) !== 'off';
    } catch {
      return true;
    }
  }

  set(on: boolean): void {
    try {
      localStorage.setItem(key, on ? 'on' : 'off');
    } catch {
      // It lasts as long as the page, by the caller's own state.
    }
  }

  /** Browsers give sound only after a touch; true when there is some. */
  async wake(): Promise<boolean> {
    if (typeof AudioContext === 'undefined') return false;
    this.#context ??= new AudioContext();
    if (this.#context.state === 'suspended') await this.#context.resume().catch(() => undefined);
    return this.#context.state === 'running';
  }

  play(name: Name): void {
    const context = this.#context;
    if (context === null || context.state !== 'running') return;
    for (const [frequency, start, length] of tunes[name]) note(context, frequency, start, length);
  }

  close(): void {
    void this.#context?.close();
    this.#context = null;
  }
}

function note(context: AudioContext, frequency: number, start: number, length: number): void {
  const from = context.currentTime + start;
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.type = 'triangle';
  tone.frequency.value = frequency;
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(loudness, from + 0.012);
  volume.gain.exponentialRampToValueAtTime(0.0001, from + length);
  tone.connect(volume).connect(context.destination);
  tone.start(from);
  tone.stop(from + length + 0.05);
}
