/** What leaves of a report on the page. */
import type { ReportLine, ReportReply } from '../contracts/unit-reports.ts';
import { periodText } from './period-rules.ts';
import { type Line, type LineOrder, largestOf, linesIn, type Report } from './report-rules.ts';

const LARGEST = 12;
const DAY_MS = 86_400_000;
const AHEAD_MS = 7 * 3_600_000;

export function presentReport(
  report: Report,
  order: LineOrder,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): ReportReply {
  const { contest, at, period, root, total, units, days } = report;
  const lines = linesIn(report, order);
  const { from, to } = period;
  return {
    contest: { id: contest.uid, title: contest.title },
    at,
    period: { from, to, text: periodText(period) },
    before: period.before === null ? null : presentBefore(report),
    round: period.round === null ? null : { id: period.round.uid, title: period.round.title },
    unit: root === null ? null : { id: root.unit.uid, name: root.unit.name },
    total: presentLine(total),
    lines: lines.slice(offset, offset + limit).map(presentLine),
    count: lines.length,
    silent: units.filter(({ people }) => people === 0).length,
    units: units.length,
    days: days.map(({ day, attempts, people }) => ({ at: day * DAY_MS - AHEAD_MS, attempts, people })),
    largest: largestOf(report, LARGEST).map(({ name, people, rate }) => ({ name, people, rate })),
  };
}

/** The time before; of a round only that there is one, since the window of its results has no ends. */
function presentBefore({ period }: Report): ReportReply['before'] {
  const { before } = period;
  if (before === null) return null;
  if (period.round !== null) return { from: 0, to: 0, text: '' };
  return { from: before.from, to: before.to, text: periodText(before) };
}

function presentLine(line: Line): ReportLine {
  const { kind, unit, name, block, level, hasBelow, people, attempts, headcount } = line;
  const { rate, average, fullShare, before } = line;
  return {
    kind,
    id: unit?.unit.uid ?? null,
    name,
    code: unit?.unit.code ?? null,
    block,
    level,
    hasBelow,
    people,
    attempts,
    headcount,
    rate,
    average,
    fullShare,
    before: before === null ? null : { ...before },
  };
}
