/** `node tests/faults/kill.ts --kills 1000`: promise 1 at full size. Exit code 1 when anything acknowledged was lost. */
import { parseArgs } from 'node:util';
import { killAgainAndAgain } from './kill-run.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '1000' }, core: { type: 'boolean', default: false } },
});
const report = await killAgainAndAgain(values.core ? 'core' : 'product', Number(values.kills), (what) =>
  console.error(what),
);
console.log(JSON.stringify(report, null, 2));
if (report.lost + report.damaged + report.wrongNumbers > 0) process.exitCode = 1;
