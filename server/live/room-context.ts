/** What live play takes of the house. */
import type { Context } from '../context.ts';

export type RoomContext = Pick<
  Context,
  'database' | 'keys' | 'announcer' | 'clock' | 'log' | 'secrets' | 'config'
>;
