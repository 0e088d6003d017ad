/** What is said about containers that cannot be opened. */
import type { Saying } from './message.ts';

export const zipSayings = {
  tooLarge: (mb: number): Saying => ({
    code: 'too-large',
    vi: `Tệp lớn quá ${mb} MB; hãy chia thành nhiều tệp.`,
    en: `The file is larger than ${mb} MB; please split it.`,
  }),
  cut: {
    code: 'zip-cut',
    vi: 'Tệp bị hỏng hoặc tải về chưa hết. Hãy lấy lại tệp, hoặc mở bằng Word, Excel rồi lưu lại.',
    en: 'The file is damaged or was not downloaded to its end. Get it again, or open it in Word or Excel and save it.',
  },
  broken: (name: string): Saying => ({
    code: 'zip-broken',
    vi: `Phần "${name}" bên trong tệp bị hỏng. Hãy mở tệp bằng Word, Excel rồi lưu lại.`,
    en: `The part "${name}" inside the file is damaged. Open the file in Word or Excel and save it again.`,
  }),
  partMissing: (name: string): Saying => ({
    code: 'zip-part-missing',
    vi: `Tệp thiếu phần "${name}" mà tệp Word, Excel phải có.`,
    en: `The file lacks the part "${name}", which Word and Excel files have.`,
  }),
  bomb: {
    code: 'zip-bomb',
    vi: 'Nội dung nén trong tệp lớn bất thường; tệp không được mở.',
    en: 'What is packed in the file is unusually large; the file is not opened.',
  },
  paths: {
    code: 'zip-paths',
    vi: 'Tệp chứa đường dẫn không hợp lệ; tệp không được mở.',
    en: 'The file holds paths that lead outside it; it is not opened.',
  },
  encrypted: {
    code: 'encrypted',
    vi: 'Tệp đặt mật khẩu. Hãy mở tệp, bỏ mật khẩu (Tệp → Thông tin → Bảo vệ) rồi lưu lại.',
    en: 'The file has a password. Open it, take the password off (File → Info → Protect) and save it.',
  },
  method: {
    code: 'zip-method',
    vi: 'Tệp nén theo cách không hỗ trợ. Hãy mở bằng Word, Excel rồi lưu lại.',
    en: 'The file is packed in a way that is not supported. Open it in Word or Excel and save it again.',
  },
  oldWord: {
    code: 'old-word',
    vi: 'Đây là tệp Word kiểu cũ (.doc). Hãy mở bằng Word, chọn "Lưu thành" (Save As) và lưu dạng .docx.',
    en: 'This is an old Word file (.doc). Open it in Word, choose "Save as" and save it as .docx.',
  },
  oldExcel: {
    code: 'old-excel',
    vi: 'Đây là tệp Excel kiểu cũ (.xls). Hãy mở bằng Excel, chọn "Lưu thành" (Save As) và lưu dạng .xlsx.',
    en: 'This is an old Excel file (.xls). Open it in Excel, choose "Save as" and save it as .xlsx.',
  },
  binaryExcel: {
    code: 'binary-excel',
    vi: 'Đây là tệp Excel nhị phân (.xlsb). Hãy mở bằng Excel và lưu dạng .xlsx.',
    en: 'This is a binary Excel file (.xlsb). Open it in Excel and save it as .xlsx.',
  },
  openDocument: {
    code: 'open-document',
    vi: 'Đây là tệp LibreOffice (.odt, .ods). Hãy mở tệp và lưu dạng .docx hoặc .xlsx.',
    en: 'This is a LibreOffice file (.odt, .ods). Open it and save it as .docx or .xlsx.',
  },
  noOffice: {
    code: 'no-office-file',
    vi: 'Tệp nén này không phải là tệp Word (.docx) hay Excel (.xlsx).',
    en: 'This archive is no Word (.docx) and no Excel (.xlsx) file.',
  },
  xml: (part: string, reason: string): Saying => ({
    code: 'xml-broken',
    vi: `Phần "${part}" bên trong tệp không đọc được đến hết (${reason}). Hãy mở tệp bằng Word, Excel rồi lưu lại.`,
    en: `The part "${part}" inside the file cannot be read to its end (${reason}). Open the file in Word or Excel and save it again.`,
  }),
} as const;
