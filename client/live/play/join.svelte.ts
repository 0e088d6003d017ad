/** Coming into a room: what it asks for, the name, the proof when it wants one, and the token that is kept. */

import { type JoinLive, type JoinPage, liveDoor } from '../../api/live.ts';
import { Loading } from '../../api/loading.svelte.ts';
import { prove } from '../../api/proof-of-work.ts';
import { Submission } from '../../api/submission.svelte.ts';
import { live as t } from '../../messages/live.ts';
import type { SearchOption } from '../../ui/search-select.ts';
import { deviceName, keepPlayer, keptPlayer } from './kept.ts';

export interface RosterOption extends SearchOption {
  readonly id: number;
}

const shortest = 2;
const nameKey = 'hoithi.live.name';

export class JoinModel {
  readonly pin: string;
  readonly room: Loading<JoinPage>;
  readonly sending = new Submission();
  name = $state(remembered());
  entry = $state.raw<RosterOption | null>(null);
  team = $state('');
  proving = $state(false);

  constructor(pin: string) {
    this.pin = pin;
    this.room = new Loading(() => liveDoor.room(pin));
  }

  /** The room, when this phone is in it already. */
  get already(): string | null {
    const live = this.room.value?.live;
    return live !== undefined && keptPlayer(live)?.pin === this.pin ? live : null;
  }

  get asksTeamName(): boolean {
    return this.room.value?.teams.mode === 'shared';
  }

  get choosesTeam(): boolean {
    const teams = this.room.value?.teams;
    return teams?.mode === 'own' && teams.formedBy === 'players';
  }

  /** People on the roster that fit what is typed. */
  readonly find = async (query: string, signal: AbortSignal): Promise<readonly RosterOption[]> => {
    if (query.length < shortest) return [];
    const { entries } = await liveDoor.roster(this.pin, query, signal);
    return entries.map(({ entry, name, unit }) => ({ id: entry, label: name, detail: unit }));
  };

  /** Goes in; the room's uid, or null when it was refused. */
  async enter(): Promise<string | null> {
    const page = this.room.value;
    if (page === null) return null;
    const done = await this.sending.run(async () => liveDoor.join(this.pin, await this.#body()), {
      name: this.#nameFault(page),
      team: this.choosesTeam && this.team === '' ? () => t.teamMissing : undefined,
    });
    this.proving = false;
    if (done === null) return null;
    const { live, token } = done.reply;
    keepPlayer(live, { pin: this.pin, token });
    if (page.names === 'free') remember(this.name.trim());
    return live;
  }

  #nameFault({ names }: JoinPage): (() => string) | undefined {
    if (names === 'roster') return this.entry === null ? () => t.rosterMissing : undefined;
    if (names === 'accounts' && !this.asksTeamName) return undefined;
    if (this.name.trim() !== '') return undefined;
    return () => (this.asksTeamName ? t.teamNameMissing : t.nameMissing);
  }

  async #body(): Promise<JoinLive> {
    const page = await liveDoor.room(this.pin);
    const proof = page.proof === null ? null : await this.#proof(page.proof);
    return {
      device: deviceName(),
      ...(page.names === 'free' || this.asksTeamName ? { name: this.name.trim() } : {}),
      ...(page.names === 'roster' && this.entry !== null ? { entry: this.entry.id } : {}),
      ...(this.choosesTeam && this.team !== '' ? { team: Number(this.team) } : {}),
      ...(proof === null ? {} : { proof }),
    };
  }

  async #proof({ salt, bits }: { readonly salt: string; readonly bits: number }) {
    this.proving = true;
    return { salt, n: await prove(salt, bits) };
  }
}

/** The name that was used last on this phone: the second contest of an evening is one tap. */
function remembered(): string {
  try {
    return localStorage.getItem(nameKey) ?? '';
  } catch {
    return '';
  }
}

function remember(name: string): void {
  try {
    localStorage.setItem(nameKey, name);
  } catch {
    // It is typed again next time.
  }
}
