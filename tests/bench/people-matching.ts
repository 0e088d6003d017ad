/**
 * Half a million entrants of whom one in a hundred entered twice: how long organisers wait for the queue of possible duplicates
 * and its pages; and a roster of 50,000 lines matched with them.
 */
import type { Bench, BenchOptions, Figures } from './bench.ts';
import { rounded } from './bench.ts';
import { BenchDesk, type Watched } from './desk.ts';
import { describeEntrants, rosterFile } from './entrants.ts';
import { openPlace } from './place.ts';
import { seed } from './seed.ts';

const FULL = { people: 500_000, lines: 50_000, units: 1000 };
const QUICK = { people: 5000, lines: 500, units: 100 };
const ADMIN = 1;
const PAGE = 20;
const ROSTER = '00000000-0000-7000-8000-0000000be4c4';
const STALL_MS = 50;

/** The slowest page of a list: its first, one in the middle, its last. */
async function slowestPage(desk: BenchDesk, path: string, total: number): Promise<number> {
  let slowest = 0;
  for (const offset of [0, Math.floor(total / 2), Math.max(0, total - PAGE)]) {
    const from = performance.now();
    await desk.ask('GET', `${path}${path.includes('?') ? '&' : '?'}offset=${offset}`);
    slowest = Math.max(slowest, performance.now() - from);
  }
  return slowest;
}

async function measure(
  desk: BenchDesk,
  contest: string,
  { people, lines }: typeof FULL,
  { say }: BenchOptions,
): Promise<Figures> {
  const door = `/api/desk/contests/${contest}`;
  // What a server does for the first time, it compiles first.
  const few = rosterFile(20, 20).toString('base64');
  const warm = { id: ROSTER, title: 'Thử', unit: null, name: 'thu.csv', dryRun: true, dataBase64: few };
  await desk.ask('POST', `${door}/rosters/import`, warm);
  await desk.ask('GET', `${door}/duplicates`);
  say('looking for duplicates');
  const scan = await desk.watched(() => desk.ask('POST', `${door}/duplicates/scan`, {}));
  const { total } = await desk.ask('GET', `${door}/duplicates`);
  const duplicatePageMs = await slowestPage(desk, `${door}/duplicates`, total);
  say(`a roster of ${lines} lines`);
  const body = {
    ...{ id: ROSTER, title: 'Danh sách', unit: null, name: 'danh-sach.csv', dryRun: false },
    dataBase64: rosterFile(lines, people).toString('base64'),
  };
  const imported = await desk.watched(() => desk.ask('POST', `${door}/rosters/import`, body));
  say('matching it');
  const match = await desk.watched(() => desk.ask('POST', `${door}/rosters/${ROSTER}/match`, {}));
  const doubts = await desk.ask('GET', `${door}/rosters/${ROSTER}?show=doubts`);
  const rosterPageMs = await slowestPage(desk, `${door}/rosters/${ROSTER}?show=doubts`, doubts.total);
  const of = (name: string, { seconds, stallMs, grownMb }: Watched<unknown>): Figures => ({
    [`${name}_s`]: rounded(seconds),
    [`${name}_stall_ms`]: rounded(stallMs),
    [`${name}_grown_mb`]: rounded(grownMb),
  });
  return {
    ...of('duplicates', scan),
    duplicates: scan.result.found,
    duplicates_page_ms: rounded(duplicatePageMs),
    ...of('roster', imported),
    ...of('match', match),
    bound: match.result.bound,
    suggested: match.result.suggested,
    doubts: doubts.total,
    roster_page_ms: rounded(rosterPageMs),
    memory_mb: rounded(Math.max(scan.mostMb, imported.mostMb, match.mostMb)),
  };
}

export const peopleMatching: Bench = {
  name: 'people-matching',
  about: 'possible duplicates among 500,000 entrants, and a roster of 50,000 lines matched with them',
  async run(options) {
    const size = options.quick ? QUICK : FULL;
    const place = await openPlace('sqlite');
    try {
      const location = await place.database('people');
      options.say(`seeding ${size.people} entrants`);
      const seeded = await seed(location, { people: size.people, units: size.units });
      describeEntrants(location, seeded.contest.id, size.people);
      const desk = await BenchDesk.open(location, place.folder, ADMIN);
      try {
        const figures = await measure(desk, seeded.contest.uid, size, options);
        return {
          figures: { people: size.people, lines: size.lines, ...figures },
          goals: {
            duplicates_stall_ms: { atMost: STALL_MS },
            duplicates_page_ms: { atMost: 2000 },
            roster_stall_ms: { atMost: STALL_MS },
            match_stall_ms: { atMost: STALL_MS },
            roster_page_ms: { atMost: 2000 },
            duplicates: { atLeast: size.people / 100 },
            bound: { atLeast: size.lines * 0.7 },
          },
          notes: [
            'asked of the running product over HTTP; while somebody waits, the desk shows how far it is',
          ],
        };
      } finally {
        await desk.close();
      }
    } finally {
      await place.remove();
    }
  },
};
