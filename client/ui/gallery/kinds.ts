/** A question of every kind, to look at: what is played, an answer, and what is right. */
import type { PlayerAnswer, ShownPrompt } from '../../../questions/kinds/player.ts';
import type { Json } from '../../../questions/question.ts';

export interface KindSample {
  /** Folder of the kind. */
  readonly folder: string;
  readonly prompt: ShownPrompt & { readonly [name: string]: Json };
  readonly key: Json | null;
  readonly answer: PlayerAnswer;
  readonly right: PlayerAnswer;
}

const square = {
  name: 'math',
  attributes: {},
  children: [
    {
      name: 'msup',
      attributes: {},
      children: [
        { name: 'mi', attributes: {}, children: ['x'] },
        { name: 'mn', attributes: {}, children: ['2'] },
      ],
    },
  ],
};

export const kindSamples: readonly KindSample[] = [
  {
    folder: 'choice',
    prompt: {
      stem: 'Giá trị của **$x^2$** khi $x = 3$ là bao nhiêu?\n\n| x | 1 | 2 |\n|---|---|---|\n| $x^2$ | 1 | 4 |',
      rich: true,
      options: ['*Chín*', '$6$', 'm^2^ hoặc H~2~O'],
      multiple: false,
      formulas: { '$x^2': square },
    },
    key: { right: [0, 2], scoring: 'weights', weights: [1, 0, 0.5] },
    answer: [1],
    right: [0],
  },
  {
    folder: 'statements',
    prompt: {
      stem: 'Xét các nhận định sau về Nghị quyết 15-NQ/TW.',
      statements: [
        'Nghị quyết được ban hành năm 2022.',
        'Nghị quyết đặt mục tiêu đến năm 2030, tầm nhìn đến năm 2045 cho phát triển Thủ đô Hà Nội.',
        'Nghị quyết chỉ nói về giao thông.',
        'Nghị quyết thay thế Luật Thủ đô.',
      ],
    },
    key: { truths: [true, true, false, null] },
    answer: [true, false, null, false],
    right: [true, true, false, false],
  },
  {
    folder: 'matching',
    prompt: {
      stem: 'Ghép mỗi văn bản với năm ban hành.',
      lefts: ['Luật Thủ đô (sửa đổi)', 'Nghị quyết 15-NQ/TW của Bộ Chính trị'],
      rights: ['Năm 2022', 'Năm 2024', 'Năm 2012'],
    },
    key: { pairs: [1, 0] },
    answer: [1, 2],
    right: [1, 0],
  },
  {
    folder: 'ordering',
    prompt: {
      stem: 'Sắp xếp các sự kiện theo thứ tự thời gian.',
      items: ['Giải phóng Thủ đô', 'Cách mạng Tháng Tám', 'Thành lập Đảng Cộng sản Việt Nam'],
    },
    key: { order: [2, 1, 0] },
    answer: [1, 2, 0],
    right: [2, 1, 0],
  },
  {
    folder: 'cloze',
    prompt: {
      stem: 'Đảng Cộng sản Việt Nam ra đời năm {{1}} tại {{2}}, do {{3}} chủ trì.',
      gaps: [
        { kind: 'number', unit: '' },
        { kind: 'choice', options: ['Hương Cảng', 'Ma Cao'] },
        { kind: 'text' },
      ],
    },
    key: {
      gaps: [
        { value: 1930, tolerance: 0 },
        { right: [0] },
        { accept: ['Nguyễn Ái Quốc'], accents: false, case: false },
      ],
    },
    answer: ['1930', 1, null],
    right: ['1930', 0, 'Nguyễn Ái Quốc'],
  },
  {
    folder: 'estimate',
    prompt: { stem: 'Có bao nhiêu người dự thi vòng 1?', unit: 'người' },
    key: {
      truth: 12500,
      bands: [
        { within: 100, share: 1 },
        { within: 1000, share: 0.5 },
      ],
    },
    answer: '12.000',
    right: '12.500',
  },
  {
    folder: 'essay',
    prompt: { stem: 'Nêu một việc bạn sẽ làm để góp phần thực hiện nghị quyết.', maxWords: 12 },
    key: { rubric: [{ text: 'Việc làm cụ thể', points: 50 }] },
    answer: 'Tôi sẽ trồng cây, phân loại rác\nvà vận động hàng xóm cùng làm mỗi tuần một lần.',
    right: 'Việc làm cụ thể (0,5 điểm)',
  },
  {
    folder: 'info',
    prompt: { stem: 'Đọc đoạn trích sau rồi trả lời các câu tiếp theo.' },
    key: null,
    answer: null,
    right: null,
  },
  {
    folder: 'numeric',
    prompt: { stem: 'Bao nhiêu phần trăm?', unit: '%' },
    key: {
      accept: [
        { value: 10, tolerance: 1 },
        { from: 8, to: 12, weight: 0.5 },
      ],
    },
    answer: '9',
    right: '10',
  },
];
