/**
 * Reports that make themselves: due ones are taken by one node, made, kept and sent in one commit that moves the schedule on, so
 * that a crash means another try and never two reports. What was missed while nothing ran is made up for, week by week.
 */
import type { Context } from '../context.ts';
import type { ReportFormat, ScheduleBody, ScheduleView } from '../contracts/unit-reports.ts';
import type { Mail } from '../mail/mail.ts';
import type { Identity } from '../platform/access.ts';
import { withAudit } from '../platform/audit.ts';
import { ConflictError, type Statement } from '../platform/database/door.ts';
import { AppError } from '../platform/errors.ts';
import { uidAt } from '../platform/uid.ts';
import { periodText } from './period-rules.ts';
import { fileName, fileOf, typeOf } from './report-file.ts';
import { AS_TREE, type Report } from './report-rules.ts';
import type { ContestOfReport, Reports } from './reports.ts';
import { nextDue } from './schedule-rules.ts';
import { type ScheduleRow, ScheduleStore } from './schedule-store.ts';

const EVERY_MS = 20_000;
/** While a node makes it, nobody else tries. */
const LEASE_MS = 5 * 60_000;
const DAY_MS = 86_400_000;
const CIPHER = 'report-addresses';
/** Of a letter's files together. */
const LETTER_BYTES = 10_000_000;

type ScheduleMail = Pick<Mail, 'enabled' | 'sending'>;

interface Made {
  readonly format: ReportFormat;
  readonly name: string;
  readonly bytes: Uint8Array;
}

export class Schedules {
  readonly store: ScheduleStore;
  readonly #context: Context;
  readonly #reports: Reports;
  readonly #mail: ScheduleMail;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<number> | null = null;

  constructor(context: Context, reports: Reports, mail: ScheduleMail) {
    this.#context = context;
    this.#reports = reports;
    this.#mail = mail;
    this.store = new ScheduleStore(context);
  }

  start(): void {
    this.#timer = setInterval(() => void this.run(), EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#running;
  }

  /** Asking twice with one id is one schedule. Throws `notFound` for a unit that is not there. */
  async add(
    contest: ContestOfReport,
    body: ScheduleBody,
    who: Identity,
    address: string,
  ): Promise<ScheduleView> {
    const { clock, keys, secrets } = this.#context;
    const now = clock.now();
    const uid = body.id ?? uidAt(now);
    const known = await this.store.byUid(contest.id, uid);
    if (known !== null) return this.present(known);
    const unit = body.unit ?? null;
    if (unit !== null && this.#reports.units.byUid(unit) === undefined) throw new AppError('notFound');
    const { weekday, minute, formats, addresses } = body;
    const row: ScheduleRow = {
      id: await keys.next('report_schedules'),
      uid,
      contestId: contest.id,
      weekday,
      minute,
      formats,
      unit,
      addressesCipher: addresses.length === 0 ? null : secrets.encrypt(CIPHER, addresses.join('\n')),
      nextAt: nextDue({ weekday, minute }, now),
      takenUntil: 0,
      createdBy: who.uid,
      createdAt: now,
    };
    const details = { schedule: uid, weekday, minute, formats, unit, addresses: addresses.length };
    const entry = {
      actor: who.uid,
      action: 'report.scheduled',
      subject: `contest:${contest.uid}`,
      details,
      address,
    };
    await withAudit(this.#context, entry, [this.store.insert(row)]);
    return this.present(row);
  }

  /** Taking off twice is once. */
  async remove(
    contest: ContestOfReport,
    uid: string,
    by: { readonly who: Identity; readonly reason: string; readonly address: string },
  ): Promise<void> {
    const row = await this.store.byUid(contest.id, uid);
    if (row === null) return;
    const entry = {
      actor: by.who.uid,
      action: 'report.unscheduled',
      subject: `contest:${contest.uid}`,
      reason: by.reason,
      details: { schedule: uid },
      address: by.address,
    };
    await withAudit(this.#context, entry, [this.store.remove(row)]);
  }

  present({ uid, weekday, minute, formats, unit, nextAt, ...row }: ScheduleRow): ScheduleView {
    return {
      id: uid,
      weekday,
      minute,
      formats: [...formats],
      unit: this.unitName(unit),
      addresses: this.#addresses(row),
      nextAt,
    };
  }

  unitName(uid: string | null): { readonly id: string; readonly name: string } | null {
    return uid === null ? null : { id: uid, name: this.#reports.units.byUid(uid)?.unit.name ?? '' };
  }

  #addresses({ addressesCipher }: Pick<ScheduleRow, 'addressesCipher'>): string[] {
    return addressesCipher === null ? [] : this.#context.secrets.decrypt(CIPHER, addressesCipher).split('\n');
  }

  /** When a kept report ends. */
  keptUntil(madeAt: number): number {
    return madeAt + this.#context.config.keepReportsDays * DAY_MS;
  }

  /** Removes kept reports whose time is over; how many files those were here. */
  async removeExpired(): Promise<number> {
    const days = this.#context.config.keepReportsDays;
    const moment = this.#context.clock.now() - days * DAY_MS;
    let removed = 0;
    for (;;) {
      const { files, statements } = await this.store.removing(moment);
      if (files === 0) return removed;
      const details = { files, days };
      const entry = { actor: 'system', action: 'reports.expired', subject: 'reports', details };
      if (await this.#wins(() => withAudit(this.#context, entry, statements))) removed += files;
    }
  }

  /** Makes what is due; how many reports were made here. One run at a time. */
  run(): Promise<number> {
    this.#running ??= this.#run()
      .catch((error: unknown) => {
        this.#context.log.error({ err: error }, 'scheduled reports failed; tried again in a moment');
        return 0;
      })
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  async #run(): Promise<number> {
    let made = 0;
    for (;;) {
      const due = await this.store.due(this.#context.clock.now());
      if (due.length === 0) return made;
      let taken = 0;
      for (const row of due) {
        if (!(await this.#take(row))) continue;
        taken += 1;
        if (await this.#make(row)) made += 1;
      }
      if (taken === 0) return made;
    }
  }

  async #take(row: ScheduleRow): Promise<boolean> {
    const { database, clock } = this.#context;
    return this.#wins(() => database.atomic([this.store.take(row, clock.now() + LEASE_MS)]));
  }

  async #wins(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof ConflictError) return false;
      throw error;
    }
  }

  /** Of the week before it was due, whenever it is made. Where nothing was open any more, nothing is kept. */
  async #make(row: ScheduleRow): Promise<boolean> {
    const { database } = this.#context;
    const next = nextDue(row, row.nextAt);
    const contest = await this.#reports.contestById(row.contestId);
    const unit = row.unit === null ? {} : { unit: row.unit };
    const report = await this.#reports
      .make(contest, { preset: 'lastWeek', ...unit }, row.nextAt)
      .catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'notFound') return null;
        throw error;
      });
    const isOver = report !== null && contest.rounds.every(({ closesAt }) => closesAt <= report.period.from);
    if (report === null || isOver) {
      await this.#wins(() => database.atomic([this.store.moveOn(row, next)]));
      return false;
    }
    const files: Made[] = [];
    for (const format of row.formats)
      files.push({ format, name: fileName(report, format), bytes: await fileOf(report, format, AS_TREE) });
    const statements = [this.store.moveOn(row, next), ...(await this.#keeping(row, report, files))];
    return this.#wins(async () =>
      database.atomic([...statements, ...(await this.#sending(row, { report, contest, files }))], 'low'),
    );
  }

  async #keeping(row: ScheduleRow, report: Report, files: readonly Made[]): Promise<Statement[]> {
    const madeAt = this.#context.clock.now();
    const statements: Statement[] = [];
    for (const { format, name, bytes } of files) {
      const kept = {
        id: await this.#context.keys.next('kept_reports'),
        uid: uidAt(madeAt),
        contestId: row.contestId,
        scheduleId: row.id,
        dueAt: row.nextAt,
        format,
        unit: row.unit,
        fromAt: report.period.from,
        toAt: report.period.to,
        name,
        bytes: bytes.length,
        madeAt,
      };
      statements.push(...this.store.keep(kept, bytes));
    }
    return statements;
  }

  async #sending(
    row: ScheduleRow,
    {
      report,
      contest,
      files,
    }: { readonly report: Report; readonly contest: ContestOfReport; readonly files: readonly Made[] },
  ): Promise<readonly Statement[]> {
    const to = this.#addresses(row);
    if (to.length === 0 || !this.#mail.enabled) return [];
    const fits = files.reduce((sum, { bytes }) => sum + bytes.length, 0) <= LETTER_BYTES;
    const period = periodText(report.period);
    return this.#mail.sending({
      key: `report/${row.uid}/${row.nextAt}`,
      purpose: 'report',
      to,
      subject: `Báo cáo tham gia ${period}: ${contest.title}`,
      text: letterText(report, period, fits),
      link: {
        path: `/ban-lam-viec/cuoc-thi/${contest.uid}?muc=bao-cao`,
        label: 'Mở báo cáo trên bàn làm việc',
      },
      files: fits ? files.map(({ format, name, bytes }) => ({ name, bytes, type: typeOf(format) })) : [],
      contestId: contest.id,
      by: 'system',
    });
  }
}

const numbers = new Intl.NumberFormat('vi-VN');

function letterText({ total, root, contest }: Report, period: string, fits: boolean): string {
  return [
    `Kỳ ${period} của ${contest.title}${root === null ? '' : `, ${root.unit.name}`}:`,
    `${numbers.format(total.people)} người dự thi, ${numbers.format(total.attempts)} lượt thi.`,
    fits
      ? 'Báo cáo theo đơn vị ở tệp kèm theo.'
      : 'Báo cáo lớn nên không kèm theo thư; xin tải ở bàn làm việc.',
  ].join('\n\n');
}
