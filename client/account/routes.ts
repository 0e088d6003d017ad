/** Signing in, registering, one's own data. */
import type { Route } from '../routing.ts';

export const routes: readonly Route[] = [];
