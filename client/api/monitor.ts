/** The live line of the monitor. Shapes and units: server/contracts/monitor.ts. */
import type { MonitorMessage } from '../../server/contracts/monitor.ts';
import { type Subscription, subscribe } from './socket.ts';

export type { MonitorMessage } from '../../server/contracts/monitor.ts';

export const monitor = {
  /** Calls with how things stand, at most once a second, until it is closed. */
  follow: (
    contest: string,
    onMessage: (message: MonitorMessage) => void,
    onState: (live: boolean) => void,
  ): Subscription =>
    subscribe<MonitorMessage>(
      'monitor',
      { contest },
      'monitor',
      (message) => {
        if (message.contest === contest) onMessage(message);
      },
      onState,
    ),
};
