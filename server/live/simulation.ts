/** Players of a rehearsal: they come in, answer after a while, rightly or not, and never count anywhere. They end with the process. */
import { isRecord } from '../../questions/kinds/shapes.ts';
import type { Json } from '../../questions/question.ts';
import type { Context } from '../context.ts';
import { randomToken } from '../platform/secrets.ts';
import type { LogEntry } from './machine/events.ts';
import { openAsking } from './machine/state.ts';
import { mayAnswer } from './machine/view.ts';
import type { OpenRoom } from './rooms.ts';

type SimulationContext = Pick<Context, 'clock' | 'log'>;

const WORDS = ['văn hiến', 'văn minh', 'hiện đại', 'xanh', 'đáng sống', 'kỷ cương'];
/** Share of the time after which the slowest answers, and of players who answer at all. */
const SLOWEST = 0.85;
const ANSWERING = 0.93;

export class Simulation {
  readonly #context: SimulationContext;
  readonly #open: OpenRoom;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #stopWatching: () => void;

  constructor(
    context: SimulationContext,
    open: OpenRoom,
    watch: (seen: (entries: readonly LogEntry[]) => void) => () => void,
  ) {
    this.#context = context;
    this.#open = open;
    this.#stopWatching = watch((entries) => this.#seen(entries));
  }

  async join(players: number): Promise<void> {
    const { joining, people } = this.#open.room;
    const from = people.count;
    await Promise.all(
      Array.from({ length: players }, (_, i) =>
        joining.join({
          name: `Người thử ${from + i + 1}`,
          device: `simulated:${randomToken(9)}`,
          ...{ personId: null, unitId: null, entry: null, team: null, teamName: null },
          simulated: true,
        }),
      ),
    );
  }

  #seen(entries: readonly LogEntry[]): void {
    for (const { event } of entries) {
      if (event.type === 'asked') this.#answerAll(event.asking);
      if (event.type === 'ended') this.stop();
    }
  }

  #answerAll(id: number): void {
    const { room } = this.#open;
    const asking = openAsking(room.state);
    if (asking?.id !== id) return;
    const wait = asking.opensAt - this.#context.clock.now();
    for (const { number, simulated } of room.people.rows()) {
      if (!simulated || Math.random() > ANSWERING || !mayAnswer(room.state, number)) continue;
      const later = Math.max(0, wait) + 300 + Math.random() * asking.totalMs * SLOWEST;
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        const answer = anyAnswer(asking.kind, asking.prompt);
        room.answers.take(number, id, answer, this.#context.clock.now(), () => undefined);
      }, later);
      this.#timers.add(timer.unref());
    }
  }

  stop(): void {
    this.#stopWatching();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);
const below = (count: number): number => Math.floor(Math.random() * count);

/** Something that the kind takes as an answer. */
function anyAnswer(kind: string, prompt: Json): Json {
  const parts = isRecord(prompt) ? prompt : {};
  switch (kind) {
    case 'choice':
    case 'poll':
      return [below(lengthOf(parts.options))];
    case 'trueFalse':
      return Math.random() < 0.5;
    case 'statements':
      return Array.from({ length: lengthOf(parts.statements) }, () => Math.random() < 0.5);
    case 'numeric':
    case 'estimate':
      return String(below(100));
    case 'ordering':
      return shuffled(lengthOf(parts.items));
    case 'matching':
      return Array.from({ length: lengthOf(parts.lefts) }, () => below(lengthOf(parts.rights)));
    case 'cloze':
      return Array.isArray(parts.gaps) ? parts.gaps.map(anyFilling) : [];
    case 'cloud':
      return [WORDS[below(WORDS.length)] ?? ''];
    default:
      return WORDS[below(WORDS.length)] ?? '';
  }
}

function anyFilling(gap: unknown): Json {
  if (!isRecord(gap)) return null;
  if (gap.kind === 'choice') return below(lengthOf(gap.options));
  return gap.kind === 'number' ? String(below(100)) : (WORDS[below(WORDS.length)] ?? '');
}

function shuffled(count: number): number[] {
  return Array.from({ length: count }, (_, i) => ({ i, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ i }) => i);
}
