/** Texts of "Báo lỗi câu hỏi" for who took part. */
import { number } from './format.ts';
import { messages, plural } from './messages.ts';

export const reports = messages(
  {
    open: 'Báo lỗi câu hỏi',
    openOf: (n: number) => `Báo lỗi câu hỏi ${n}`,
    lead: 'Ban tổ chức xem từng câu được báo và trả lời ngay trên trang kết quả này.',
    reason: 'Bạn thấy lỗi gì?',
    reasons: {
      wrongKey: 'Đáp án sai',
      twoRight: 'Có hơn một phương án đúng',
      unclear: 'Câu hỏi không rõ',
      outdated: 'Nội dung đã lỗi thời',
      typo: 'Lỗi chữ, lỗi trình bày',
      other: 'Lỗi khác',
    },
    text: 'Nói rõ hơn',
    textHint: 'Ví dụ: căn cứ bạn dựa vào. Đừng ghi thông tin riêng của bạn.',
    reasonMissing: 'Xin chọn một lý do.',
    send: 'Gửi báo lỗi',
    again: 'Sửa báo lỗi',
    cancel: 'Thôi',
    sent: 'Đã gửi. Ban tổ chức sẽ trả lời tại đây.',
    yours: (at: string) => `Bạn đã báo lỗi lúc ${at}`,
    states: {
      open: 'Chờ xem',
      looking: 'Đang xem xét',
      accepted: 'Đã tiếp nhận, sửa',
      rejected: 'Đã xem, giữ nguyên',
    },
    answer: 'Ban tổ chức trả lời',
    counts: (n: number, answered: number) =>
      answered === 0
        ? `Bạn đã báo lỗi ${number(n)} câu`
        : `Bạn đã báo lỗi ${number(n)} câu, ${number(answered)} câu đã có trả lời`,
    rulings: {
      key: 'Đáp án câu này đã được sửa',
      also: 'Câu này được chấp nhận thêm đáp án',
      full: 'Mọi người được điểm câu này',
      void: 'Câu này không tính điểm',
    },
  },
  {
    open: 'Report this question',
    openOf: (n: number) => `Report this question: ${n}`,
    lead: 'The organisers look at every question that is reported and answer on this page.',
    reason: 'What is wrong?',
    reasons: {
      wrongKey: 'The key is wrong',
      twoRight: 'More than one option is right',
      unclear: 'The question is unclear',
      outdated: 'It is out of date',
      typo: 'Misprint or layout',
      other: 'Something else',
    },
    text: 'Say more',
    textHint: 'For example what you rely on. Do not write personal details.',
    reasonMissing: 'Please choose a reason.',
    send: 'Send the report',
    again: 'Change the report',
    cancel: 'Cancel',
    sent: 'Sent. The organisers will answer here.',
    yours: (at: string) => `You reported this at ${at}`,
    states: {
      open: 'Waiting',
      looking: 'Being looked at',
      accepted: 'Accepted and put right',
      rejected: 'Looked at, stays as it is',
    },
    answer: 'The organisers answer',
    counts: (n: number, answered: number) =>
      answered === 0
        ? `You reported ${number(n)} ${plural(n, 'question', 'questions')}`
        : `You reported ${number(n)} ${plural(n, 'question', 'questions')}, ${number(answered)} answered`,
    rulings: {
      key: 'The key of this question was corrected',
      also: 'One more answer to this question is accepted',
      full: 'Everybody gets the marks of this question',
      void: 'This question counts for nothing',
    },
  },
);
