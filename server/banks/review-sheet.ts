/** Questions with keys and citations on paper, for reviewers to sign: what the office keeps of an approval. */
import { gradingOf } from '../../questions/kinds/gradings.ts';
import { plainText } from '../../questions/rich-text.ts';
import { answerInWords, optionsInWords } from '../closing/answer-words.ts';
import type { Block, PrintDocument } from '../print/document.ts';
import type { QuestionRow } from './question-row.ts';
import type { BankRow } from './store.ts';

const STATUSES = { draft: 'Nháp', review: 'Chờ duyệt', approved: 'Đã duyệt', retired: 'Ngừng dùng' } as const;
const LEVELS = { 1: 'Nhận biết', 2: 'Thông hiểu', 3: 'Vận dụng' } as const;

/** `printedAt` as people read it; `total`: how many fit in all, where fewer are printed. */
export function reviewSheet(
  bank: Pick<BankRow, 'title' | 'licence'>,
  rows: readonly QuestionRow[],
  { printedAt, total }: { readonly printedAt: string; readonly total: number },
): PrintDocument {
  const cut = rows.length < total ? ` (in ${rows.length} câu đầu trong ${total} câu)` : '';
  return {
    title: `Phiếu thẩm định: ${bank.title}`,
    landscape: true,
    blocks: [
      { kind: 'title', text: 'PHIẾU THẨM ĐỊNH CÂU HỎI', subtitle: bank.title },
      {
        kind: 'text',
        text: `Số câu: ${rows.length}${cut}. In lúc ${printedAt}.`,
        align: 'center',
        italic: true,
      },
      tableOf(rows),
      { kind: 'text', text: 'Kết luận: ☐ Đồng ý sử dụng   ☐ Sửa theo ghi chú   ☐ Không sử dụng' },
      {
        kind: 'signatures',
        people: [
          { role: 'NGƯỜI BIÊN SOẠN', note: '(Ký, ghi rõ họ tên)' },
          { role: 'NGƯỜI THẨM ĐỊNH', note: '(Ký, ghi rõ họ tên)' },
          { role: 'TRƯỞNG BAN NỘI DUNG', note: '(Ký, ghi rõ họ tên)' },
        ],
      },
    ],
  };
}

function tableOf(rows: readonly QuestionRow[]): Block {
  return {
    kind: 'table',
    columns: [
      { title: 'TT', width: 1, align: 'center' },
      { title: 'Câu hỏi', width: 11 },
      { title: 'Đáp án', width: 5 },
      { title: 'Căn cứ', width: 5 },
      { title: 'Ghi chú', width: 3 },
    ],
    rows: rows.map((row, i) => [String(i + 1), questionText(row), keyText(row), citationText(row), '']),
  };
}

function questionText({ code, version, status, content }: QuestionRow): string {
  const { kind, prompt, topic, difficulty } = content;
  const plain = isRich(prompt) ? plainText : (text: string) => text;
  return [
    plain(prompt.stem),
    ...optionsInWords(kind, prompt).map(plain),
    `[${code}, bản ${version}; ${STATUSES[status]}; ${topic}; ${LEVELS[difficulty]}]`,
  ].join('\n');
}

function keyText({ content }: QuestionRow): string {
  const { kind, prompt, key, explanation } = content;
  if (key === null) return 'Chưa có đáp án';
  const shown = gradingOf(kind).reveal(prompt, key, []);
  const words = answerInWords(kind, prompt, shown).vi;
  return explanation === '' ? words : `${words}\n${explanation}`;
}

function citationText({ content: { citation } }: QuestionRow): string {
  if (citation === null) return 'Chưa có căn cứ';
  const { document, section, validity } = citation;
  return [document, section, validity === '' ? '' : `Hiệu lực: ${validity}`]
    .filter((part) => part !== '')
    .join('\n');
}

function isRich(prompt: object): boolean {
  return 'rich' in prompt && prompt.rich === true;
}
