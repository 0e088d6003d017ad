/** What is said about tables of questions. */
import type { Saying } from './message.ts';

export const tableSayings = {
  preamble: {
    code: 'table-preamble',
    vi: 'Các dòng phía trên hàng tiêu đề không phải là câu hỏi.',
    en: 'The rows above the header are no questions.',
  },
  header: {
    code: 'table-header',
    vi: 'Hàng tiêu đề của bảng.',
    en: 'The header of the table.',
  },
  help: {
    code: 'table-help',
    vi: 'Dòng hướng dẫn của tệp mẫu.',
    en: 'A row of the template that explains the columns.',
  },
  numberedOnly: (count: number): Saying => ({
    code: 'table-numbered-only',
    vi: `${count} dòng chỉ có số thứ tự, không có nội dung.`,
    en: `${count} rows have a number and nothing else.`,
  }),
  section: (title: string): Saying => ({
    code: 'table-section',
    vi: `Dòng phân nhóm; các câu bên dưới được xếp vào chủ đề "${title}".`,
    en: `A heading; the questions below it got the topic "${title}".`,
  }),
  note: {
    code: 'table-note',
    vi: 'Dòng ghi chú cuối bảng, không phải là câu hỏi.',
    en: 'A note below the table, no question.',
  },
  notQuestions: {
    code: 'table-not-questions',
    vi: 'Bảng này không giống bảng câu hỏi. Hãy chỉ ra cột câu hỏi, phương án, đáp án.',
    en: 'This does not look like a table of questions. Say which columns are questions, options and keys.',
  },
  hiddenSheet: (name: string): Saying => ({
    code: 'sheet-hidden',
    vi: `Trang tính ẩn "${name}" không được đọc.`,
    en: `The hidden sheet "${name}" was not read.`,
  }),
  fromHiddenSheet: (name: string): Saying => ({
    code: 'sheet-hidden-read',
    vi: `Câu này nằm ở trang tính ẩn "${name}"; hãy kiểm tra có dùng không.`,
    en: `This question stands on the hidden sheet "${name}"; see whether it is meant.`,
  }),
  hiddenRow: {
    code: 'row-hidden',
    vi: 'Dòng này bị ẩn hoặc bị lọc trong bảng tính nhưng vẫn được đọc; hãy kiểm tra có dùng không.',
    en: 'The row is hidden or filtered out in the spreadsheet and was read all the same; see whether it is meant.',
  },
  hiddenColumns: (names: string): Saying => ({
    code: 'columns-hidden',
    vi: `Các cột bị ẩn trong bảng tính nhưng vẫn được đọc: ${names}.`,
    en: `Columns that are hidden in the spreadsheet and were read all the same: ${names}.`,
  }),
  answersUnclear: (numbers: string): Saying => ({
    code: 'answers-unclear',
    vi: `Bảng đáp án có câu ${numbers}, nhưng số này có ở nhiều trang câu hỏi nên chưa rõ là của trang nào. Hãy đặt tên trang đáp án theo tên trang câu hỏi.`,
    en: `The answers name ${numbers}, but several sheets have questions with these numbers. Name the sheet of answers after the sheet of questions.`,
  }),
  tooMany: {
    code: 'table-too-many',
    vi: 'Bảng có quá nhiều dòng hoặc cột; phần vượt quá không được đọc. Hãy chia thành nhiều tệp.',
    en: 'The table has too many rows or columns; what is beyond was not read. Please split the file.',
  },
  columnsLeft: (names: string): Saying => ({
    code: 'columns-left',
    vi: `Các cột chưa dùng đến: ${names}.`,
    en: `Columns that were not used: ${names}.`,
  }),
  stemMissing: {
    code: 'stem-missing',
    vi: 'Dòng này không có nội dung câu hỏi.',
    en: 'This row has no question text.',
  },
  optionsMissing: {
    code: 'options-missing',
    vi: 'Câu hỏi không có phương án nào.',
    en: 'The question has no options.',
  },
  optionGap: {
    code: 'option-gap',
    vi: 'Có phương án để trống ở giữa; các phương án sau được dồn lên.',
    en: 'An option in between is empty; those behind it moved up.',
  },
  kindWordUnknown: (word: string): Saying => ({
    code: 'kind-word-unknown',
    vi: `Không biết dạng câu hỏi "${word}"; dạng được nhận ra từ các cột khác.`,
    en: `The kind "${word}" is not known; the kind was told from the other columns.`,
  }),
  keyUnreadable: (key: string): Saying => ({
    code: 'key-unreadable',
    vi: `Không hiểu đáp án "${key}".`,
    en: `The key "${key}" could not be understood.`,
  }),
  keyOutside: (key: string): Saying => ({
    code: 'key-outside',
    vi: `Đáp án "${key}" chỉ vào phương án không có.`,
    en: `The key "${key}" names an option that does not exist.`,
  }),
  keyConflict: (sources: string): Saying => ({
    code: 'key-conflict',
    vi: `Các nơi cho đáp án không khớp nhau: ${sources}.`,
    en: `The sources of the key disagree: ${sources}.`,
  }),
  keyAmbiguous: (key: string): Saying => ({
    code: 'key-ambiguous',
    vi: `Đáp án "${key}" có thể là số thứ tự của phương án, cũng có thể là nội dung phương án.`,
    en: `The key "${key}" may be the place of an option or its text.`,
  }),
  keyFromZero: {
    code: 'key-from-zero',
    vi: 'Cột đáp án đếm phương án từ 0.',
    en: 'The key column counts options from 0.',
  },
  keyByLooks: {
    code: 'key-by-looks',
    vi: 'Đáp án được nhận ra nhờ màu, chữ đậm, gạch chân hoặc nền của phương án.',
    en: 'The key was recognised by the colour, weight, underline or background of an option.',
  },
  cellError: (text: string): Saying => ({
    code: 'cell-error',
    vi: `Ô bị lỗi công thức: ${text}.`,
    en: `A cell holds the error of a formula: ${text}.`,
  }),
  cellFormula: {
    code: 'cell-formula',
    vi: 'Ô là công thức chưa có kết quả được lưu; công thức không được tính.',
    en: 'A cell is a formula whose result was not saved; formulas are not evaluated.',
  },
  cellDate: (text: string): Saying => ({
    code: 'cell-date',
    vi: `Ô "${text}" là ngày tháng; có thể bảng tính đã tự đổi chữ thành ngày.`,
    en: `The cell "${text}" is a date; the spreadsheet may have made it out of a text.`,
  }),
  levelUnknown: (text: string): Saying => ({
    code: 'level-unknown',
    vi: `Không biết mức độ "${text}".`,
    en: `The difficulty "${text}" is not known.`,
  }),
  pointsUnknown: (text: string): Saying => ({
    code: 'points-unknown',
    vi: `Không đọc được số điểm "${text}".`,
    en: `The points "${text}" could not be read.`,
  }),
  timeLeft: {
    code: 'time-left',
    vi: 'Cột thời gian không được nhập: thời gian do vòng thi quy định.',
    en: 'The time column was not taken: rounds set the time.',
  },
  fused: {
    code: 'csv-fused',
    vi: 'Dấu nháy không đóng làm nhiều dòng dính vào nhau; đã tách lại, hãy kiểm tra.',
    en: 'An unclosed quote had joined several lines; they were taken apart, please check.',
  },
  columnCount: (found: number, usual: number): Saying => ({
    code: 'csv-columns',
    vi: `Dòng có ${found} cột, các dòng khác có ${usual}; có thể thiếu dấu nháy.`,
    en: `The row has ${found} columns, others have ${usual}; quotes may be missing.`,
  }),
  dataEdited: {
    code: 'data-edited',
    vi: 'Câu đã được sửa trong bảng: nội dung lấy theo các ô, không theo cột dữ liệu.',
    en: 'The question was edited in the sheet: the cells count, not the data column.',
  },
  dataUnreadable: {
    code: 'data-unreadable',
    vi: 'Cột dữ liệu không đọc được; câu được đọc từ các ô khác.',
    en: 'The data column could not be read; the question was read from the other cells.',
  },
} as const;
