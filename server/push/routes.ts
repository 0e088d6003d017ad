/** Doors of pushes: the key that browsers subscribe with, agreeing in one browser, and taking it back there. */
import { deviceLabel } from '../accounts/device-rules.ts';
import type { Context } from '../context.ts';
import { PushKey, PushReply, SubscribePush, UnsubscribePush } from '../contracts/reach.ts';
import { identityOf } from '../platform/access.ts';
import type { Http } from '../platform/http.ts';
import { Limit } from '../platform/limits.ts';
import type { Pushes } from './push.ts';

const tags = ['me'];
const person = { access: 'person' as const };

export function registerPushDoors(http: Http, { clock, config }: Context, pushes: Pushes): void {
  const limit = new Limit(20 * config.limitFactor, 10 * config.limitFactor);
  http.get(
    '/api/push',
    {
      config: { access: 'public' as const },
      schema: { tags, summary: 'The key that browsers subscribe with', response: { 200: PushKey } },
    },
    async () => ({ key: pushes.keys.publicKey }),
  );
  http.post(
    '/api/me/push',
    {
      config: person,
      schema: {
        tags,
        summary: 'Agree to pushes in this browser',
        body: SubscribePush,
        response: { 200: PushReply },
      },
    },
    async (request) => {
      const { personId } = identityOf(request);
      limit.take(String(personId), clock.now());
      await pushes.subscribe(personId, request.body, deviceLabel(request.headers['user-agent']));
      return { subscribed: true };
    },
  );
  http.post(
    '/api/me/push/off',
    {
      config: person,
      schema: {
        tags,
        summary: 'No more pushes in this browser',
        body: UnsubscribePush,
        response: { 200: PushReply },
      },
    },
    async (request) => {
      await pushes.unsubscribe(identityOf(request).personId, request.body.endpoint);
      return { subscribed: false };
    },
  );
}
