/** What a bench is: a name, and figures with their goals. */

export interface BenchOptions {
  /** Small sizes: shows that the bench works, says nothing about speed. */
  readonly quick: boolean;
  readonly databases: readonly ('sqlite' | 'postgres')[];
  /** Where the product writes a CPU profile; null: it does not. */
  readonly profileInto: string | null;
  /** Sizes of halls, where a bench has some; null: those it is meant for. */
  readonly players: readonly number[] | null;
  /** Tells what goes on (to the error stream). */
  readonly say: (what: string) => void;
}

/** Name with its unit → number (or the name of a thing, like the database). Names in the issue are fixed. */
export type Figures = Readonly<Record<string, number | string>>;

/** Figure → bound. */
export type Goals = Readonly<Record<string, { readonly atLeast: number } | { readonly atMost: number }>>;

export interface BenchResult {
  readonly figures: Figures;
  readonly goals: Goals;
  /** A sentence or two about what the figures mean here. */
  readonly notes?: readonly string[];
}

export interface Bench {
  readonly name: string;
  /** What is measured, in a line. */
  readonly about: string;
  /** One result, or several as they come: each is a table and a line of its own. */
  run(options: BenchOptions): Promise<BenchResult | readonly BenchResult[]> | AsyncIterable<BenchResult>;
}

export async function* resultsOf(bench: Bench, options: BenchOptions): AsyncGenerator<BenchResult> {
  const run = bench.run(options);
  if (Symbol.asyncIterator in run) yield* run;
  else yield* [await run].flat();
}

/** Figures of the first database, and those of the others with its name before theirs. */
export async function onEach(
  databases: BenchOptions['databases'],
  measure: (database: 'sqlite' | 'postgres') => Promise<Figures>,
): Promise<Figures> {
  const [first, ...others] = databases;
  if (first === undefined) throw new Error('no database');
  let figures = await measure(first);
  for (const database of others) {
    const more = Object.entries(await measure(database)).filter(([name]) => name !== 'database');
    const prefixed = more.map(([name, value]) => [`${database}_${name}`, value]);
    figures = { ...figures, ...Object.fromEntries(prefixed) };
  }
  return figures;
}

/** Whether a figure keeps its goal; null when it has none. */
export function keepsGoal(value: number | string, goal: Goals[string] | undefined): boolean | null {
  if (goal === undefined || typeof value === 'string') return null;
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}

/** Three significant digits or whole numbers: more is noise. */
export function rounded(value: number): number {
  if (!Number.isFinite(value)) return value;
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
