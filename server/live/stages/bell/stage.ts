/** Rung chuông vàng: a wrong or missing answer puts a player out, the last one standing may ring the bell. */
import { type BellSettings, BellSettings as schema } from '../../../contracts/live-stages.ts';
import { bankDefaults, LIVE_KINDS, sourceProblems } from '../bank-stages.ts';
import { type AskingFacts, type Decided, defineStage, type GradedAnswer, type Progress } from '../stage.ts';

const defaults: BellSettings = {
  ...bankDefaults,
  seconds: 15,
  reveal: 'host',
  marks: 10,
  final: null,
  finalMarks: 100,
  bestFrom: 10,
  nobodyOutWhenAllWrong: true,
  rescues: 1,
  rescueMost: null,
  columns: 10,
  passShare: 1,
};

/** Rounding of shares. */
const SLACK = 1e-9;

function decide(settings: BellSettings, facts: AskingFacts, graded: readonly GradedAnswer[]): Decided {
  const passed = graded.map(({ share }) => share >= settings.passShare - SLACK);
  const worth = facts.final ? settings.finalMarks : facts.points;
  const points = passed.map((right) => (right ? worth : 0));
  if (facts.final) return { points, out: [] };
  const right = new Set(graded.flatMap(({ player }, i) => (passed[i] === true ? [player] : [])));
  const out = (facts.standing ?? []).filter((player) => !right.has(player));
  const all = out.length === facts.standing?.length;
  return { points, out: all && settings.nobodyOutWhenAllWrong ? [] : out };
}

/** While several stand, the next question; the last one standing gets the final one, from the question on that is set. */
function next(settings: BellSettings, { left, asked, final, standing }: Progress) {
  const [first] = left;
  const best = standing.length === 1 && asked > 0 ? (standing[0] ?? null) : null;
  if (asked > 0 && standing.length === 0) return null;
  if (best !== null && (asked >= settings.bestFrom || first === undefined))
    return final === null ? null : { item: final, only: best };
  return first === undefined ? null : { item: first, only: null };
}

export const stage = defineStage({
  kind: 'bell',
  name: { vi: 'Rung chuông vàng', en: 'Golden bell' },
  schema,
  defaults,
  questionKinds: LIVE_KINDS,
  eliminates: true,
  bank: ({ questions, blueprint, final }) => ({ questions, blueprint, final }),
  items: (_settings, drawn) => drawn,
  problems: sourceProblems,
  rules: (settings, item) => ({
    seconds: item.seconds ?? settings.seconds,
    readSeconds: settings.readSeconds,
    points: item.final ? settings.finalMarks : (item.points ?? settings.marks),
    shuffle: settings.shuffleOptions,
    autoReveal: settings.reveal === 'auto',
    closeWhenAllAnswered: settings.closeWhenAllAnswered,
    liveChart: false,
    keyed: true,
  }),
  next,
  boardDue: () => false,
  decide,
  rescues: ({ rescues, rescueMost }) => ({ count: rescues, most: rescueMost }),
  columns: ({ columns }) => columns,
});
