/** A break with a text or a picture. */
import { type PauseSettings, PauseSettings as schema } from '../../../contracts/live-stages.ts';
import { defineStage } from '../stage.ts';

const defaults: PauseSettings = { text: 'Giải lao', image: null, seconds: null };

export const stage = defineStage({
  kind: 'pause',
  name: { vi: 'Nghỉ giữa giờ', en: 'Break' },
  schema,
  defaults,
  bank: () => null,
  items: () => [],
  rules: () => {
    throw new RangeError('a break asks nothing');
  },
  boardDue: () => false,
  decide: () => ({ points: [], out: [] }),
  break: ({ text, image, seconds }) => ({ text, image, seconds }),
});
