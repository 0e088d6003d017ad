/** Addresses of the desk, whole (`/ban-lam-viec/…`); this file and everything behind it is fetched by staff only. */
import type { Route } from '../routing.ts';

export const routes: readonly Route[] = [];
