/** Puts together how people are reached: heads of pages, short addresses, frames, posters, reminders. */
import type { Accounts } from '../accounts/accounts.ts';
import type { Attempts } from '../attempts/attempts.ts';
import { AttemptViews } from '../attempts/views.ts';
import type { ContestsFeature } from '../contests/register.ts';
import type { Context } from '../context.ts';
import type { DocumentShelf } from '../documents/shelf.ts';
import type { Mail } from '../mail/mail.ts';
import { registerLetterDoors } from '../mail/routes.ts';
import { MediaStore } from '../media/media-store.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import type { PageHead } from '../platform/page-heads.ts';
import type { Pages } from '../platform/pages.ts';
import type { Consents } from '../privacy/consents.ts';
import { Pushes, pushPart } from '../push/push.ts';
import { registerPushDoors } from '../push/routes.ts';
import { REMINDER, Reminders } from '../reminders/reminders.ts';
import type { Units } from '../units/units.ts';
import { registerReachDesk } from './desk-routes.ts';
import { contestHead, documentHead, homeHead, sharedHead } from './head-rules.ts';
import { registerReachDoors } from './public-routes.ts';
import { type OpenBoards, Summaries } from './summaries.ts';
import { ReachViews } from './views.ts';

export interface ReachParts {
  readonly pages: Pages;
  readonly contests: ContestsFeature;
  readonly boards: OpenBoards;
  readonly units: Units;
  readonly mail: Mail;
  readonly consents: Consents;
  readonly accounts: Accounts;
  readonly attempts: Attempts;
  readonly documents: Pick<DocumentShelf, 'read'>;
}

export interface ReachFeature {
  /** Published contests, in memory. */
  readonly open: ContestsFeature['open'];
  readonly reminders: Reminders;
}

export function openReach(http: Http, context: Context, parts: ReachParts): ReachFeature {
  const { accounts, contests, mail, units, consents } = parts;
  const { open, entries } = contests;
  registerLetterDoors(http, context, mail, (...choice) => consents.chooseLetters(...choice));
  const pushes = new Pushes(context, consents, context.config.pushHosts);
  registerPushDoors(http, context, pushes);
  accounts.personalData.add(pushPart(context.database));
  mail.sender.couriers.set('push', (...delivery) => pushes.deliver(...delivery));
  const reminders = new Reminders(context, { open, mail, units });
  mail.readers.set(REMINDER, (personId, contestId) =>
    consents.reminderAddress(personId, contestId, (person) => mail.outbox.addressOf(person)),
  );
  registerReachDoors(http, context, open, new Summaries(entries, parts.boards));
  const media = new MediaStore(context);
  const isOrganiser = (contestId: number, personId: number) => contests.isOrganiser(contestId, personId);
  registerReachDesk(http, new ReachViews(context, { open, reminders, media, isOrganiser }), reminders);
  describePages(context, parts);
  return { open, reminders };
}

function describePages(context: Context, { pages, contests, attempts, documents }: ReachParts): void {
  const { origin } = context.config.publicUrl;
  const results = new AttemptViews(context, attempts);
  pages.describe((path) => (path === '/' ? homeHead(origin) : null));
  pages.describe((path) => {
    const [, slug = '', below = ''] = /^\/cuoc-thi\/([a-z0-9-]+)(?:\/([a-z0-9/-]*))?$/.exec(path) ?? [];
    const contest = slug === '' ? null : contests.open.contestBySlug(slug);
    return contest === null ? null : contestHead(contest, below.replace(/\/$/, ''), origin);
  });
  pages.describe(async (path) => {
    const [, slug, section = ''] = /^\/van-ban\/([^/]+)(?:\/([A-Za-z0-9.-]+))?$/.exec(path) ?? [];
    const known = slug === undefined ? null : (await documents.read()).bySlug(slug);
    return known === null || known.archivedAt !== null ? null : documentHead(known, section, origin);
  });
  pages.describe(async (path): Promise<PageHead | null> => {
    const share = /^\/ket-qua\/([A-Za-z0-9_-]{3,80})$/.exec(path)?.[1];
    if (share === undefined) return null;
    const result = await results.shared(share, context.clock.now()).catch(nullIfMissing);
    if (result === null) return null;
    const image = contests.open.contestBySlug(result.contest.slug)?.image ?? null;
    return sharedHead(share, result, image, origin);
  });
}

function nullIfMissing(error: unknown): null {
  if (error instanceof AppError && error.code === 'notFound') return null;
  throw error;
}
