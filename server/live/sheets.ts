/** Reports as files that open in Excel. */
import type { LiveReport, LiveTally } from '../contracts/live.ts';
import type { Sheet } from '../leaderboards/export.ts';

async function* once<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows;
}

export function questionsSheet(title: string, { questions }: LiveReport): Sheet {
  return {
    title,
    headings: [
      ...['STT', 'Phần thi', 'Câu', 'Dạng', 'Nội dung', 'Được hỏi', 'Trả lời', 'Đúng hoàn toàn'],
      ...['Tỷ lệ đúng trung bình', 'Thời gian trung bình (giây)', 'Phân bố câu trả lời', 'Hủy vì'],
    ],
    widths: [6, 24, 6, 14, 60, 10, 10, 14, 20, 24, 48, 30],
    pages: once(
      questions.map((one, i) => [
        ...[i + 1, one.stage, one.number, one.kind, one.stem, one.asked, one.answered, one.right],
        one.meanShare ?? '',
        one.meanMs === null ? '' : one.meanMs / 1000,
        one.tally === null ? '' : tallyText(one.tally),
        one.voided ?? '',
      ]),
    ),
  };
}

function tallyText(tally: LiveTally): string {
  if (tally.type === 'options')
    return tally.counts.map((count, i) => `${String.fromCharCode(65 + i)}: ${count}`).join('; ');
  return tally.lines.map(({ text, count, share }) => `${text}: ${count}${markText(share)}`).join('; ');
}

function markText(share: number | undefined): string {
  if (share === undefined || share === 0) return '';
  return share === 1 ? ' (đúng)' : ' (đúng một phần)';
}

export function playersSheet(title: string, { players }: LiveReport): Sheet {
  return {
    title,
    headings: [
      ...['Hạng', 'Số', 'Họ và tên', 'Đội', 'Điểm', 'Điểm điều chỉnh', 'Số câu trả lời', 'Số câu đúng'],
      ...['Thời gian trung bình (giây)', 'Ghi chú'],
    ],
    widths: [8, 8, 36, 28, 10, 16, 16, 14, 24, 24],
    pages: once(
      players.map((one) => [
        one.rank === 0 ? '' : one.rank,
        ...[one.number, one.name, one.team ?? '', one.points, one.adjusted, one.answered, one.right],
        one.meanMs === null ? '' : one.meanMs / 1000,
        one.removed ? 'đã rời phòng' : one.simulated ? 'người chơi thử' : '',
      ]),
    ),
  };
}
