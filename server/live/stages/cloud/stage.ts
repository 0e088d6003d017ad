/** Word cloud: words of the hall, the commonest largest. No points. */
import { type CloudSettings, CloudSettings as schema } from '../../../contracts/live-stages.ts';
import { noPoints, opinionItems, opinionRules } from '../opinion-stages.ts';
import { normaliseWords } from '../own-answers.ts';
import { defineStage } from '../stage.ts';

const defaults: CloudSettings = {
  clouds: [{ stem: 'Một từ nói lên mong muốn của đồng chí với Thủ đô?', words: 2, length: 30 }],
  seconds: 60,
  liveChart: true,
};

export const stage = defineStage({
  kind: 'cloud',
  name: { vi: 'Đám mây từ', en: 'Word cloud' },
  schema,
  defaults,
  bank: () => null,
  items: ({ clouds, seconds }) => opinionItems('cloud', clouds, seconds),
  rules: opinionRules,
  boardDue: () => false,
  decide: (_settings, _facts, graded) => noPoints(graded),
  own: normaliseWords,
});
