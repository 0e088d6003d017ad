/** Taking an attempt, its result, and a result that somebody shared. */
import BareFrame from '../layouts/BareFrame.svelte';
import PublicFrame from '../layouts/PublicFrame.svelte';
import { type Route, route } from '../routing.ts';

export const routes: readonly Route[] = [
  route('/luot-thi/:attempt', BareFrame, () => import('./AttemptScreen.svelte')),
  route('/luot-thi/:attempt/ket-qua', PublicFrame, () => import('./ResultScreen.svelte')),
  route('/luot-thi/:attempt/ho-so', PublicFrame, () => import('./DossierScreen.svelte')),
  route('/ket-qua/:share', PublicFrame, () => import('./SharedResultScreen.svelte')),
];
