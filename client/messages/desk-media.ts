/** Texts of a bank's pictures. */
import { number } from './format.ts';
import { messages, plural } from './messages.ts';

export const media = messages(
  {
    title: 'Kho ảnh',
    lead: 'Ảnh dùng trong câu hỏi của ngân hàng. PNG, JPEG hoặc WebP, tối đa 1 MB.',
    add: 'Thêm ảnh',
    none: 'Ngân hàng chưa có ảnh',
    noneText:
      'Thêm ảnh rồi chép mã của ảnh vào đề bài có định dạng. Ảnh trong tệp Word, Moodle nhập vào cũng hiện ở đây.',
    usedIn: (n: number) => `Dùng trong ${number(n)} câu`,
    unused: 'Chưa dùng',
    onlyUnused: 'Chỉ ảnh chưa dùng',
    copy: 'Chép mã',
    copied: 'Đã chép mã của ảnh. Dán vào đề bài có định dạng.',
    alt: 'mô tả ảnh',
    replace: 'Thay ảnh',
    replaced: (n: number) => `Đã thay ảnh trong ${number(n)} câu; mỗi câu có phiên bản mới.`,
    remove: 'Bỏ khỏi kho',
    removed: 'Đã bỏ ảnh khỏi kho.',
    size: (kb: string) => `${kb} kB`,
    noName: 'Ảnh không tên',
    sheetPdf: 'In phiếu thẩm định (PDF)',
    sheetDocx: 'Phiếu thẩm định (Word)',
  },
  {
    title: 'Pictures',
    lead: 'Pictures in the bank’s questions. PNG, JPEG or WebP, at most 1 MB.',
    add: 'Add a picture',
    none: 'The bank has no pictures',
    noneText:
      'Add a picture, then copy its code into a question with formatting. Pictures of imported files are shown here too.',
    usedIn: (n: number) => `In ${number(n)} ${plural(n, 'question', 'questions')}`,
    unused: 'Not used',
    onlyUnused: 'Only unused ones',
    copy: 'Copy code',
    copied: 'Copied. Paste it into a question with formatting.',
    alt: 'what it shows',
    replace: 'Replace',
    replaced: (n: number) => `Replaced in ${number(n)}; each has a new version.`,
    remove: 'Take out',
    removed: 'Taken out of the library.',
    size: (kb: string) => `${kb} kB`,
    noName: 'Picture without a name',
    sheetPdf: 'Print a sheet to sign (PDF)',
    sheetDocx: 'Sheet to sign (Word)',
  },
);
