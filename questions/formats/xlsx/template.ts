/** The workbook that people download to begin with: the columns, examples of the kinds they need, and what to know. */
import ExcelJS from 'exceljs';
import { examples } from '../template-examples.ts';
import { cellsOf } from './own-row.ts';
import { printedUnder } from './printing.ts';
import { addQuestion, questionSheet, rowOf } from './write.ts';

const GUIDE: readonly (readonly [string, string])[] = [
  ['Cột', 'Cách điền'],
  ['Mã câu hỏi', 'Không bắt buộc. Nhập lại tệp có cùng mã là sửa câu cũ.'],
  [
    'Dạng câu hỏi',
    'Một đáp án đúng, Nhiều đáp án đúng, Đúng/Sai, Nhiều nhận định, Trả lời ngắn, Số, Tự luận. Để trống thì phần mềm tự nhận.',
  ],
  ['Câu hỏi', 'Bắt buộc. Xuống dòng trong ô bằng Alt + Enter.'],
  [
    'Phương án A, B, C…',
    'Mỗi ô một phương án; thêm cột "Phương án E", "Phương án F" nếu cần. Với Nhiều nhận định, mỗi ô là một nhận định.',
  ],
  [
    'Đáp án',
    'Chữ cái của phương án: B, hoặc A, C. Đúng/Sai: ghi Đúng hoặc Sai. Nhiều nhận định: Đ, S, S, Đ. Trả lời ngắn: mỗi dòng một đáp án được chấp nhận. Chưa có đáp án thì để trống.',
  ],
  ['Mức độ', 'Nhận biết, Thông hiểu hoặc Vận dụng.'],
  ['Điểm', 'Điểm của câu, ví dụ 1 hoặc 0,5.'],
  ['Căn cứ; Điều, khoản', 'Văn bản và điều khoản mà câu hỏi dựa vào.'],
  ['Hình ảnh', 'Chèn ảnh vào ô này (Insert → Pictures → Place in/over Cell).'],
];

export async function templateXlsx(): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const layout = { options: 4, data: 0 };
  const sheet = questionSheet(workbook, layout);
  for (const question of examples) addQuestion(sheet, rowOf(cellsOf(question), layout, []));
  const guide = workbook.addWorksheet('Hướng dẫn', printedUnder(1));
  guide.columns = [{ width: 26 }, { width: 100 }];
  for (const row of GUIDE) guide.addRow([...row]);
  guide.getRow(1).font = { bold: true };
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
