/**
 * `npm run bench [name …] [-- --json --quick --database=sqlite --profile=folder --players=200,5000]`. Without a name: all of them, one after
 * another. The table goes to the error stream when `--json` asks for one line of figures a bench.
 */
import { parseArgs } from 'node:util';
import { type Bench, type BenchOptions, resultsOf } from './bench.ts';
import { certificates } from './certificates.ts';
import { imports } from './import.ts';
import { leaderboard } from './leaderboard.ts';
import { liveRoom } from './live-room.ts';
import { openRound } from './open-round.ts';
import { opening } from './opening.ts';
import { page } from './page.ts';
import { peopleMatching } from './people-matching.ts';
import { regrade } from './regrade.ts';
import { line, table } from './report.ts';
import { restart } from './restart.ts';
import { rush } from './rush.ts';
import { size } from './size.ts';
import { statistics } from './statistics.ts';
import { unitReport } from './unit-report.ts';

const benches: readonly Bench[] = [
  openRound,
  rush,
  opening,
  restart,
  leaderboard,
  size,
  page,
  statistics,
  regrade,
  unitReport,
  certificates,
  peopleMatching,
  imports,
  liveRoom,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    database: { type: 'string' },
    profile: { type: 'string' },
    players: { type: 'string' },
  },
});

const options: BenchOptions = {
  quick: values.quick,
  databases:
    values.database === 'sqlite' || values.database === 'postgres'
      ? [values.database]
      : ['sqlite', 'postgres'],
  profileInto: values.profile ?? null,
  players: values.players?.split(',').map(Number) ?? null,
  say: (what) => process.stderr.write(`  ${what}\n`),
};

async function main(): Promise<void> {
  const unknown = positionals.find((name) => !benches.some((bench) => bench.name === name));
  if (values.list || unknown !== undefined) {
    if (unknown !== undefined) process.exitCode = 2;
    for (const { name, about } of benches) console.log(`${name.padEnd(12)} ${about}`);
    return;
  }
  for (const bench of benches) {
    if (positionals.length > 0 && !positionals.includes(bench.name)) continue;
    for await (const result of resultsOf(bench, options)) {
      if (values.json) {
        console.error(table(bench.name, result));
        console.log(line(bench.name, result));
      } else console.log(table(bench.name, result));
    }
  }
}

await main();
