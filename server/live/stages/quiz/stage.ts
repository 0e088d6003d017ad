/** Quick quiz: points by speed, by accuracy or by place, the leaderboard between questions. */
import { type QuizSettings, QuizSettings as schema } from '../../../contracts/live-stages.ts';
import { bankDefaults, LIVE_KINDS, sourceProblems } from '../bank-stages.ts';
import { defineStage } from '../stage.ts';
import { pointsOf } from './scoring-rules.ts';

const defaults: QuizSettings = {
  ...bankDefaults,
  points: 1000,
  scoring: 'speed',
  streak: 0,
  estimate: 'closest',
  board: 'each',
};

export const stage = defineStage({
  kind: 'quiz',
  name: { vi: 'Đố nhanh', en: 'Quick quiz' },
  schema,
  defaults,
  questionKinds: LIVE_KINDS,
  bank: ({ questions, blueprint }) => ({ questions, blueprint, final: null }),
  items: (_settings, drawn) => drawn,
  problems: sourceProblems,
  rules: (settings, item) => ({
    seconds: item.seconds ?? settings.seconds,
    readSeconds: settings.readSeconds,
    points: item.points ?? settings.points,
    shuffle: settings.shuffleOptions,
    autoReveal: settings.reveal === 'auto',
    closeWhenAllAnswered: settings.closeWhenAllAnswered,
    liveChart: false,
    keyed: true,
  }),
  boardDue: ({ board }, isLast) => board === 'each' || (board === 'end' && isLast),
  decide: (settings, facts, graded) => ({ points: pointsOf(settings, facts, graded), out: [] }),
});
