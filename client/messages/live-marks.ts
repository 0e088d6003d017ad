/** Words that mark the lines of typed answers at the reveal, on the screen and the console. */
import { messages } from './messages.ts';

export const lineMarks = messages(
  { right: 'Đúng', part: 'Đúng một phần', wrong: 'Chưa đúng' },
  { right: 'Right', part: 'Partly right', wrong: 'Not right' },
);
