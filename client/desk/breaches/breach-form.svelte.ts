/** One record of a breach while it is written. */
import { clock } from '../../api/clock.ts';
import type { Breach, NewBreach } from '../../api/privacy.ts';
import type { Faults } from '../../api/submission.svelte.ts';
import { newUid } from '../../api/uid.ts';
import { breachTexts as t } from '../../messages/desk-breaches.ts';

type Body = Omit<NewBreach, 'id'>;
const minuteMs = 60_000;

export class BreachForm {
  /** Null: a new one. */
  readonly known: Breach | null;
  readonly id: string;
  body = $state<Body>(emptyBody());

  constructor(known: Breach | null) {
    this.known = known;
    this.id = known?.id ?? newUid();
    if (known === null) return;
    const { id: _id, version: _version, tellBy: _by, createdBy: _who, createdAt: _at, ...body } = known;
    this.body = body;
  }

  /** Told, or not: at the moment when it is ticked, which can be changed. */
  mark(what: 'authorityToldAt' | 'peopleToldAt' | 'closedAt', on: boolean): void {
    this.body[what] = on ? minuteOf(clock.now()) : null;
  }

  faults(): Faults {
    const { title, what, data, happenedAt, foundAt } = this.body;
    const missing = (text: string) => (text.trim() === '' ? () => t.missing : undefined);
    return {
      title: missing(title),
      what: missing(what),
      data: missing(data),
      foundAt: foundAt < happenedAt ? () => t.foundEarly : undefined,
    };
  }
}

function minuteOf(at: number): number {
  return Math.floor(at / minuteMs) * minuteMs;
}

function emptyBody(): Body {
  const now = minuteOf(clock.now());
  return {
    ...{ title: '', what: '', data: '', cause: '', measures: '' },
    happenedAt: now,
    foundAt: now,
    people: null,
    authorityToldAt: null,
    peopleToldAt: null,
    closedAt: null,
  };
}
