/** All lines of a board for its file, read through the same views as its pages: from memory or from rows alike. */
import type { PeoplePage, UnitsPage } from '../contracts/leaderboards.ts';
import type { BoardViews } from './views.ts';

const EXPORT_LINES = 1_000_000;
const EXPORT_PAGE = 1000;

/** Everybody ranked, as staff see them, a page at a time. */
export async function* allPeople(views: BoardViews, board: string): AsyncGenerator<PeoplePage['lines']> {
  for (let offset = 0; offset < EXPORT_LINES; offset += EXPORT_PAGE) {
    const { lines } = await views.people(board, { offset, limit: EXPORT_PAGE }, 'staff');
    yield lines;
    if (lines.length < EXPORT_PAGE) return;
  }
}

/** Each unit with those below it, a level at a time. */
export async function* allUnits(
  views: BoardViews,
  board: string,
  parent?: string,
): AsyncGenerator<UnitsPage['lines']> {
  const below = { limit: EXPORT_LINES, ...(parent === undefined ? {} : { parent }) };
  for (const line of (await views.units(board, below, 'staff')).lines) {
    yield [line];
    if (line.hasBelow) yield* allUnits(views, board, line.id);
  }
}
