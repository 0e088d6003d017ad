/** A citizen's addresses. The first page's screen travels with the client itself; the others are fetched when opened. */
import PublicFrame from '../layouts/PublicFrame.svelte';
import { type Route, route } from '../routing.ts';
import * as home from './HomeScreen.svelte';

export const routes: readonly Route[] = [
  route('/', PublicFrame, async () => home),
  route('/cuoc-thi/:contest', PublicFrame, () => import('./ContestScreen.svelte')),
  route('/cuoc-thi/:contest/du-thi', PublicFrame, () => import('./EntryScreen.svelte')),
  route('/cuoc-thi/:contest/tro-lai', PublicFrame, () => import('./ComeBackScreen.svelte')),
  route('/cuoc-thi/:contest/dot/:round', PublicFrame, () => import('./RoundScreen.svelte')),
  route(
    '/cuoc-thi/:contest/bang-xep-hang',
    PublicFrame,
    () => import('./leaderboard/LeaderboardScreen.svelte'),
  ),
  route('/hoc-tap', PublicFrame, () => import('./study/StudyScreen.svelte')),
  route('/hoc-tap/luyen-tap/:bank', PublicFrame, () => import('./study/PracticeScreen.svelte')),
  route('/van-ban/:document', PublicFrame, () => import('./study/DocumentScreen.svelte')),
  route('/van-ban/:document/:section', PublicFrame, () => import('./study/SectionScreen.svelte')),
  route('/cuoc-thi/:contest/doat-giai', PublicFrame, () => import('./WinnersScreen.svelte')),
  route('/tra-cuu', PublicFrame, () => import('./LookUpScreen.svelte')),
  route('/xac-minh', PublicFrame, () => import('./VerifyScreen.svelte')),
  route('/xac-minh/:code', PublicFrame, () => import('./VerifyScreen.svelte')),
  route('/luot-thi', PublicFrame, () => import('./MyAttemptsScreen.svelte')),
];
