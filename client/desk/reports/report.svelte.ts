/** A report on the screen: what was chosen, and the page of lines that is looked at. */
import { clock } from '../../api/clock.ts';
import { Loading } from '../../api/loading.svelte.ts';
import type {
  ReportChoice,
  ReportFormat,
  ReportPreset,
  ReportReply,
  ReportSort,
  ReportSource,
} from '../../api/unit-reports.ts';
import type { UnitOption } from '../../api/units.ts';

export const pageSize = 100;
const dayMs = 86_400_000;
const aheadMs = 7 * 3_600_000;

/** 00:00 of today in Hà Nội. */
function today(): number {
  return Math.floor((clock.now() + aheadMs) / dayMs) * dayMs - aheadMs;
}

export class ReportModel {
  preset = $state<ReportPreset>('lastWeek');
  round = $state('');
  from = $state(today() - 7 * dayMs);
  to = $state(today());
  unit = $state.raw<UnitOption | null>(null);
  sort = $state<ReportSort>('tree');
  levels = $state('');
  page = $state(1);
  readonly report: Loading<ReportReply>;
  readonly #source: ReportSource;

  constructor(source: ReportSource) {
    this.#source = source;
    this.report = new Loading((signal) =>
      source.read(this.choice, { offset: (this.page - 1) * pageSize, limit: pageSize }, signal),
    );
  }

  /** Figures stand the largest first; names, trees and blocks from their beginning. */
  get choice(): ReportChoice {
    const { preset, round, from, to, unit, sort, levels } = this;
    return {
      preset,
      round,
      from,
      to,
      unit: unit?.id ?? null,
      sort,
      descending: sort !== 'tree' && sort !== 'block' && sort !== 'name',
      levels: levels === '' ? null : Number(levels),
    };
  }

  /** Whether what was chosen can be asked for. */
  get complete(): boolean {
    if (this.preset === 'round') return this.round !== '';
    return this.preset !== 'custom' || this.to > this.from;
  }

  file(format: ReportFormat): string {
    return this.#source.file(this.choice, format);
  }

  /** Something else was chosen: from its first page on. */
  again(): void {
    this.page = 1;
    if (this.complete) void this.report.load();
  }

  turn(page: number): void {
    this.page = page;
    void this.report.load();
  }
}
