/** Puts the feature together: the store, the pools that papers are drawn from, and the doors. */
import type { Context } from '../context.ts';
import { MediaStore } from '../media/media-store.ts';
import type { Http } from '../platform/http.ts';
import { registerExports } from './exporting/routes.ts';
import { BankGate } from './gate.ts';
import { Imports } from './importing/imports.ts';
import { registerImports } from './importing/routes.ts';
import { registerLibrary } from './library-routes.ts';
import { registerPeople } from './people-routes.ts';
import { BankPools } from './pool.ts';
import { QuestionDesk } from './question-desk.ts';
import { registerBanks } from './routes.ts';
import { BankStaff } from './staff.ts';
import { BankStore } from './store.ts';
import { registerTalk } from './talk-routes.ts';
import { registerWork } from './work-routes.ts';

export interface BanksFeature {
  readonly pools: BankPools;
  readonly gate: BankGate;
  close(): Promise<void>;
}

export function openBanks(http: Http, context: Context): BanksFeature {
  const pools = new BankPools(context);
  const store = new BankStore(context);
  const media = new MediaStore(context);
  const imports = new Imports(context, store, pools, media);
  const gate = new BankGate(store, new BankStaff(context));
  const desk = new QuestionDesk(context, store, gate.staff);
  const doors = { http, context, gate, pools, desk };
  registerBanks(doors);
  registerWork(doors);
  registerLibrary(doors, media);
  registerPeople(http, context, gate);
  registerTalk(http, context, gate);
  registerExports(http, context, gate);
  registerImports({ http, context, gate, imports });
  return {
    pools,
    gate,
    async close() {
      await imports.close();
      pools.close();
    },
  };
}
