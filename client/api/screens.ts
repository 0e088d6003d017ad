/** What the server reads of a build's screens, for the plugin that writes it. */
export type { ScreenAt } from '../../server/contracts/screens.ts';
