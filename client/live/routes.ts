/** Pages of live contests that stand by themselves; fetched when somebody goes to one. Building stands at the desk. */
import BareFrame from '../layouts/BareFrame.svelte';
import { type Route, route } from '../routing.ts';

export const routes: readonly Route[] = [
  route('/vao', BareFrame, () => import('./play/PinScreen.svelte')),
  route('/vao/:pin', BareFrame, () => import('./play/JoinScreen.svelte')),
  route('/choi/:live', BareFrame, () => import('./play/PlayScreen.svelte')),
  route('/dieu-khien/:live', BareFrame, () => import('./host/HostScreen.svelte')),
  route('/man-chieu/:live', BareFrame, () => import('./screen/HallScreen.svelte')),
];
