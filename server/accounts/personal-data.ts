/** Export and erasure of everything about one person. Each feature adds the part that it keeps, so none is forgotten by another. */
import type { Statement, Writable } from '../platform/database/door.ts';

export interface PersonalPart {
  /** Name of the part in the exported file. */
  readonly name: string;
  /** JSON of what is kept about the person. */
  collect(personId: number): Promise<unknown>;
  /** Statements that take names and personal fields away; results stay, nameless. Run together with all other parts. */
  erase(personId: number, now: number): readonly (Writable | Statement)[];
}

export class PersonalData {
  readonly #parts: PersonalPart[] = [];

  add(part: PersonalPart): void {
    this.#parts.push(part);
  }

  async collect(personId: number): Promise<Record<string, unknown>> {
    const collected = await Promise.all(
      this.#parts.map(async (part) => [part.name, await part.collect(personId)]),
    );
    return Object.fromEntries(collected);
  }

  erasing(personId: number, now: number): readonly (Writable | Statement)[] {
    return this.#parts.flatMap((part) => [...part.erase(personId, now)]);
  }
}
