/**
 * What a first start finds: the shipped banks and their documents, a few units whose names say that they are examples, and one published
 * sample contest with open rounds from now on, so that there is something to walk through. Twice is once.
 */
import { count } from 'drizzle-orm';
import { BankPools } from './banks/pool.ts';
import { seedBanks } from './banks/shipped.ts';
import { BankStore } from './banks/store.ts';
import { Checks } from './contests/checks.ts';
import { draftOf } from './contests/drafts.ts';
import { firstRounds, presetOf } from './contests/presets.ts';
import { ContestStore, stateOf } from './contests/store.ts';
import type { Context } from './context.ts';
import type { ContestDraft } from './contracts/contest-desk.ts';
import { seedDocuments } from './documents/shipped.ts';
import { ConflictError } from './platform/database/door.ts';
import { AppError } from './platform/errors.ts';
import { uidAt } from './platform/uid.ts';
import { insertUnits, type NewUnit } from './units/store.ts';
import { Units } from './units/units.ts';

const SLUG = 'tim-hieu-nghi-quyet-15';
const BANK = 'nghi-quyet-15';
const WEEKS = 4;
const MINUTE_MS = 60_000;

/** Name, and the names below it. No real organisation is meant. */
const EXAMPLE_UNITS: readonly (readonly [string, readonly string[]])[] = [
  ['Khối phường, xã (ví dụ)', ['Phường Mẫu 1 (ví dụ)', 'Phường Mẫu 2 (ví dụ)', 'Xã Mẫu 3 (ví dụ)']],
  ['Khối cơ quan (ví dụ)', ['Cơ quan Mẫu 1 (ví dụ)', 'Cơ quan Mẫu 2 (ví dụ)']],
  ['Khối trường học (ví dụ)', ['Trường Mẫu 1 (ví dụ)', 'Trường Mẫu 2 (ví dụ)']],
];

const PAGE = `Đây là **cuộc thi mẫu** có sẵn khi cài đặt, để mọi người làm quen với cách dự thi và Ban Tổ chức làm quen với bàn làm việc.

Câu hỏi lấy từ ngân hàng đi kèm phần mềm. Đáp án của ngân hàng này là công khai, nên kết quả ở đây chỉ để tham khảo.

## Cách dự thi
1. Đăng ký tài khoản, hoặc vào thi không cần tài khoản bằng liên kết riêng.
2. Bấm **Bắt đầu làm bài**. Đồng hồ chạy theo giờ máy chủ.
3. Mỗi lựa chọn được lưu ngay. Mất mạng hoặc đóng trình duyệt thì mở lại và làm tiếp.
4. Nộp bài, xem điểm và vị trí trên bảng xếp hạng.`;

const RULES = `- Mỗi tuần một đợt, mỗi đợt đóng lúc 24 giờ ngày cuối cùng.
- Mỗi đề 20 câu, làm trong 15 phút; trong một đợt được thi tối đa 7 lượt, tính lượt tốt nhất.
- Xếp hạng theo điểm; bằng điểm thì xét câu dự đoán số người trả lời đúng tất cả, rồi thời gian làm bài, rồi thời điểm nộp bài.
- Đáp án và giải thích được công bố khi đợt thi kết thúc.`;

export async function seed(context: Context): Promise<void> {
  const { banks, added, corrected } = await seedBanks(context);
  if (added + corrected > 0) context.log.info({ banks, added, corrected }, 'shipped banks brought in');
  const documents = await seedDocuments(context);
  if (documents > 0) context.log.info({ documents }, 'shipped documents brought in');
  const units = await Units.start(context);
  const pools = new BankPools(context);
  try {
    await seedUnits(context, units);
    await seedContest(context, units, pools);
  } finally {
    pools.close();
    units.close();
  }
}

async function seedUnits(context: Context, units: Units): Promise<void> {
  if (units.index.size > 0 || (await hasContests(context))) return;
  const now = context.clock.now();
  await units.change(async (index) => {
    const made = index.size > 0 ? [] : await exampleUnits(context, now);
    return {
      statements: insertUnits(context.database, made, now),
      entries: [
        { actor: 'system', action: 'units.seeded', subject: 'units', details: { units: made.length } },
      ],
      result: undefined,
    };
  });
}

async function exampleUnits({ keys }: Context, now: number): Promise<NewUnit[]> {
  const made: NewUnit[] = [];
  const add = async (name: string, parentId: number | null, block: string | null): Promise<number> => {
    const id = await keys.next('units');
    const nothing = { code: null, headcount: null, validFrom: null, validUntil: null, successorId: null };
    made.push({ id, uid: uidAt(now), parentId, name, block, ...nothing });
    return id;
  };
  for (const [name, below] of EXAMPLE_UNITS) {
    const parent = await add(name, null, null);
    for (const unit of below) await add(unit, parent, name);
  }
  return made;
}

async function hasContests({ database }: Context): Promise<boolean> {
  const [row] = await database.query.select({ n: count() }).from(database.tables.contests);
  return (row?.n ?? 0) > 0;
}

async function seedContest(context: Context, units: Units, pools: BankPools): Promise<void> {
  const store = new ContestStore(context);
  const checks = new Checks(context, pools, units);
  const bank = await new BankStore(context).bySlug(BANK);
  if (bank === null) return;
  const now = context.clock.now();
  if (!(await hasContests(context)))
    await store.create(sampleContest(bank.uid, now), undefined, null, now).catch(unlessTaken);
  // A start that was cut short left the draft behind.
  const sample = (await store.list(null)).find(({ contest }) => contest.slug === SLUG);
  const mayPublish = sample?.contest.createdBy === null && stateOf(sample.contest) === 'draft';
  if (!mayPublish) return;
  const { problems } = await checks.check(draftOf(sample), now);
  if (problems.length > 0) {
    context.log.warn({ problems }, 'the sample contest stays a draft');
    return;
  }
  const shares = sample.rounds.map(() => null);
  const facts = { actor: 'system', action: 'contest.published' };
  await store.publish(sample, shares, facts, now).catch(unlessPublished);
}

/** Another node was quicker. */
function unlessPublished(error: unknown): void {
  if (!(error instanceof ConflictError)) throw error;
}

function unlessTaken(error: unknown): null {
  if (error instanceof AppError && error.code === 'taken') return null;
  throw error;
}

function sampleContest(bank: string, now: number): ContestDraft {
  const preset = presetOf('weeklyQuiz');
  const opensAt = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const cell = (difficulties: (1 | 2 | 3)[], questions: number) => ({
    banks: [bank],
    topics: [],
    kinds: [],
    difficulties,
    count: questions,
  });
  const cells = [cell([1], 8), cell([2], 8), cell([3], 4)];
  return {
    title: 'Tìm hiểu Nghị quyết 15-NQ/TW',
    slug: SLUG,
    summary: 'Cuộc thi mẫu: bốn tuần, mỗi tuần một đợt, 20 câu trong 15 phút, ai cũng dự thi được.',
    page: PAGE,
    image: null,
    settings: {
      ...preset.contest,
      fields: { ...preset.contest.fields, birthDate: 'no', phone: 'no', unit: 'optional' },
      guests: true,
      rules: RULES,
      prizes: 'Cuộc thi mẫu không có giải thưởng.',
    },
    rounds: firstRounds({ preset, opensAt, rounds: WEEKS, banks: [bank] }).map((round) => ({
      ...round,
      settings: { ...round.settings, blueprint: { ...round.settings.blueprint, cells } },
    })),
  };
}
