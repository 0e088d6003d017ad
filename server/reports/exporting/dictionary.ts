/** What every column of every exported file means: made from the same lists that write the files. */
import type { DataDictionary } from '../../contracts/exports.ts';
import { reportColumns } from '../report-columns.ts';
import { answerColumns, attemptColumns, auditColumns, type ExportColumn, peopleColumns } from './columns.ts';

type Table = DataDictionary['tables'][number];

function table<Row>(
  of: string,
  name: Table['name'],
  about: Table['about'],
  columns: readonly Pick<ExportColumn<Row>, 'title' | 'about' | 'kind' | 'personal'>[],
): Table {
  return {
    of,
    name,
    about,
    columns: columns.map(({ title, about: meaning, kind, personal }) => ({
      title,
      about: meaning,
      kind,
      personal,
    })),
  };
}

export const dataDictionary: DataDictionary = {
  tables: [
    {
      ...table(
        'report',
        { vi: 'Báo cáo theo đơn vị', en: 'Report by unit' },
        { vi: 'Mỗi dòng là một đơn vị trong một kỳ.', en: 'A row is a unit in a period.' },
        reportColumns.map(({ title, about, format }) => ({
          title,
          about,
          kind: format === null ? ('text' as const) : ('whole' as const),
          personal: false,
        })),
      ),
    },
    table(
      'attempts',
      { vi: 'Lượt thi', en: 'Attempts' },
      {
        vi: 'Mỗi dòng là một lượt thi, kể cả lượt đang làm và đã hủy.',
        en: 'A row is an attempt, also one under way or annulled.',
      },
      attemptColumns,
    ),
    table(
      'answers',
      { vi: 'Câu trả lời', en: 'Answers' },
      {
        vi: 'Mỗi dòng là một câu trên đề của một lượt thi đã kết thúc.',
        en: 'A row is a question on the paper of an attempt that has ended.',
      },
      answerColumns,
    ),
    table(
      'people',
      { vi: 'Người dự thi', en: 'People' },
      { vi: 'Mỗi dòng là một người đã ghi danh dự thi.', en: 'A row is somebody who entered the contest.' },
      peopleColumns,
    ),
    table(
      'audit',
      { vi: 'Nhật ký hệ thống', en: 'Audit log' },
      { vi: 'Mỗi dòng là một việc quản lý đã làm.', en: 'A row is something that staff did.' },
      auditColumns,
    ),
  ],
};
