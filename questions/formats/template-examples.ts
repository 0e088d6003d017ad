/** The questions that templates show: one of each kind that people write by hand. */
import type { Question } from '../question.ts';

const resolution = 'Nghị quyết số 15-NQ/TW ngày 05/5/2022 của Bộ Chính trị';
const about = {
  explanation: '',
  citation: { document: resolution, section: '', source: '', validity: '' },
  topic: 'Nghị quyết 15-NQ/TW',
  difficulty: 1,
  tags: [],
  points: 100,
} as const;

export const examples: readonly Question[] = [
  {
    ...about,
    code: 'vd-01',
    kind: 'choice',
    prompt: {
      stem: 'Nghị quyết số 15-NQ/TW ngày 05/5/2022 của Bộ Chính trị nói về phát triển địa phương nào?',
      options: ['Thành phố Hồ Chí Minh', 'Thủ đô Hà Nội', 'Thành phố Đà Nẵng', 'Thành phố Cần Thơ'],
      multiple: false,
    },
    key: { right: [1], scoring: 'allOrNothing' },
    explanation:
      'Nghị quyết nêu phương hướng, nhiệm vụ phát triển Thủ đô Hà Nội đến năm 2030, tầm nhìn đến năm 2045.',
  },
  {
    ...about,
    code: 'vd-02',
    kind: 'choice',
    prompt: {
      stem: 'Những địa danh nào sau đây ở Hà Nội?',
      options: ['Hồ Hoàn Kiếm', 'Ngọ Môn', 'Văn Miếu – Quốc Tử Giám', 'Bến Ninh Kiều'],
      multiple: true,
    },
    key: { right: [0, 2], scoring: 'allOrNothing' },
    citation: null,
    topic: 'Kiến thức chung',
  },
  {
    ...about,
    code: 'vd-03',
    kind: 'trueFalse',
    prompt: { stem: 'Hà Nội là Thủ đô của nước Cộng hoà xã hội chủ nghĩa Việt Nam.' },
    key: { right: true },
    citation: null,
    topic: 'Kiến thức chung',
  },
  {
    ...about,
    code: 'vd-04',
    kind: 'statements',
    prompt: {
      stem: 'Mỗi nhận định sau về Thủ đô Hà Nội là đúng hay sai?',
      statements: [
        'Hà Nội nằm bên bờ sông Hồng.',
        'Hà Nội giáp biển Đông.',
        'Hà Nội từng có tên là Thăng Long.',
        'Hà Nội là thành phố trực thuộc tỉnh.',
      ],
    },
    key: { truths: [true, false, true, false] },
    citation: null,
    topic: 'Kiến thức chung',
    difficulty: 2,
  },
  {
    ...about,
    code: 'vd-05',
    kind: 'shortText',
    prompt: { stem: 'Năm 1010, vua nào dời đô từ Hoa Lư ra Thăng Long?' },
    key: { accept: ['Lý Thái Tổ', 'Lý Công Uẩn'], accents: true, case: false },
    citation: null,
    topic: 'Lịch sử',
    difficulty: 2,
  },
  {
    ...about,
    code: 'vd-06',
    kind: 'numeric',
    prompt: { stem: 'Chiến dịch Điện Biên Phủ kết thúc thắng lợi vào năm nào?', unit: '' },
    key: { value: 1954, tolerance: 0 },
    citation: null,
    topic: 'Lịch sử',
  },
];
