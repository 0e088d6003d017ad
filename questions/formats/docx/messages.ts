/** What is said about Word documents themselves; what is said about questions in them is in `word-messages.ts`. */
import type { Saying } from '../message.ts';

export const docxSayings = {
  noAnswers: {
    code: 'answers-none',
    vi: 'Không tìm thấy đáp án nào trong tệp đáp án.',
    en: 'No answers were found in the file of answers.',
  },
  answersUnreadable: ({ vi, en }: Saying): Saying => ({
    code: 'answers-unreadable',
    vi: `Không đọc được tệp đáp án: ${vi}`,
    en: `The file of answers could not be read: ${en}`,
  }),
  deletions: (count: number): Saying => ({
    code: 'word-deletions',
    vi: `Tệp còn dấu sửa (Track Changes): ${count} đoạn đã xoá được bỏ qua, phần chèn thêm được giữ.`,
    en: `The file has tracked changes: ${count} deletions were left out, insertions were kept.`,
  }),
  hidden: {
    code: 'word-hidden',
    vi: 'Chữ ẩn (Hidden) trong tệp không được đọc.',
    en: 'Hidden text was not read.',
  },
  mathType: {
    code: 'word-mathtype',
    vi: 'Có công thức MathType dạng hình. Hãy chuyển trong Word (MathType → Convert Equations → Office Math) rồi nhập lại, hoặc gõ lại công thức.',
    en: 'There is a MathType formula, which is only a picture. Convert it in Word (MathType → Convert Equations → Office Math) and import again, or type it.',
  },
  pictureKind: (name: string): Saying => ({
    code: 'word-picture-kind',
    vi: `Không hiện được hình "${name}" (kiểu WMF, EMF, SVG…). Hãy dán lại hình dạng PNG.`,
    en: `The picture "${name}" (WMF, EMF, SVG …) cannot be shown. Paste it as PNG.`,
  }),
  drawing: {
    code: 'word-drawing',
    vi: 'Hình vẽ, biểu đồ hoặc SmartArt không đọc được; hãy chụp thành ảnh PNG.',
    en: 'A drawing, chart or SmartArt could not be read; make it a PNG picture.',
  },
  notes: {
    code: 'word-notes',
    vi: 'Chú thích cuối trang (footnote) không được đọc.',
    en: 'Footnotes were not read.',
  },
} as const;

/** Stands where a formula cannot be shown. */
export const FORMULA_LOST = '[công thức]';
/** Stands where a picture cannot be shown. */
export const PICTURE_LOST = '[hình]';
