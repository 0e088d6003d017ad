/** The part of personal data that letters and pushes keep: what was sent when. Erasing drops what has not gone yet. */
import { and, eq } from 'drizzle-orm';
import type { PersonalPart } from '../accounts/personal-data.ts';
import { compile, type Database } from '../platform/database/door.ts';
import { DeliveryState } from './outbox.ts';

export function lettersPart({ query, tables }: Database): PersonalPart {
  const { deliveries, mailings } = tables;
  return {
    name: 'letters',
    async collect(personId) {
      const rows = await query
        .select({ channel: deliveries.channel, letter: mailings.letter, sentAt: deliveries.endedAt })
        .from(deliveries)
        .innerJoin(mailings, eq(mailings.id, deliveries.mailingId))
        .where(and(eq(deliveries.personId, personId), eq(deliveries.state, DeliveryState.sent)));
      return rows.map(({ channel, letter, sentAt }) => ({ channel, subject: letter.vi.subject, sentAt }));
    },
    erase(personId, now) {
      const drop = query
        .update(deliveries)
        .set({ state: DeliveryState.dropped, problem: 'erased', endedAt: now })
        .where(and(eq(deliveries.personId, personId), eq(deliveries.state, DeliveryState.waiting)));
      return [compile(drop)];
    },
  };
}
