/** Signing in, registering, getting back in, one's own account. Every screen is fetched when it is opened. */
import PublicFrame from '../layouts/PublicFrame.svelte';
import { paths } from '../paths.ts';
import { type Route, route } from '../routing.ts';

export const routes: readonly Route[] = [
  route(paths.signIn(), PublicFrame, () => import('./SignInScreen.svelte')),
  route(paths.register(), PublicFrame, () => import('./RegisterScreen.svelte')),
  route(paths.recover(), PublicFrame, () => import('./RecoverScreen.svelte')),
  route(paths.firstAdmin(), PublicFrame, () => import('./FirstAdminScreen.svelte')),
  route(paths.household(), PublicFrame, () => import('./HouseholdScreen.svelte')),
  route(paths.account(), PublicFrame, () => import('./AccountScreen.svelte')),
  route(paths.details(), PublicFrame, () => import('./DetailsScreen.svelte')),
  route(paths.password(), PublicFrame, () => import('./PasswordScreen.svelte')),
  route(paths.recoveryCode(), PublicFrame, () => import('./RecoveryCodeScreen.svelte')),
  route(paths.secondFactor(), PublicFrame, () => import('./SecondFactorScreen.svelte')),
  route(paths.sessions(), PublicFrame, () => import('./SessionsScreen.svelte')),
  route(paths.ownData(), PublicFrame, () => import('./OwnDataScreen.svelte')),
  route(paths.consents(), PublicFrame, () => import('./ConsentsScreen.svelte')),
  route(paths.noLetters(), PublicFrame, () => import('./LettersScreen.svelte')),
];
