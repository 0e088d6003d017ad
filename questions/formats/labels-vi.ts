/** Words of Vietnamese question files beside the question itself: difficulty, kind, citation, points. */
import type { Citation, Difficulty } from '../question.ts';
import { cleanText, fold } from '../vietnamese.ts';
import { remembered } from './remembered.ts';

/** A difficulty, and a tag where the file is finer than we are. */
export interface FoundLevel {
  readonly difficulty: Difficulty;
  readonly tag: string | null;
}

const LEVELS: readonly (readonly [RegExp, Difficulty, string | null])[] = [
  [/^(?:van dung cao|vdc|rat kho|muc do 4|4|very hard)$/, 3, 'vận dụng cao'],
  [/^(?:nhan biet|nb|biet|de|muc do 1|1|m1|easy|muc 1|recall)$/, 1, null],
  [/^(?:thong hieu|th|hieu|trung binh|tb|muc do 2|2|m2|medium|muc 2)$/, 2, null],
  [/^(?:van dung(?: thap)?|vd|vdt|kho|muc do 3|3|m3|hard|muc 3)$/, 3, null],
];

/** What a level is called: "Nhận biết", "TH", "mức 3", "Dễ" … Null: something else. */
export const levelOf = remembered(findLevelOf);

function findLevelOf(text: string): FoundLevel | null {
  const name = fold(text)
    .trim()
    .replace(/[.()[\]]/g, '')
    .trim();
  for (const [pattern, difficulty, tag] of LEVELS) if (pattern.test(name)) return { difficulty, tag };
  const inner = /(nhan biet|thong hieu|van dung cao|van dung)/.exec(name)?.[1];
  return inner === undefined || inner === name ? null : levelOf(inner);
}

export type KindWord =
  | 'choice'
  | 'several'
  | 'trueFalse'
  | 'statements'
  | 'shortText'
  | 'numeric'
  | 'essay'
  | 'info'
  | 'poll';

const KINDS: readonly (readonly [RegExp, KindWord])[] = [
  [
    /nhieu (?:dap an|phuong an|lua chon) dung|nhieu dap an|chon nhieu|checkbox|multiple ?(?:select|response|answers?)|multi ?select|several/,
    'several',
  ],
  [
    /menh de|nhan dinh|dung sai (?:nhieu|4)|statements?|dung.sai.*(?:4|bon) y|trac nghiem dung sai/,
    'statements',
  ],
  [/dung\W*sai|true\W*(?:or\W*)?false|^t\W*f$|^d\W*s$|yes\W*no/, 'trueFalse'],
  [/tra loi ngan|dien (?:khuyet|vao|tu|cho)|^dien$|short|fill|blank|type (?:the )?answer|^sa$/, 'shortText'],
  [/^so$|so hoc|numeric|number|^num$/, 'numeric'],
  [/tu luan|essay|open.?ended|paragraph|long/, 'essay'],
  [/thong tin|^info|description|slide|content/, 'info'],
  [/poll|survey|khao sat|binh chon/, 'poll'],
  [
    /trac nghiem|mot dap an|1 dap an|chon mot|multiple.?choice|single|mcq|quiz|choice|radio|nhieu lua chon|lua chon|abcd|^tn$|^mc$/,
    'choice',
  ],
];

/** Longer texts name no kind. */
const WORD_MAX = 300;

/** Which kind a word in a file means; null: one that we do not know. */
export const kindOfWord = remembered(findKindOfWord);

function findKindOfWord(word: string): KindWord | null {
  if (word.length > WORD_MAX) return null;
  const name = fold(word).trim();
  return KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

const DOCUMENT =
  /(?:nghị quyết|bộ luật|luật|chỉ thị|kết luận|quyết định|nghị định|thông tư|hiến pháp|văn kiện|pháp lệnh|điều lệ|quy định|quy chế|chương trình|kế hoạch|hướng dẫn|đề án|báo cáo|thông báo|công văn|tuyên ngôn|cương lĩnh|sách giáo khoa|sgk|giáo trình|sách)\b/iu;
const SECTION = /^(?:tại\s+)?(?:điểm|khoản|điều|mục|chương|phần|trang|tr\.|tiểu mục|bài|đoạn|phụ lục)\b/iu;
const SECTION_BEHIND =
  /^(.*?)\s*[,;(–-]\s*((?:tại\s+)?(?:điểm|khoản|điều|mục|chương|phần|trang|tr\.|tiểu mục|phụ lục)\s.*?)\)?$/iu;
const ADDRESS = /https?:\/\/\S+/;

/** A citation as people write it, cut into document and section where that is plain; an address becomes the source. */
export const citationOf = remembered(findCitationOf);

function findCitationOf(text: string): Citation | null {
  const whole = withoutLooseBracket(cleanText(text).replace(/(?<![.;])[.;]+$/, ''));
  if (whole === '') return null;
  const source = ADDRESS.exec(whole)?.[0] ?? '';
  const words =
    source === '' ? whole : cleanText(whole.replace(source, ' ')).replace(/(?<![\s,;:()-])[\s,;:()-]+$/, '');
  if (words === '') return { document: source, section: '', source, validity: '' };
  return { ...cutSection(words), source, validity: '' };
}

/** "(Căn cứ: …)" leaves a bracket that nothing opens. */
function withoutLooseBracket(text: string): string {
  const isLoose = text.endsWith(')') && text.split(')').length > text.split('(').length;
  return isLoose ? text.slice(0, -1).trimEnd() : text;
}

function cutSection(words: string): Pick<Citation, 'document' | 'section'> {
  const at = SECTION.test(words) ? words.search(DOCUMENT) : -1;
  if (at > 0) {
    const section = words
      .slice(0, at)
      .replace(/(?<![\s,;–-])[\s,;–-]+$|(?<!\s)\s+(?:của|trong|thuộc)\s*$/giu, '');
    return { document: words.slice(at), section: section.replace(/(?<![\s,;–-])[\s,;–-]+$/, '') };
  }
  const [, document, section] = SECTION_BEHIND.exec(words) ?? [];
  if (document !== undefined && section !== undefined && DOCUMENT.test(document))
    return { document: document.trim(), section: section.trim() };
  return { document: words, section: '' };
}

/** "0,5" or "1 điểm" → hundredths of a mark; null: no number. */
export const pointsOf = remembered(findPointsOf);

function findPointsOf(text: string): number | null {
  const [, number] =
    /^(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:điểm|đ|points?|marks?)?\.?$/iu.exec(cleanText(text)) ?? [];
  return number === undefined ? null : Math.round(Number(number.replace(',', '.')) * 100);
}
