/** Poll: what the hall thinks. Nothing is right or wrong, nothing brings points. */
import { type PollSettings, PollSettings as schema } from '../../../contracts/live-stages.ts';
import { noPoints, opinionItems, opinionRules } from '../opinion-stages.ts';
import { normaliseChosen } from '../own-answers.ts';
import { defineStage } from '../stage.ts';

const defaults: PollSettings = {
  polls: [
    {
      stem: 'Đồng chí đánh giá buổi sinh hoạt hôm nay thế nào?',
      options: ['Rất bổ ích', 'Bổ ích', 'Bình thường'],
      multiple: false,
    },
  ],
  seconds: 60,
  liveChart: true,
};

export const stage = defineStage({
  kind: 'poll',
  name: { vi: 'Thăm dò ý kiến', en: 'Poll' },
  schema,
  defaults,
  bank: () => null,
  items: ({ polls, seconds }) => opinionItems('poll', polls, seconds),
  rules: opinionRules,
  boardDue: () => false,
  decide: (_settings, _facts, graded) => noPoints(graded),
  own: normaliseChosen,
});
