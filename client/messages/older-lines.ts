/** Under a list that is shown a page at a time: how much of it is there, and the way to the rest. */
import { number } from './format.ts';
import { messages } from './messages.ts';

export const olderLines = messages(
  {
    shown: (n: number, total: number) => `${number(n)} dòng mới nhất trên tổng ${number(total)}.`,
    more: 'Xem các dòng cũ hơn',
  },
  {
    shown: (n: number, total: number) => `The newest ${number(n)} of ${number(total)} lines.`,
    more: 'Show older lines',
  },
);
