/** CPU time for tests of what must not explode: unlike the clock on the wall it is the same on a machine that does other things too. */

/** CPU time of this process, ms since its start. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
