/**
 * The columns of exported rows: one list for the files and for the data dictionary that explains them. Pure: rows come as they
 * were read, in the order of `statements.ts`.
 */
import type { Json } from '../../../questions/question.ts';

/** How a value is written: moments are ms since epoch, marks hundredths, seconds ms. */
export type ColumnKind = 'text' | 'whole' | 'moment' | 'marks' | 'seconds' | 'yes' | 'day';

export type Value = string | number | null;

export interface ExportColumn<Row> {
  readonly title: string;
  /** What it says exactly. */
  readonly about: string;
  readonly kind: ColumnKind;
  /** Says who somebody is: only where it was asked for. */
  readonly personal: boolean;
  readonly value: (row: Row) => Value;
}

export interface UnitName {
  readonly code: string;
  readonly name: string;
}

export interface RoundName {
  readonly number: number;
  readonly title: string;
}

/** Where somebody is named; null where nothing is known or it was not asked for. */
export interface PersonFields {
  readonly name: string | null;
  readonly birthDate: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly title: string | null;
  readonly address: string | null;
}

export interface AttemptRecord {
  readonly id: number;
  readonly round: RoundName;
  /** Running number of the entry. */
  readonly entry: number | null;
  readonly group: string | null;
  readonly unit: UnitName | null;
  readonly number: number;
  readonly state: number;
  readonly startedAt: number;
  readonly closedAt: number | null;
  readonly version: number | null;
  readonly counts: number | null;
  readonly marks: number | null;
  readonly rightCount: number | null;
  readonly elapsedMs: number | null;
  readonly prediction: number | null;
  readonly person: PersonFields;
}

export interface AnswerRecord {
  readonly attempt: number;
  readonly round: RoundName;
  readonly entry: number | null;
  readonly number: number;
  /** From 1, in the order shown. */
  readonly place: number;
  readonly code: string;
  readonly version: number;
  readonly kind: string;
  readonly answer: string;
  /** Of the last change, ms since the start. */
  readonly changedAfterMs: number | null;
  readonly changes: number;
  /** Null while keys are secret. */
  readonly marks: number | null;
  readonly maxMarks: number | null;
  readonly person: PersonFields;
}

export interface PersonRecord {
  readonly entry: number;
  readonly unit: UnitName | null;
  readonly group: string | null;
  readonly guest: boolean;
  readonly enteredAt: number;
  readonly attempts: number;
  readonly person: PersonFields;
}

const STATES: Readonly<Record<number, string>> = {
  1: 'đang làm',
  2: 'đã nộp',
  3: 'hết giờ',
  4: 'đã hủy',
};
const GROUPS: Readonly<Record<string, string>> = {
  official: 'cán bộ, công chức',
  citizen: 'người dân',
  student: 'học sinh, sinh viên',
  soldier: 'lực lượng vũ trang',
};
const groupOf = (group: string | null): string | null => (group === null ? null : (GROUPS[group] ?? group));

type Titled<Row> = readonly [title: string, kind: ColumnKind, about: string, value: (row: Row) => Value];

const open = <Row>([title, kind, about, value]: Titled<Row>): ExportColumn<Row> => {
  return { title, kind, about, value, personal: false };
};

/** Who it is; the same in every table. */
function personColumns<Row extends { readonly person: PersonFields }>(): ExportColumn<Row>[] {
  const list: readonly Titled<Row>[] = [
    [
      'Họ và tên',
      'text',
      'Như người đó tự khai hôm nay; trống nếu đã xóa tài khoản.',
      ({ person }) => person.name,
    ],
    ['Ngày sinh', 'day', 'Như đã khai.', ({ person }) => person.birthDate],
    ['Điện thoại', 'text', 'Số đã khai, được lưu mã hóa.', ({ person }) => person.phone],
    ['Thư điện tử', 'text', 'Địa chỉ đã khai, được lưu mã hóa.', ({ person }) => person.email],
    ['Chức vụ', 'text', 'Như đã khai.', ({ person }) => person.title],
    ['Địa chỉ', 'text', 'Như đã khai.', ({ person }) => person.address],
  ];
  return list.map((column) => ({ ...open(column), personal: true }));
}

export const attemptColumns: readonly ExportColumn<AttemptRecord>[] = [
  ...(
    [
      ['Mã lượt', 'whole', 'Số của lượt thi trong cả hệ thống; nối với bảng câu trả lời.', ({ id }) => id],
      ['Vòng', 'whole', 'Số thứ tự của vòng.', ({ round }) => round.number],
      ['Tên vòng', 'text', 'Tên vòng hôm nay.', ({ round }) => round.title],
      [
        'Số báo danh',
        'whole',
        'Số của người dự thi trong cuộc thi; nối với bảng người dự thi.',
        ({ entry }) => entry,
      ],
      ['Nhóm', 'text', 'Nhóm đối tượng đã khai khi dự thi.', ({ group }) => groupOf(group)],
      ['Mã đơn vị', 'text', 'Đơn vị lúc bắt đầu lượt thi.', ({ unit }) => unit?.code ?? null],
      ['Đơn vị', 'text', 'Tên hôm nay của đơn vị lúc bắt đầu lượt thi.', ({ unit }) => unit?.name ?? null],
      ['Lần thi', 'whole', 'Lượt thứ mấy của người đó trong vòng.', ({ number }) => number],
      [
        'Trạng thái',
        'text',
        'đang làm, đã nộp, hết giờ (máy chủ đóng), đã hủy.',
        ({ state }) => STATES[state] ?? null,
      ],
      ['Bắt đầu', 'moment', 'Theo đồng hồ máy chủ, giờ Hà Nội.', ({ startedAt }) => startedAt],
      [
        'Kết thúc',
        'moment',
        'Lúc nộp hoặc lúc máy chủ đóng; trống nếu đang làm.',
        ({ closedAt }) => closedAt,
      ],
      [
        'Thời gian làm bài (giây)',
        'seconds',
        'Không kể thời gian máy chủ gián đoạn.',
        ({ elapsedMs }) => elapsedMs,
      ],
      ['Điểm', 'marks', 'Theo bản chấm mới nhất.', ({ marks }) => marks],
      [
        'Số câu đúng',
        'whole',
        'Số câu đúng hoàn toàn, theo bản chấm mới nhất.',
        ({ rightCount }) => rightCount,
      ],
      ['Được tính', 'yes', '1: kết quả được tính; 0: đã hủy.', ({ counts }) => counts],
      ['Dự đoán', 'whole', 'Con số dự đoán; trống nếu không dự đoán.', ({ prediction }) => prediction],
      ['Bản chấm', 'whole', '0: chấm lần đầu; mỗi lần chấm lại hoặc hủy thêm một.', ({ version }) => version],
    ] satisfies readonly Titled<AttemptRecord>[]
  ).map(open),
  ...personColumns<AttemptRecord>(),
];

export const answerColumns: readonly ExportColumn<AnswerRecord>[] = [
  ...(
    [
      ['Mã lượt', 'whole', 'Nối với bảng lượt thi.', ({ attempt }) => attempt],
      ['Vòng', 'whole', 'Số thứ tự của vòng.', ({ round }) => round.number],
      ['Số báo danh', 'whole', 'Số của người dự thi trong cuộc thi.', ({ entry }) => entry],
      ['Lần thi', 'whole', 'Lượt thứ mấy của người đó trong vòng.', ({ number }) => number],
      ['Câu', 'whole', 'Thứ tự của câu trên đề của lượt thi đó.', ({ place }) => place],
      ['Mã câu hỏi', 'text', 'Mã trong ngân hàng câu hỏi.', ({ code }) => code],
      ['Bản câu hỏi', 'whole', 'Bản của câu hỏi đã ra trong đề.', ({ version }) => version],
      ['Dạng', 'text', 'Dạng câu hỏi, như trong tệp JSON của ngân hàng.', ({ kind }) => kind],
      [
        'Trả lời',
        'text',
        'Câu chọn: chữ cái của phương án theo thứ tự trong ngân hàng, không theo thứ tự đã đảo; đúng/sai: Đ, S; dạng khác: như đã trả lời. Trống: bỏ trống.',
        ({ answer }) => answer,
      ],
      [
        'Đổi lần cuối sau (giây)',
        'seconds',
        'Từ lúc bắt đầu đến lần đổi cuối của câu.',
        ({ changedAfterMs }) => changedAfterMs,
      ],
      ['Số lần đổi', 'whole', 'Số lần câu trả lời được đổi; 0: chưa trả lời.', ({ changes }) => changes],
      [
        'Điểm câu',
        'marks',
        'Theo đáp án hôm nay; trống khi vòng chưa chốt vì đáp án còn mật.',
        ({ marks }) => marks,
      ],
      ['Điểm tối đa', 'marks', 'Trống khi vòng chưa chốt.', ({ maxMarks }) => maxMarks],
    ] satisfies readonly Titled<AnswerRecord>[]
  ).map(open),
  ...personColumns<AnswerRecord>(),
];

export const peopleColumns: readonly ExportColumn<PersonRecord>[] = [
  ...(
    [
      ['Số báo danh', 'whole', 'Số của người dự thi trong cuộc thi.', ({ entry }) => entry],
      ['Nhóm', 'text', 'Nhóm đối tượng đã khai khi dự thi.', ({ group }) => groupOf(group)],
      ['Mã đơn vị', 'text', 'Đơn vị đã khai khi dự thi.', ({ unit }) => unit?.code ?? null],
      ['Đơn vị', 'text', 'Tên hôm nay của đơn vị đó.', ({ unit }) => unit?.name ?? null],
      ['Khách', 'yes', '1: dự thi không cần tài khoản.', ({ guest }) => Number(guest)],
      ['Ghi danh lúc', 'moment', 'Theo đồng hồ máy chủ, giờ Hà Nội.', ({ enteredAt }) => enteredAt],
      [
        'Số lượt thi',
        'whole',
        'Mọi lượt của cuộc thi, kể cả đang làm và đã hủy.',
        ({ attempts }) => attempts,
      ],
    ] satisfies readonly Titled<PersonRecord>[]
  ).map(open),
  ...personColumns<PersonRecord>(),
];

/** What somebody answered, as one text. `order`: shown position → place in the bank; empty: as it was written. */
export function answerText(kind: string, answer: Json | null, order: readonly number[]): string {
  if (answer === null) return '';
  if (kind === 'choice' && Array.isArray(answer)) return lettersOf(answer, order);
  if (typeof answer === 'boolean') return answer ? 'Đ' : 'S';
  if (typeof answer === 'string') return answer;
  return typeof answer === 'number' ? String(answer) : JSON.stringify(answer);
}

function lettersOf(chosen: readonly Json[], order: readonly number[]): string {
  return chosen
    .flatMap((shown) =>
      typeof shown === 'number' ? (order.length === 0 ? shown : (order[shown] ?? [])) : [],
    )
    .sort((a, b) => a - b)
    .map((option) => String.fromCharCode(65 + option))
    .join('');
}

export interface AuditRecord {
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly actorName: string | null;
  readonly action: string;
  readonly subject: string;
  readonly reason: string | null;
  readonly details: string | null;
  readonly address: string | null;
  readonly hash: string;
}

export const auditColumns: readonly ExportColumn<AuditRecord>[] = (
  [
    ['Số', 'whole', 'Số thứ tự, không có chỗ trống.', ({ seq }) => seq],
    ['Lúc', 'moment', 'Theo đồng hồ máy chủ, giờ Hà Nội.', ({ at }) => at],
    ['Mã người', 'text', 'Mã của người làm; system: máy chủ tự làm.', ({ actor }) => actor],
    ['Người', 'text', 'Tên hôm nay của người đó; trống nếu đã xóa tài khoản.', ({ actorName }) => actorName],
    ['Việc', 'text', 'Tên việc, như trong API.', ({ action }) => action],
    ['Đối tượng', 'text', 'Việc được làm với cái gì.', ({ subject }) => subject],
    ['Lý do', 'text', 'Như người làm đã ghi.', ({ reason }) => reason],
    ['Chi tiết', 'text', 'JSON.', ({ details }) => details],
    ['Địa chỉ mạng', 'text', 'Nơi yêu cầu được gửi đến.', ({ address }) => address],
    ['Mã xích', 'text', 'Mã có khóa, tính cả dòng trước: sửa hay bỏ một dòng sẽ lộ ra.', ({ hash }) => hash],
  ] satisfies readonly Titled<AuditRecord>[]
).map(open);
