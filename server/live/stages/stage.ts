/**
 * What a stage kind promises. `server/live/stages/<kind>/stage.ts` exports one `stage`, made by `defineStage`; the machine
 * finds it by its folder. A stage is pure: it knows no clock, no database and no sockets, and holds no state of its own.
 */
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Json } from '../../../questions/question.ts';
import type { Blueprint } from '../../contracts/contest-settings.ts';
import type { FieldError } from '../../contracts/errors.ts';
import type { LiveQuestion } from '../../contracts/live-stages.ts';

/** One thing that a stage asks, fixed when the session opens. */
export interface PlannedItem {
  /** Version of a bank's question; null: the stage's own. */
  readonly versionId: number | null;
  /** A question kind, "poll" or "cloud". */
  readonly kind: string;
  /** As it was written, in original order. */
  readonly prompt: Json;
  /** Time to answer, s, and full points where they differ from the stage's. */
  readonly seconds: number | null;
  readonly points: number | null;
  /** For the best player alone, at the end. */
  readonly final: boolean;
}

/** What a stage asks of banks. */
export interface BankNeeds {
  readonly questions: readonly LiveQuestion[];
  readonly blueprint: Blueprint | null;
  readonly final: LiveQuestion | null;
}

/** How one question is run. */
export interface AskingRules {
  readonly seconds: number;
  readonly readSeconds: number;
  readonly points: number;
  readonly shuffle: boolean;
  readonly autoReveal: boolean;
  readonly closeWhenAllAnswered: boolean;
  readonly liveChart: boolean;
  /** Whether there is something to be right about. */
  readonly keyed: boolean;
}

/** An answer after grading. */
export interface GradedAnswer {
  readonly player: number;
  /** Time used, ms, breaks taken out; 0..totalMs. */
  readonly ms: number;
  /** Share that is right, 0..1. */
  readonly share: number;
  /** Distance from the truth, where a question asks for an estimate; null: none or not readable. */
  readonly distance: number | null;
}

/** What a stage may know when it decides about an asking. */
export interface AskingFacts {
  readonly kind: string;
  readonly points: number;
  readonly totalMs: number;
  readonly final: boolean;
  /** Players who could answer, where the stage puts players out; null: everybody. */
  readonly standing: readonly number[] | null;
  /** Right answers in a row before this one. */
  streakOf(player: number): number;
}

/** What an asking brought: points beside the graded answers, and who is out now. */
export interface Decided {
  readonly points: readonly number[];
  readonly out: readonly number[];
}

/** Where a stage stands, when the next question is chosen. */
export interface Progress {
  /** Indexes of items that can still be asked, without the final one. */
  readonly left: readonly number[];
  /** Questions that counted so far. */
  readonly asked: number;
  /** Index of the final item while it can be asked. */
  readonly final: number | null;
  /** Players still in, where the stage puts players out. */
  readonly standing: readonly number[];
}

export interface StageSpec<Schema extends TSchema> {
  readonly kind: string;
  readonly name: { readonly vi: string; readonly en: string };
  readonly schema: Schema;
  readonly defaults: Static<Schema>;
  /** Question kinds that it asks from banks. */
  readonly questionKinds: readonly string[];
  /** Whether wrong answers put players out. */
  readonly eliminates: boolean;
  /** What it needs of banks; null: nothing. */
  bank(settings: Static<Schema>): BankNeeds | null;
  /** All that it asks; `drawn` are the bank's questions in order. */
  items(settings: Static<Schema>, drawn: readonly PlannedItem[]): readonly PlannedItem[];
  /** What the schema cannot say; paths inside the settings. */
  problems(settings: Static<Schema>): readonly FieldError[];
  rules(settings: Static<Schema>, item: PlannedItem): AskingRules;
  /** Index of the next item and whom it is for; null: the stage is over. */
  next(
    settings: Static<Schema>,
    progress: Progress,
  ): { readonly item: number; readonly only: number | null } | null;
  /** Whether the leaderboard comes after a reveal. */
  boardDue(settings: Static<Schema>, isLast: boolean): boolean;
  decide(settings: Static<Schema>, facts: AskingFacts, graded: readonly GradedAnswer[]): Decided;
  /** Rescues, and most players each; `none` where nobody is ever out. */
  rescues(settings: Static<Schema>): { readonly count: number; readonly most: number | null };
  /** Seats a row of the floor plan; null: there is none. */
  columns(settings: Static<Schema>): number | null;
  /** A break: what it shows. Null: the stage asks questions. */
  break(
    settings: Static<Schema>,
  ): { readonly text: string; readonly image: string | null; readonly seconds: number | null } | null;
  /** Normalises an answer to an item of its own; undefined: none; null in `own`: the question kinds do it. */
  readonly own: ((prompt: Json, value: unknown) => Json | undefined) | null;
}

/** A stage as the machine uses it: settings are any JSON and checked once each. Throws TypeError for settings of another shape. */
export type Stage = Omit<StageSpec<TSchema>, 'schema' | 'defaults'> & {
  readonly schema: TSchema;
  readonly defaults: Json;
  fits(settings: unknown): boolean;
};

type Bound<Schema extends TSchema> = Pick<
  StageSpec<Schema>,
  'bank' | 'items' | 'problems' | 'rules' | 'next' | 'boardDue' | 'decide' | 'rescues' | 'columns' | 'break'
>;

/** What most stages answer alike. */
const usual = {
  problems: () => [],
  next: (_settings: unknown, { left }: Progress) =>
    left[0] === undefined ? null : { item: left[0], only: null },
  rescues: () => ({ count: 0, most: null }),
  columns: () => null,
  break: () => null,
  own: null,
  eliminates: false,
  questionKinds: [],
} as const;

type Given<Schema extends TSchema> = Omit<StageSpec<Schema>, keyof typeof usual> &
  Partial<Pick<StageSpec<Schema>, keyof typeof usual>>;

/** Makes a stage of what its folder gives; everything else is as usual. */
export function defineStage<Schema extends TSchema>(given: Given<Schema>): Stage {
  const spec: StageSpec<Schema> = { ...usual, ...given };
  const checker = Compile(spec.schema);
  const checked = new WeakSet<object>();
  const settingsOf = (value: unknown): Static<Schema> => {
    if (typeof value === 'object' && value !== null && !checked.has(value)) {
      if (!checker.Check(value)) throw new TypeError(`settings of a ${spec.kind} stage are not valid`);
      checked.add(value);
    }
    // biome-ignore lint/suspicious/noExplicitAny: checked just above, once for each object.
    return value as any;
  };
  const bound: Bound<TSchema> = {
    bank: (settings) => spec.bank(settingsOf(settings)),
    items: (settings, drawn) => spec.items(settingsOf(settings), drawn),
    problems: (settings) => spec.problems(settingsOf(settings)),
    rules: (settings, item) => spec.rules(settingsOf(settings), item),
    next: (settings, progress) => spec.next(settingsOf(settings), progress),
    boardDue: (settings, isLast) => spec.boardDue(settingsOf(settings), isLast),
    decide: (settings, facts, graded) => spec.decide(settingsOf(settings), facts, graded),
    rescues: (settings) => spec.rescues(settingsOf(settings)),
    columns: (settings) => spec.columns(settingsOf(settings)),
    break: (settings) => spec.break(settingsOf(settings)),
  };
  const { kind, name, schema, questionKinds, eliminates, own } = spec;
  const defaults: Json = JSON.parse(JSON.stringify(spec.defaults));
  const fits = (value: unknown): boolean => checker.Check(value);
  return { kind, name, schema, defaults, questionKinds, eliminates, own, fits, ...bound };
}
