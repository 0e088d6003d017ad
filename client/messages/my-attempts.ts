/** Texts about one's own attempts, in a round's line and on their own page. */
import { number } from './format.ts';
import { messages, plural } from './messages.ts';

export const myAttempts = messages(
  {
    title: 'Lượt thi của tôi',
    empty: 'Bạn chưa có lượt thi nào',
    emptyText: 'Chọn một cuộc thi đang mở và thử sức.',
    toContests: 'Xem các cuộc thi',
    attempt: (n: number) => `Lượt ${number(n)}`,
    states: { open: 'Đang làm', submitted: 'Đã nộp', timedOut: 'Tự nộp khi hết giờ', annulled: 'Đã hủy' },
    marks: (marks: number, max: number) => `${number(marks / 100)}/${number(max / 100)} điểm`,
    noMarks: 'Chưa công bố điểm',
    noAccess: 'Không tính',
    started: (at: string) => `Bắt đầu ${at}`,
    resume: 'Tiếp tục làm bài',
    until: (at: string) => `Làm đến ${at}`,
    result: 'Xem kết quả',
    resultOf: (round: string, n: number) => `Xem kết quả ${round}, lượt ${number(n)}`,
    mine: (n: number) => `Bạn đã thi ${number(n)} lượt`,
    best: (text: string) => `cao nhất ${text}`,
  },
  {
    title: 'My attempts',
    empty: 'You have no attempts yet',
    emptyText: 'Choose a contest that is open and try.',
    toContests: 'See the contests',
    attempt: (n: number) => `Attempt ${number(n)}`,
    states: {
      open: 'In progress',
      submitted: 'Submitted',
      timedOut: 'Handed in when time was up',
      annulled: 'Annulled',
    },
    marks: (marks: number, max: number) => `${number(marks / 100)}/${number(max / 100)} marks`,
    noMarks: 'Marks not released yet',
    noAccess: 'Does not count',
    started: (at: string) => `Started ${at}`,
    resume: 'Go on',
    until: (at: string) => `Time until ${at}`,
    result: 'See the result',
    resultOf: (round: string, n: number) => `See the result of ${round}, attempt ${number(n)}`,
    mine: (n: number) => `You have made ${number(n)} ${plural(n, 'attempt', 'attempts')}`,
    best: (text: string) => `best ${text}`,
  },
);
