/** Texts of a family with one phone. */
import { messages } from './messages.ts';

export const household = messages(
  {
    title: 'Ai đang dự thi?',
    lead: 'Mỗi người có bài thi và kết quả riêng. Khi đổi người, máy xóa những gì còn lưu của người trước.',
    me: 'đang dự thi',
    born: (year: number) => `sinh năm ${year}`,
    add: 'Thêm người trong nhà',
    addDo: 'Thêm',
    name: 'Họ và tên',
    nameMissing: 'Ghi họ và tên.',
    birthDateWrong: 'Ngày sinh chưa đúng.',
    consent:
      'Người này (hoặc cha mẹ, người giám hộ) đồng ý để Hội Thi lưu và dùng thông tin trên để tổ chức cuộc thi.',
    consentMissing: 'Cần đồng ý thì mới thêm được.',
    added: (name: string) => `Đã thêm ${name}.`,
    other: 'Người khác, đăng nhập bằng số khác',
    next: 'Người tiếp theo',
    nextHint: 'Đổi người dùng máy này; máy xóa những gì còn lưu của bạn.',
    share: 'Người trong nhà dùng chung số điện thoại',
    hello: (name: string) => `${name} đang dự thi.`,
  },
  {
    title: 'Who is taking part?',
    lead: 'Everybody has attempts and results of their own. With another person, the device forgets what it kept for the one before.',
    me: 'taking part now',
    born: (year: number) => `born ${year}`,
    add: 'Add somebody of the family',
    addDo: 'Add',
    name: 'Full name',
    nameMissing: 'Enter the name.',
    birthDateWrong: 'The date of birth is not right.',
    consent:
      'They (or a parent or guardian) agree that Hội Thi keeps and uses this information to run contests.',
    consentMissing: 'Adding somebody needs consent.',
    added: (name: string) => `${name} was added.`,
    other: 'Somebody else, with another sign-in',
    next: 'Next person',
    nextHint: 'Somebody else uses this device; it forgets what it kept for you.',
    share: 'Family members who share the phone',
    hello: (name: string) => `${name} is taking part.`,
  },
);
