/** Notifications in this browser: whether it can, whether it does, turning them on (agreeing) and off. */
import { privacy } from '../api/privacy.ts';
import { locale } from '../messages/locale.svelte.ts';
import { canPush, dropPush, pushSubscription, registerPush } from '../worker/push.ts';

/** Version of the text that is agreed to (`consentTexts.pushText`). */
const version = 1;

export type PushState = 'unknown' | 'missing' | 'denied' | 'off' | 'on';

export class PushModel {
  state = $state<PushState>('unknown');
  busy = $state(false);
  failed = $state(false);

  async look(): Promise<void> {
    if (!canPush()) this.state = 'missing';
    else if (Notification.permission === 'denied') this.state = 'denied';
    else this.state = (await pushSubscription()) === null ? 'off' : 'on';
  }

  /** Asks the browser, which asks its owner; then tells the server. */
  async turnOn(): Promise<void> {
    await this.#busy(async () => {
      const permission = await Notification.requestPermission();
      if (permission !== 'granted') return;
      const { key } = await privacy.pushKey();
      const { endpoint, keys } = (await registerPush(key)).toJSON();
      const { p256dh, auth } = keys ?? {};
      if (endpoint === undefined || p256dh === undefined || auth === undefined)
        throw new TypeError('no keys');
      await privacy.subscribePush({ endpoint, keys: { p256dh, auth }, locale: locale(), version });
    });
  }

  async turnOff(): Promise<void> {
    await this.#busy(async () => {
      const subscription = await pushSubscription();
      if (subscription !== null) await privacy.unsubscribePush(subscription.endpoint);
      await dropPush();
    });
  }

  async #busy(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.failed = false;
    try {
      await work();
    } catch {
      // The browser's push service, or the server, does not answer: said under the switch.
      this.failed = true;
    } finally {
      await this.look();
      this.busy = false;
    }
  }
}
