/** A dossier on paper: facts, place, and a table of every answer. Pure. */
import { formatDay } from '../contests/time-rules.ts';
import type { Dossier, DossierQuestion } from '../contracts/dossier.ts';
import type { Block, PrintDocument } from '../print/document.ts';
import { durationOf, momentOf, viNumber } from './word-rules.ts';

const STATES = {
  open: 'Đang làm',
  submitted: 'Đã nộp',
  timedOut: 'Hết giờ, hệ thống thu bài',
  annulled: 'Bị hủy kết quả',
} as const;

const text = (line: string): Block => ({ kind: 'text', text: line, align: 'left' });
const marks = (hundredths: number | null): string => (hundredths === null ? '–' : viNumber(hundredths / 100));

export function dossierOnPaper(dossier: Dossier, now: number): PrintDocument {
  const { contest, round, name, number } = dossier;
  return {
    title: `Hồ sơ lượt thi – ${name}`,
    blocks: [
      { kind: 'title', text: 'HỒ SƠ LƯỢT THI', subtitle: `${round.title} – ${contest.title}` },
      {
        kind: 'table',
        columns: [
          { title: 'Mục', width: 3 },
          { title: 'Nội dung', width: 7 },
        ],
        rows: factRows(dossier),
      },
      ...section('Gián đoạn và thời gian bù', dossier.interruptions, 'Không có.'),
      ...placeBlocks(dossier),
      { kind: 'heading', text: 'Bài làm' },
      answers(dossier.questions),
      ...changes(dossier.questions),
      text(
        `Trích xuất lúc ${momentOf(now)}; thí sinh ${name}${number === null ? '' : `, số dự thi ${number}`}.`,
      ),
    ],
  };
}

function factRows(dossier: Dossier): string[][] {
  const { closedAt, elapsedMs, prediction, predictionTruth, versions } = dossier;
  const earlier = versions.slice(0, -1);
  return [
    ['Thí sinh', dossier.name + (dossier.number === null ? '' : ` (số dự thi ${dossier.number})`)],
    ['Đơn vị', dossier.unit ?? '–'],
    ['Lượt thi', `${dossier.attempt}, mã tra cứu ${dossier.code ?? '–'}`],
    ['Tình trạng', STATES[dossier.state]],
    ['Bắt đầu', momentOf(dossier.startedAt)],
    ['Hạn nộp (đã gồm thời gian bù)', momentOf(dossier.deadline)],
    ['Kết thúc', closedAt === null ? '–' : momentOf(closedAt)],
    ['Thời gian làm bài', elapsedMs === null ? '–' : durationOf(elapsedMs).vi],
    ['Điểm', `${marks(dossier.marks)} trên ${marks(dossier.maxMarks)}`],
    ...(prediction === null
      ? []
      : [
          [
            'Dự đoán',
            `${viNumber(prediction)}${predictionTruth === null ? '' : ` (kết quả: ${viNumber(predictionTruth)})`}`,
          ],
        ]),
    ...(earlier.length === 0
      ? []
      : [['Điểm trước khi chấm lại', earlier.map((one) => marks(one.marks)).join(' → ')]]),
  ];
}

function section(title: string, lines: readonly { readonly vi: string }[], none: string): Block[] {
  return [
    { kind: 'heading', text: title },
    ...(lines.length === 0 ? [text(none)] : lines.map(({ vi }) => text(`- ${vi}`))),
  ];
}

function placeBlocks({ place }: Dossier): Block[] {
  if (place === null) return section('Thứ hạng', [], 'Lượt thi này không phải lượt được tính xếp hạng.');
  const lines = [place.above?.why, place.below?.why].filter((why) => why !== undefined);
  return [
    { kind: 'heading', text: 'Thứ hạng' },
    text(`Hạng ${viNumber(place.rank)} trên ${viNumber(place.of)} người.`),
    ...lines.map(({ vi }) => text(`- ${vi}`)),
  ];
}

function answers(questions: readonly DossierQuestion[]): Block {
  return {
    kind: 'table',
    columns: [
      { title: 'Câu', width: 1.1, align: 'center' },
      { title: 'Nội dung và phương án trên đề', width: 6.4 },
      { title: 'Trả lời', width: 2 },
      { title: 'Đáp án', width: 2 },
      { title: 'Điểm', width: 1.1, align: 'center' },
      { title: 'Sửa lần cuối', width: 2 },
      { title: 'Số lần sửa', width: 1.1, align: 'center' },
    ],
    rows: questions.map((one) => [
      String(one.number),
      [one.stem, ...one.options].join('\n'),
      one.answer.vi,
      one.key?.vi ?? '–',
      marks(one.marks),
      one.changedAt === null ? '–' : clockOf(one.changedAt),
      String(one.changes),
    ]),
  };
}

/** "08:00:12" on the day of the attempt; tenths are kept. */
function clockOf(at: number): string {
  const [time = '', day = ''] = momentOf(at).split(' ');
  return `${time}\n${day}`;
}

function changes(questions: readonly DossierQuestion[]): Block[] {
  const ruled = questions.filter(({ rulings }) => rulings.length > 0);
  if (ruled.length === 0) return [];
  return [
    { kind: 'heading', text: 'Điều chỉnh câu hỏi sau khi thi' },
    ...ruled.flatMap(({ number, rulings }) => rulings.map(({ vi }) => text(`- Câu ${number}: ${vi}`))),
  ];
}

/** "ho-so-20220801.pdf" */
export function dossierFileName(dossier: Dossier): string {
  return `ho-so-luot-thi-${formatDay(dossier.startedAt).split('/').reverse().join('')}.pdf`;
}
