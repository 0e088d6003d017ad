/** What of a contest's leaderboards is looked at, as it stands in the address: to be sent to somebody as it is. Pure. */
import type { ContestPage } from '../../api/contests.ts';
import type { Board, Metric } from '../../api/leaderboards.ts';

/** Lines on a page; the server's first pages, which come over the live line, have as many. */
export const pageSize = 50;

export interface Selection {
  readonly board: Board;
  /** Its number; null: the rounds added up. */
  readonly round: number | null;
  readonly view: 'people' | 'units';
  /** From 1. */
  readonly page: number;
  /** People: only of this unit. Units: those right below it. */
  readonly unit: string | null;
  /** null: the contest's own measure. */
  readonly metric: Metric | null;
  readonly search: string;
}

const metrics: readonly Metric[] = ['entrants', 'attempts', 'rate', 'average'];

/** What the address asks for, brought to what the contest has; null while it has no board. */
export function selectionOf(contest: ContestPage, query: URLSearchParams): Selection | null {
  const round = chosenRound(contest, query.get('vong'));
  if (round === undefined) return null;
  const page = Number(query.get('trang') ?? '1');
  return {
    board: round === null ? `contest-${contest.id}` : `round-${round.id}`,
    round: round?.number ?? null,
    view: query.get('xem') === 'don-vi' ? 'units' : 'people',
    page: Number.isInteger(page) && page > 0 ? page : 1,
    unit: query.get('don-vi'),
    metric: metrics.find((metric) => metric === query.get('theo')) ?? null,
    search: query.get('tim')?.trim() ?? '',
  };
}

/** Rounds that have something to show. */
export function startedRounds(contest: Pick<ContestPage, 'rounds'>): ContestPage['rounds'] {
  return contest.rounds.filter(({ state }) => state !== 'soon');
}

/** null: the rounds added up. Without a wish: the round that is open, the board of all when it is over, the last round. */
function chosenRound(
  contest: ContestPage,
  wish: string | null,
): ContestPage['rounds'][number] | null | undefined {
  const rounds = startedRounds(contest);
  const wished = rounds.find(({ number }) => String(number) === wish);
  if (wished !== undefined) return wished;
  if (rounds.length === 0) return undefined;
  const mayAddUp = contest.overall && contest.rounds.length > 1;
  if (wish === 'chung' && mayAddUp) return null;
  const open = rounds.find(({ state }) => state === 'open');
  if (open !== undefined) return open;
  return mayAddUp ? null : rounds[rounds.length - 1];
}

/** Whether it shows just what the live line brings. */
export function isFirstPage(selection: Selection): boolean {
  const { page, unit, metric, search } = selection;
  return page === 1 && unit === null && metric === null && search === '';
}
