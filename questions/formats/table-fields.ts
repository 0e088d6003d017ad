/** What columns of question tables are called, in Vietnamese and English, diacritics aside. */
import { fold } from '../vietnamese.ts';

/** What a column means. `option`: one a column, in their order; `options`: all of them in one cell. */
export const FIELDS = [
  'number',
  'code',
  'kind',
  'stem',
  'option',
  'options',
  /** The text of a wrong option; the key is the text of the right one. */
  'wrong',
  'key',
  /** Crosses where a statement is true, or false. */
  'isTrue',
  'isFalse',
  /** A cross, 1 or TRUE where the option of the same place is right; one a column. */
  'mark',
  'explanation',
  'difficulty',
  'topic',
  'citation',
  'section',
  'source',
  'validity',
  'points',
  'tags',
  'time',
  'image',
  'unit',
  'data',
] as const;
export type Field = (typeof FIELDS)[number];

/** What several questions may have in common, in one merged cell beside them. */
export const SHARED: readonly Field[] = [
  'topic',
  'difficulty',
  'citation',
  'section',
  'source',
  'validity',
  'tags',
];

/** The first that fits counts. */
const WORDS: readonly (readonly [Field, RegExp])[] = [
  ['data', /^(?:du lieu|data)(?: \(khong sua\))?(?: \d+)?$/],
  ['code', /^(?:ma|ma so|ma cau|ma cau hoi|code|id|question ?id|ma ch)$/],
  ['number', /^(?:stt|tt|so tt|so thu tu|no|#|question #|so cau|cau so|thu tu|order|index|cau thu)$/],
  [
    'kind',
    /^(?:loai|dang|kieu|hinh thuc|type|kind|question type|(?:loai|dang|kieu) cau(?: hoi)?|(?:loai|dang) trac nghiem)$/,
  ],
  [
    'wrong',
    /^(?:(?:incorrect|wrong) (?:answer|option|choice)s?|(?:phuong an|dap an|lua chon|cau tra loi) (?:sai|nhieu))(?: \d{1,2}| [a-h])?$/,
  ],
  [
    'mark',
    /^(?:(?:is ?)?(?:correct|right)|dung|d|(?:dap an|phuong an|lua chon|answer|option|choice) (?:dung|(?:is )?correct))(?: (?:so|thu|answer|option|choice))? ?\(?(?:[a-h]|\d{1,2})\)?\??$/,
  ],
  [
    'key',
    /^(?:(?:dap an|phuong an|cau tra loi|cau|lua chon|ket qua|y|tra loi|da|pa|d\.? ?an|key|option|answer) (?:dung|chinh xac|chuan|right|correct|chon)|dung|ket qua|kq|key|keys|right|right answer|is ?correct|correct)(?: \(.*\))?$/,
  ],
  [
    'key',
    /^(?:correct (?:answer|option|choice)s?.*|answer key.*|the correct answer.*|dap an(?: cua cau hoi)?|d\.? ?an|da|answer|answers? ?\(key\)|dung ?\/ ?sai|dung sai|dung hay sai|d\/s|d\/a|true ?\/ ?false|true or false|t\/f)$/,
  ],
  [
    'option',
    /^(?:dap an|phuong an|lua chon|cau tra loi|tra loi|da|pa|answer|option|choice|response|y|nhan dinh|menh de)(?: (?:so|thu|tra loi|lua chon))? ?\(?(?:[a-h]|\d{1,2})\)?$/,
  ],
  ['option', /^\(?[a-h][).]?$/],
  [
    'options',
    /^(?:cac )?(?:phuong an|lua chon|dap an|cau tra loi|nhan dinh|menh de|phat bieu|y|options?|choices?|answers)(?: tra loi| lua chon| chon| dap an| \([^()]*\))*$/,
  ],
  [
    'stem',
    /^(?:noi dung(?: cau hoi| cau| hoi)?|cau hoi(?: trac nghiem| thi)?|cau|hoi|de bai|cau dan|than cau hoi|question|questions|question (?:text|content|stem|title|name)|stem|prompt|title|text of the question|ten cau hoi|noi dung cau hoi.*|cau hoi va .*)$/,
  ],
  [
    'explanation',
    /^(?:giai thich.*|loi giai.*|huong dan.*|explanation.*|answer explanation|ghi chu dap an|feedback|phan hoi|dien giai|rationale|solution|goi y.*)$/,
  ],
  ['difficulty', /^(?:muc do.*|do kho|cap do.*|muc|level|difficulty|difficulty level|muc nhan thuc)$/],
  [
    'section',
    /^(?:dieu|khoan|dieu,? khoan|dieu\/khoan|muc can cu|phan can cu|section|article|dieu.*khoan.*)$/,
  ],
  [
    'citation',
    /^(?:can cu.*|co so(?: phap ly)?|trich dan|dan chieu|tham chieu|citation|reference|references|van ban.*|tai lieu(?: tham khao)?)$/,
  ],
  ['source', /^(?:nguon.*|duong dan|link(?: nguon)?|url|source)$/],
  ['validity', /^(?:hieu luc.*|thoi han|validity)$/],
  [
    'topic',
    /^(?:chu de|chuyen de|linh vuc|topic|category|chuong|bai|bai hoc|noi dung kien thuc|don vi kien thuc|phan|mang|mon|nhom|nhom cau hoi|chu diem|subject)$/,
  ],
  ['points', /^(?:diem|so diem|points?|scores?|marks?|thang diem)$/],
  ['tags', /^(?:the|tu khoa|tags?|keywords?|nhan)$/],
  ['time', /^(?:thoi gian.*|time.*|time limit.*)$/],
  ['image', /^(?:hinh|anh|hinh anh|image|images|image link|link anh|picture|media)$/],
  ['unit', /^(?:don vi(?: tinh| do)?|unit)$/],
];

/** What stands further behind is no part of a title. */
const TITLE_MAX = 300;

/** "(Bắt buộc)", "- max 120 characters", stars and colons behind a name say nothing about what it is. */
export function headerWord(text: string): string {
  return fold(text.slice(0, TITLE_MAX))
    .replace(
      /\s+[-–(:[]?\s*(?:max|toi da|choose at least one|bat buoc|tuy chon|khong bat buoc|required|optional|neu co|if any|sec\)).*$/,
      '',
    )
    .replace(/[*:.?]+\s*$/, '')
    .replace(/\s*\((?:s|sec|giay|optional|required)\)\s*$/, '')
    .replace(/\s*[-–]\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What a header means; null: nothing that we know. */
export function fieldOfHeader(text: string): Field | null {
  const word = headerWord(text);
  if (word === '' || word.length > 60) return null;
  const found = WORDS.find(([, pattern]) => pattern.test(word))?.[0];
  if (found !== undefined) return found;
  // "Độ khó (1-3)", "Điểm (thang 10)"
  const bare = word.replace(/\s*\([^()]*\)$/, '');
  return bare === '' || bare === word ? null : fieldOfHeader(bare);
}

/** Headers of two columns of crosses. */
export function isTruthHeader(text: string, truth: boolean): boolean {
  return (truth ? /^(?:dung|true|d|t)$/ : /^(?:sai|false|s|f)$/).test(headerWord(text));
}

/** Letters or numbers in a header of an option tell its place; null: none. */
export function optionPlace(text: string): number | null {
  const [, letter, number] = /(?:^|[\s(])(?:([a-h])|(\d{1,2}))[).]?$/.exec(headerWord(text)) ?? [];
  if (letter !== undefined) return letter.charCodeAt(0) - 0x61;
  return number === undefined ? null : Number(number) - 1;
}
