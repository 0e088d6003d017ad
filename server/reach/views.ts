/** What the desk sees of how people are reached. Drafts have no page yet, and nothing to be reached at. */
import { eq } from 'drizzle-orm';
import { qrPath } from '../accounts/totp.ts';
import type { OpenContest, OpenContests } from '../contests/open-contests.ts';
import { formatEnd, formatMoment } from '../contests/time-rules.ts';
import type { Context } from '../context.ts';
import type { ReachDesk } from '../contracts/reach.ts';
import type { MediaStore } from '../media/media-store.ts';
import type { Identity } from '../platform/access.ts';
import { AppError } from '../platform/errors.ts';
import { EMAIL_REMINDERS } from '../privacy/consent-rules.ts';
import { erasureDue } from '../privacy/retention-rules.ts';
import type { Reminders } from '../reminders/reminders.ts';
import { frameSnippet } from './frame-rules.ts';
import { posterPdf } from './posters.ts';
import { shortCode } from './short-rules.ts';

export interface ReachParts {
  readonly open: OpenContests;
  readonly reminders: Reminders;
  readonly media: Pick<MediaStore, 'get'>;
  isOrganiser(contestId: number, personId: number): Promise<boolean>;
}

export class ReachViews {
  readonly #context: Context;
  readonly #parts: ReachParts;

  constructor(context: Context, parts: ReachParts) {
    this.#context = context;
    this.#parts = parts;
  }

  /** Throws `notFound` for drafts and for other people's contests. */
  async own(uid: string, { personId, roles }: Identity): Promise<OpenContest> {
    const contest = this.#parts.open.contestByUid(uid);
    if (contest === null) throw new AppError('notFound');
    if (roles.has('admin') || (await this.#parts.isOrganiser(contest.id, personId))) return contest;
    throw new AppError('notFound');
  }

  #address(path: string): string {
    return new URL(path, this.#context.config.publicUrl).href;
  }

  async desk(contest: OpenContest): Promise<ReachDesk> {
    const frame = this.#address(`/nhung/${contest.slug}`);
    const { mail } = this.#context.config;
    const shortAddress = this.#address(`/t/${shortCode(contest.id)}`);
    return {
      shortAddress,
      qr: qrPath(shortAddress),
      page: this.#address(`/cuoc-thi/${contest.slug}`),
      frame,
      snippet: frameSnippet(frame, contest.title),
      mailFrom: mail?.from ?? null,
      asksForMail: contest.settings.consents.some(({ id }) => id === EMAIL_REMINDERS),
      reminders: await this.#parts.reminders.list(contest),
      retention: await this.#retention(contest),
    };
  }

  async #retention(contest: OpenContest): Promise<ReachDesk['retention']> {
    const dueAt = erasureDue(contest);
    if (dueAt === null) return null;
    const { retentionRuns: t } = this.#context.database.tables;
    const [run] = await this.#context.database.query.select().from(t).where(eq(t.contestId, contest.id));
    return {
      days: contest.settings.retentionDays ?? 0,
      dueAt,
      doneAt: run?.doneAt ?? null,
      entries: run?.entries ?? 0,
      guests: run?.guests ?? 0,
    };
  }

  async poster(contest: OpenContest): Promise<Uint8Array> {
    const address = this.#address(`/t/${shortCode(contest.id)}`);
    return posterPdf({
      title: contest.title,
      summary: contest.summary,
      lines: whenLines(contest),
      address,
      shown: address.replace(/^https?:\/\//, ''),
      picture: contest.image === null ? null : await this.#picture(contest.image),
    });
  }

  /** WebP cannot stand in a PDF: the poster then does without. */
  async #picture(id: string): Promise<Uint8Array | null> {
    const picture = await this.#parts.media.get(id);
    return picture === null || picture.type === 'image/webp' ? null : picture.bytes;
  }
}

function whenLines({ rounds }: OpenContest): string[] {
  if (rounds.length === 0) return [];
  const opensAt = Math.min(...rounds.map((round) => round.opensAt));
  const closesAt = Math.max(...rounds.map((round) => round.closesAt));
  const line = `Từ ${formatMoment(opensAt)} đến ${formatEnd(closesAt)}`;
  return rounds.length === 1 ? [line] : [line, `${rounds.length} vòng thi`];
}
