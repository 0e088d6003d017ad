/** How lines of Vietnamese question papers begin, and what that makes of them. */

/** "Câu 1.", "Câu hỏi 2:", "Question 3", "Bài 4)", "Câu 2.5." (of chapter 2): the number, and what stands behind. */
const QUESTION =
  /^\s*(?:[*#•]\s*)?(?:câu(?:\s*hỏi)?(?:\s*số)?|question|quest|bài(?:\s*tập)?|q)\s*[.:]?\s*(?:\d{1,3}\.(?=\d))*(\d{1,4})(?:\s*[.:)\]/>–—-]+|\s*(?=[([])|\s+(?=\S)|\s*$)/iu;
/** "1.", "2)", "(3)". */
const NUMBERED = /^\s*(\(?)(\d{1,3})\s*([.)/:])\s*(?=\S)/u;

export interface QuestionStart {
  readonly number: number;
  /** Where the question's own text begins. */
  readonly end: number;
  /** Signs around a bare number: lists inside a question mostly have others. */
  readonly signs?: string;
}

export function questionStart(text: string): QuestionStart | null {
  const found = QUESTION.exec(text);
  if (found === null) return null;
  const rest = text.slice(found[0].length);
  if (/^\s*(?:và|đến|tới|,|-|–)\s*(?:câu\s*)?\d/iu.test(rest)) return null;
  return { number: Number(found[1]), end: found[0].length };
}

export function numberedStart(text: string): QuestionStart | null {
  const [all, before = '', number, behind = ''] = NUMBERED.exec(text) ?? [];
  return all === undefined ? null : { number: Number(number), end: all.length, signs: before + behind };
}

/** Notes in brackets behind the number of a question: level, points, code. */
const BRACKETED = /^\s*(?:\(([^()]{1,40})\)|\[([^[\]]{1,40})\])\s*[.:)–-]*\s*/u;

export interface HeadNote {
  readonly text: string;
  readonly end: number;
}

export function headNote(text: string): HeadNote | null {
  const found = BRACKETED.exec(text);
  if (found === null) return null;
  const note = (found[1] ?? found[2] ?? '').replace(/^\s*<|>\s*$/g, '');
  return { text: note.trim(), end: found[0].length };
}

export type PartKind = 'choice' | 'statements' | 'short' | 'essay';

const PART =
  /^\s*(?:phần|phan|part|section)\s+(?:thứ\s+)?(?:[IVX]{1,4}|\d{1,2}|[A-E]|một|hai|ba|bốn|nhất)(?![\p{L}\d])/iu;
const SECTION_WORDS =
  /trắc nghiệm|tự luận|đúng\s*[-–/,]?\s*(?:hoặc\s*)?sai|trả lời ngắn|điền khuyết|multiple choice/iu;
const SECTION = /^\s*(?:[IVX]{1,4}|[A-E]|\d)\s*[.:)\-–/]\s*/u;

/** The first option of a question at the beginning of a line. */
export const FIRST_OPTION = /^\s*[*#=✓✔√☑☒☐□]?\s*\(?A\s?[.)/:]/u;
/** The same where options may have small letters. */
export const ANY_FIRST_OPTION = /^\s*[*#=✓✔√☑☒☐□]?\s*\(?[Aa]\s?[.)/:]/u;

const PAPER =
  /^[\s*=–—-]*đề\s+(?:(?:thi|kiểm tra|ôn(?:\s+(?:tập|thi))?|luyện(?:\s+(?:tập|thi|đề))?|minh họa|tham khảo|thử|mẫu)\s+)?(?:số\s*)?:?\s*(\d{1,3})(?![\p{L}\d])/iu;

/** "ĐỀ SỐ 2", "Đề ôn tập số 3": a file may hold several papers. The number; null: something else. */
export function paperNumber(text: string): number | null {
  const number = text.length > 100 ? undefined : PAPER.exec(text)?.[1];
  return number === undefined ? null : Number(number);
}

/** Whether a line opens a part of a paper. */
export function isPart(text: string): boolean {
  if (text.length > 400) return false;
  if (PART.test(text) || paperNumber(text) !== null) return true;
  const label = SECTION.exec(text)?.[0];
  const rest = label === undefined ? text : text.slice(label.length);
  if (!SECTION_WORDS.test(rest) || rest.length > 160) return false;
  return (
    isShouted(rest.replace(/\(.*$/u, '')) || /^(?:phần|câu(?: hỏi)?)\s+(?:trắc|tự|trả|đúng)/iu.test(rest)
  );
}

/** Mostly capitals. */
function isShouted(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  const capitals = text.match(/\p{Lu}/gu) ?? [];
  return letters.length > 3 && capitals.length > letters.length * 0.7;
}

/** What kind of questions a part announces; null: it does not say. */
export function partKind(text: string): PartKind | null {
  if (/trả lời ngắn|điền (?:khuyết|đáp|kết quả)|short answer/iu.test(text)) return 'short';
  if (/đúng\s*[-–/,]?\s*(?:hoặc\s*)?sai|true\s*[-/]?\s*false/iu.test(text)) return 'statements';
  if (/tự luận|essay/iu.test(text)) return 'essay';
  if (/nhiều (?:phương án )?lựa chọn|trắc nghiệm|chọn một phương án|multiple choice/iu.test(text))
    return 'choice';
  return null;
}

const ANSWERS =
  /^\s*[-–—*=_.\s]*(?:bảng\s+)?(?:đáp\s*án|hướng dẫn chấm|answer\s*keys?|keys?|answers)(?:\s+(?:và|chi tiết|tham khảo|đề|phần|môn|mã|thi|kiểm tra|trắc nghiệm|tự luận|hướng|dẫn|giải|chấm|câu hỏi|bộ|của|[IVX]+|\d+|[–-]).*)?[\s:.*=_–—-]*$/iu;

/** "Đáp án:", "Đáp án: ……": a line to fill in, below one question. */
const BLANK_KEY = /^\s*đáp\s*(?:án|số)\s*(?:[:.]\s*$|[:.]?\s*[.…_]{2}[\s.…_]*$)/iu;

/** A heading over the answers of the whole paper. */
export function isAnswersHeading(text: string): boolean {
  return text.length < 120 && ANSWERS.test(text) && !BLANK_KEY.test(text);
}

const NOISE =
  /^[\s\-–—_.*=+~]*(?:(?:hết|the\s*end|end|!)[\s\-–—_.*=+~!]*)?$|^\s*[-–—(*]*\s*(?:cán bộ coi thi|giám thị|thí sinh không|họ(?:,|\s+và)?\s*tên|(?:người|giáo viên)\s+(?:ra|soạn|duyệt|biên soạn|phản biện)(?:\s+đề)?\s*:|số báo danh|sbd|trang\s+\d+|chữ k[ýí]|học sinh không|đề (?:thi|kiểm tra)? ?(?:gồm|có)\s)/iu;

/** What stands in papers and is neither question nor answer. */
export function isNoise(text: string): boolean {
  return NOISE.test(text);
}

const TOPIC =
  /^\s*(?:chủ đề|chuyên đề|chương|lĩnh vực|nội dung|topic|nhóm|mảng|bài học)\s*(?:số\s*)?(?:[IVX]+|\d+)?\s*[:.–-]\s*(\S.*)$/iu;
const TOPIC_HEADING =
  /^\s*(?:chủ đề|chuyên đề|chương|mục|bài|nhóm|lĩnh vực|topic|chapter|unit)\s+(?:[IVX]+|\d+)(?![\p{L}\d])/iu;

/** "Chủ đề: …" beside a question. */
export function topicLine(text: string): string | null {
  return text.length > 200 ? null : (TOPIC.exec(text)?.[1]?.trim() ?? null);
}

/** "Chương 2. …", "II. CHUYÊN MÔN" above questions. */
export function isTopicHeading(text: string): boolean {
  return text.length < 200 && (TOPIC_HEADING.test(text) || TOPIC.test(text) || isCapitalHeading(text));
}

/** A heading that no question has behind its options. */
export function isChapter(text: string): boolean {
  return /^\s*(?:chương|chuyên đề|chủ đề|bài|mục)\s+(?:[IVX]+|\d+)/iu.test(text) || isCapitalHeading(text);
}

/** A Roman number and capitals. */
function isCapitalHeading(text: string): boolean {
  return /^\s*[IVX]{1,5}\s*[.:)–-]\s*\p{Lu}{2}/u.test(text) && text === text.toLocaleUpperCase('vi');
}

/** "nối tiếp", "ghép song song" are about circuits. */
const JOIN = '(?:nối|ghép|match)(?!\\p{L}|\\s+(?:tiếp|song|mạch|mạng|đất))';
const COLUMN = 'cột\\s+(?:A|B|I|II|1|2|bên|trái|phải)(?![\\p{L}\\d])';
const PAIRS = new RegExp(`(?:^|[^\\p{L}])${JOIN}|${COLUMN}`, 'iu');
const PAIRS_SURELY = new RegExp(`^\\s*(?:(?:em )?hãy\\s+)?${JOIN}|${COLUMN}`, 'iu');
const COLUMN_HEAD = new RegExp(`^\\s*(?:${COLUMN}|[AB]\\s*[.:]?\\s*$)`, 'iu');

/** Whether a question wants two columns put together: "1-b, 2-a" is its own key then, and no list of keys. */
export function asksPairs(text: string): boolean {
  return PAIRS.test(text);
}

/** The same where the question begins with it, or names its columns. */
export function asksPairsSurely(text: string): boolean {
  return PAIRS_SURELY.test(text);
}

const ORDER = /(?:^|[^\p{L}])xếp(?!\p{L})[^.?]{0,80}(?:thứ|trình|trật) tự|^\s*(?:(?:em )?hãy\s+)?sắp xếp/iu;

/** Whether a question wants its items put in order. */
export function asksOrder(text: string): boolean {
  return ORDER.test(text);
}

const ORDER_KEY = /^\s*[-–•*]?\s*(?:thứ|trình) tự\s+(?:sắp xếp\s+)?đúng(?:\s+là)?\s*[:：]\s*(?=\S)/iu;

/** "Thứ tự đúng: c - a - b": where the order begins; null: something else. */
export function orderLine(text: string): number | null {
  return ORDER_KEY.exec(text)?.[0].length ?? null;
}

/** "Cột A", "Cột B: Thời gian" over a column. */
export function isColumnHead(text: string): boolean {
  return COLUMN_HEAD.test(text);
}

const PASSAGE =
  /(?:từ\s+)?(?:các\s+)?(?:câu|questions?)\s*(?:hỏi\s*)?(?:số\s*)?(?:từ\s*)?(\d{1,3})\s*(?:đến|tới|to|and|và|[-–—])\s*(?:câu\s*)?(\d{1,3})/iu;

/** "Đọc đoạn trích sau và trả lời câu 5 đến câu 8": first and last number; null: no such line. */
export function passageRange(text: string): readonly [number, number] | null {
  if (
    !/^\s*(?:\W*)(?:đọc|dựa vào|căn cứ vào|sử dụng|dùng|cho|read|based|use|thông tin|dữ kiện|[IVX]+\.)/iu.test(
      text,
    )
  )
    return null;
  const [, from, to] = PASSAGE.exec(text) ?? [];
  return from === undefined || to === undefined || Number(to) < Number(from)
    ? null
    : [Number(from), Number(to)];
}

const LEVEL_LABEL =
  /^\s*(?:(?:[IVX]{1,4}|\d{1,2})\s*[.:)\-–/]\s*)?(?:(?:phần|các)\s+)?(?:câu(?:\s+hỏi)?\s+)?(?:(?:ở\s+)?(?:mức(?:\s+độ)?|cấp độ)\s*(?:nhận thức\s*)?)?:?\s*/iu;
const LEVEL_NAME =
  /^(?:nhận biết|thông hiểu|vận dụng(?:\s+(?:cao|thấp))?)(?=[\s.:(]*(?:\(?\d+ câu\)?)?[\s.:]*$)/iu;

/** "II. THÔNG HIỂU", "Mức độ vận dụng (10 câu)" above questions: the level; null: something else. */
export function levelHeading(text: string): string | null {
  if (text.length > 60) return null;
  const label = LEVEL_LABEL.exec(text)?.[0] ?? '';
  return LEVEL_NAME.exec(text.slice(label.length))?.[0] ?? null;
}

/** "PHẦN I. NHẬN BIẾT": the one level that a heading names. */
export function levelOfPart(text: string): string {
  const names = text.match(/nhận biết|thông hiểu|vận dụng cao|vận dụng/giu) ?? [];
  return names.length === 1 && text.length < 60 ? (names[0] ?? '') : '';
}

const INSTRUCTION =
  /^\s*(?:[IVX]+\s*[.:)]\s*)?(?:mark the letter|choose (?:the|a|one)|circle the|find the (?:word|mistake)|indicate the|chọn (?:từ|câu|phương án|đáp án|một)|khoanh tròn|tìm từ|em hãy (?:chọn|khoanh)|hãy (?:chọn|khoanh))/iu;

/** "Mark the letter A, B, C, or D …", "Khoanh tròn vào chữ cái đứng trước câu trả lời đúng". */
export function isInstruction(text: string): boolean {
  return INSTRUCTION.test(text) && keyLine(text) === null;
}

const CITATION =
  /^\s*[-–•*(]?\s*(?:căn cứ(?: pháp lý)?|cơ sở(?: pháp lý)?|trích dẫn|dẫn nguồn|nguồn|tham khảo|tài liệu(?: tham khảo)?|cite|reference)\s*[:：]\s*/iu;
const LEVEL =
  /^\s*[-–•*([]?\s*(?:mức độ(?: nhận thức| câu hỏi)?|độ khó|cấp độ(?: nhận thức)?|mức|level|difficulty)\s*[:：]\s*/iu;
const POINTS = /^\s*[-–•*(]?\s*(?:số điểm|điểm|points?|marks?)\s*[:：]\s*/iu;
const EXPLANATION =
  /^\s*[-–•*]?\s*(?:lời giải(?:\s*chi tiết)?|hướng dẫn(?:\s*giải| trả lời)?(?:\s*chi tiết)?|giải thích|giải chi tiết|hdg|explanation|solution|phương pháp(?: giải)?|giải)\s*(?:[:：.]\s*|$)/iu;

export type LineMeaning = 'citation' | 'difficulty' | 'points' | 'explanation';

const MEANINGS: readonly (readonly [LineMeaning, RegExp])[] = [
  ['citation', CITATION],
  ['difficulty', LEVEL],
  ['points', POINTS],
  ['explanation', EXPLANATION],
];

/** What a line beside a question is, and where its own text begins. */
export function lineMeaning(text: string): { readonly is: LineMeaning; readonly end: number } | null {
  for (const [is, pattern] of MEANINGS) {
    const found = pattern.exec(text);
    if (found !== null) return { is, end: found[0].length };
  }
  return null;
}

const KEY_SURE =
  /^\s*[-–•*(=⇒→>]*\s*(?:đáp\s*án(?:\s*đúng)?|đáp\s*số|đ\/?a|đa|đ\/s|answers?|ans|correct\s*answer|key|phương án đúng|câu trả lời đúng|trả lời|kết quả)(?:\s+đúng)?(?:\s+là)?\s*[:：=–-]+\s*/iu;
const KEY_LOOSE =
  /^\s*[-–•*(=⇒→>]*\s*(?:(?:vậy\s+)?(?:chọn|khoanh)(?:\s+(?:đáp\s*án|phương án|câu|ý))?|đáp\s*án(?:\s*đúng)?(?:\s+là)?|phương án(?:\s*đúng)?(?:\s+là)?|answer|đa|đ\/a)\s*\.?\s*(?=\(?[A-H]\)?(?:[\s.,;)]|$))/u;

/** Where the key on such a line begins; null: it is no line of a key. */
export function keyLine(text: string): number | null {
  const sure = KEY_SURE.exec(text);
  if (sure !== null) return sure[0].length;
  const loose = KEY_LOOSE.exec(lowered(text));
  return loose === null ? null : loose[0].length;
}

const ARROW_KEY = /^\s*(?:[=–-]*>|⇒|→)\s*(?=\(?[A-H]\)?[\s.]*$)/u;

/** "→ B" below options: where the letter begins; null: it is something else. */
export function arrowLine(text: string): number | null {
  return ARROW_KEY.exec(text)?.[0].length ?? null;
}

/** The words small, the letter of the key as it is. */
function lowered(text: string): string {
  return text.replace(
    /^[^A-H]*?(?:CHỌN|Chọn|ĐÁP ÁN|Đáp án|Đáp Án|PHƯƠNG ÁN|Phương án|ANSWER|Answer|ĐA|Đa|Đ\/A|Vậy|VẬY|Khoanh)(?:\s+(?:ĐÁP ÁN|Đáp án|đáp án|PHƯƠNG ÁN|Phương án|ĐÚNG|đúng))?/u,
    (words) => words.toLowerCase(),
  );
}

const CHOSEN =
  /(?:chọn|đáp\s*án(?:\s+đúng)?(?:\s+là)?|choose)\s*(?:đáp\s*án|phương án|câu|ý)?\s*:?\s*\(?([A-H])\)?(?=[\s.,;)]|$)/giu;

/** The letter that an explanation ends up with ("… Chọn B."); null: none, or several. */
export function chosenIn(explanation: string): string | null {
  const letters = [...explanation.matchAll(CHOSEN)]
    .map(([, letter = '']) => letter)
    .filter((letter) => /[A-H]/.test(letter));
  const [first] = letters;
  return first !== undefined && letters.every((letter) => letter === first) ? first : null;
}
