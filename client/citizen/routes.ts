/** A citizen's addresses. The first page's screen travels with the client itself; the others are fetched when opened. */
import PublicFrame from '../layouts/PublicFrame.svelte';
import { type Route, route } from '../routing.ts';
import * as contestList from './ContestListScreen.svelte';

export const routes: readonly Route[] = [route('/', PublicFrame, async () => contestList)];
