/** What the reader of the product's own file has to say. */
import type { Saying } from '../message.ts';

export const jsonSayings = {
  broken: (reason: string): Saying => ({
    code: 'json-broken',
    vi: `Tệp JSON hỏng: ${reason}`,
    en: `Broken JSON: ${reason}`,
  }),
  other: {
    code: 'json-other',
    vi: 'Tệp JSON này không phải do Hội Thi xuất ra.',
    en: 'This JSON was not written by Hội Thi.',
  },
  newer: (version: unknown): Saying => ({
    code: 'json-newer',
    vi: `Tệp thuộc phiên bản ${String(version)}, mới hơn phiên bản mà máy chủ này đọc được.`,
    en: `The file is of version ${String(version)}, newer than this server can read.`,
  }),
  field: (name: string): Saying => ({
    code: 'json-field',
    vi: `Trường "${name}" thiếu hoặc sai kiểu.`,
    en: `The field "${name}" is missing or of the wrong type.`,
  }),
  picture: (name: string): Saying => ({
    code: 'json-picture',
    vi: `Ảnh "${name}" trong tệp bị hỏng hoặc không đúng mã SHA-256.`,
    en: `The picture "${name}" in the file is broken or is not what its SHA-256 says.`,
  }),
} as const;
