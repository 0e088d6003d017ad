/** What the contests feature is made of, and what other features may use of it. */
import type { BankPools } from '../banks/pool.ts';
import type { Context } from '../context.ts';
import { MediaStore } from '../media/media-store.ts';
import type { Units } from '../units/units.ts';
import { Checks } from './checks.ts';
import { Entries } from './entries.ts';
import { ExtraTimes } from './extra-times.ts';
import { OpenContests } from './open-contests.ts';
import { RoundsInForce } from './rounds-in-force.ts';
import { StaffStore } from './staff-store.ts';
import { ContestStore } from './store.ts';

export interface ContestParts {
  readonly context: Context;
  readonly units: Units;
  readonly pools: BankPools;
  readonly store: ContestStore;
  readonly staff: StaffStore;
  readonly checks: Checks;
  readonly media: MediaStore;
  readonly extraTimes: ExtraTimes;
  /** Published contests and rounds, in memory. */
  readonly open: OpenContests;
  /** Who entered what. */
  readonly entries: Entries;
  /** What attempts ask of contests. */
  readonly rounds: RoundsInForce;
  close(): void;
}

/** Reads what is published and follows it. */
export async function startContests(context: Context, units: Units, pools: BankPools): Promise<ContestParts> {
  const store = new ContestStore(context);
  const open = await OpenContests.start(context, store);
  const entries = new Entries(context);
  const staff = new StaffStore(context);
  return {
    context,
    units,
    pools,
    store,
    staff,
    checks: new Checks(context, pools, units),
    media: new MediaStore(context),
    extraTimes: new ExtraTimes(context),
    open,
    entries,
    rounds: new RoundsInForce(context, { open, entries, staff, pools, units }),
    close() {
      open.close();
      entries.close();
    },
  };
}
