/** Puts the feature together: the store, the pools that papers are drawn from, and the doors. */
import type { Context } from '../context.ts';
import type { Http } from '../platform/http.ts';
import { BankPools } from './pool.ts';
import { registerBanks } from './routes.ts';
import { BankStore } from './store.ts';

export interface BanksFeature {
  readonly pools: BankPools;
  close(): void;
}

export function openBanks(http: Http, context: Context): BanksFeature {
  const pools = new BankPools(context);
  registerBanks(http, context, new BankStore(context), pools);
  return { pools, close: () => pools.close() };
}
