/** Files that people send and that cannot be read, told by their first bytes, with what helps. */
import type { Saying } from './message.ts';

const REFUSED: readonly { readonly starts: readonly number[]; readonly saying: Saying }[] = [
  {
    starts: [0xd0, 0xcf, 0x11, 0xe0],
    saying: {
      code: 'old-office',
      vi: 'Đây là tệp Word hoặc Excel kiểu cũ (.doc, .xls). Hãy mở tệp, chọn "Lưu thành" và lưu dạng .docx hoặc .xlsx.',
      en: 'This is an old Word or Excel file (.doc, .xls). Open it, choose "Save as" and save it as .docx or .xlsx.',
    },
  },
  {
    starts: [0x25, 0x50, 0x44, 0x46],
    saying: {
      code: 'pdf',
      vi: 'Đây là tệp PDF. Hãy dùng tệp Word, Excel hoặc văn bản gốc.',
      en: 'This is a PDF. Please use the Word, Excel or text file that it was made from.',
    },
  },
  {
    starts: [0x7b, 0x5c, 0x72, 0x74, 0x66],
    saying: {
      code: 'rtf',
      vi: 'Đây là tệp RTF. Hãy mở bằng Word và lưu dạng .docx.',
      en: 'This is an RTF file. Open it in Word and save it as .docx.',
    },
  },
];

/** Why a file of no known format is refused, and what helps. */
export function refusalOf(bytes: Uint8Array): Saying {
  const known = REFUSED.find(({ starts }) => starts.every((byte, i) => bytes[i] === byte));
  if (known !== undefined) return known.saying;
  return {
    code: 'format-unknown',
    vi: 'Không nhận ra định dạng của tệp. Hãy chọn định dạng, hoặc dùng tệp mẫu.',
    en: 'The format of the file was not recognised. Choose one, or use a template.',
  };
}
