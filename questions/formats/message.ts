/** What a reader has to say about a place of a file, in both languages, with a code that stays the same between releases. */

/** Where something stands in a file. All counts start at 1. */
export type Place =
  | { readonly line: number; readonly column?: number }
  | { readonly sheet: string; readonly row: number; readonly column?: string }
  | { readonly paragraph: number };

/** `note`: nothing to do; `warning`: look at it; `error`: cannot go in as it is. */
export type Severity = 'note' | 'warning' | 'error';

export interface Message {
  /** Stable name, e.g. "key-missing". */
  readonly code: string;
  readonly severity: Severity;
  readonly vi: string;
  readonly en: string;
  readonly place: Place;
}

/** What is said, without where. Formats keep theirs in their own folder. */
export interface Saying {
  readonly code: string;
  readonly vi: string;
  readonly en: string;
}

/** Sayings that every format needs. */
export const sayings = {
  keyMissing: {
    code: 'key-missing',
    vi: 'Tệp không cho biết đáp án; hãy điền đáp án.',
    en: 'The file gives no key; please add it.',
  },
  nothingFound: {
    code: 'nothing-found',
    vi: 'Không tìm thấy câu hỏi nào trong tệp.',
    en: 'No question was found in the file.',
  },
  tooLarge: (mb: number): Saying => ({
    code: 'too-large',
    vi: `Tệp lớn quá ${mb} MB; hãy chia thành nhiều tệp.`,
    en: `The file is larger than ${mb} MB; please split it.`,
  }),
  bytesUnreadable: (count: number): Saying => ({
    code: 'bytes-unreadable',
    vi: `${count} chỗ trong tệp không đọc được thành chữ và được thay bằng dấu �.`,
    en: `${count} places of the file are no text and were replaced by �.`,
  }),
  legacyText: (encoding: 'tcvn3' | 'vni'): Saying => ({
    code: 'legacy-text',
    vi: `Chữ trong tệp theo bảng mã ${encoding.toUpperCase()} và đã được chuyển sang Unicode.`,
    en: `The letters were in the old encoding ${encoding.toUpperCase()} and were turned into Unicode.`,
  }),
  kindUnknown: (kind: string): Saying => ({
    code: 'kind-unknown',
    vi: `Chưa hỗ trợ dạng câu hỏi "${kind}"; câu được giữ nguyên ở mục chờ xử lý.`,
    en: `Questions of the kind "${kind}" cannot be carried; the text is kept in quarantine.`,
  }),
  tooManyParts: {
    code: 'too-many-parts',
    vi: 'Câu hỏi có quá nhiều phương án hoặc ý.',
    en: 'The question has far too many options or parts.',
  },
  readerFailed: {
    code: 'reader-failed',
    vi: 'Không hiểu được khối này; khối được giữ nguyên ở mục chờ xử lý.',
    en: 'This block could not be understood; it is kept in quarantine.',
  },
  feedbackJoined: {
    code: 'feedback-joined',
    vi: 'Phản hồi của từng phương án được ghép vào phần giải thích.',
    en: 'The feedback of single options was joined to the explanation.',
  },
  imageMissing: (name: string): Saying => ({
    code: 'image-missing',
    vi: `Không có ảnh "${name}" trong tệp; hãy bổ sung ảnh.`,
    en: `The picture "${name}" is not in the file; please add it.`,
  }),
  imageRemote: (address: string): Saying => ({
    code: 'image-remote',
    vi: `Ảnh nằm ở địa chỉ ngoài và không được tải về: ${address}`,
    en: `The picture is at an outside address and is not fetched: ${address}`,
  }),
  mediaRefused: (name: string): Saying => ({
    code: 'media-refused',
    vi: `Không nhận tệp đính kèm "${name}": chỉ nhận ảnh PNG, JPEG, GIF, WebP.`,
    en: `The attachment "${name}" is not taken: only PNG, JPEG, GIF and WebP pictures are.`,
  }),
  contentDropped: (what: string): Saying => ({
    code: 'content-dropped',
    vi: `Bỏ nội dung không hiển thị được: ${what}.`,
    en: `Content that cannot be shown was left out: ${what}.`,
  }),
} as const;
