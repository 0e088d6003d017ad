/** `import` and `export` of the command line as people start them: real processes, whose exit status and output count. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { beforeAll, describe, expect, it } from 'vitest';
import { BankStore } from '../../server/banks/store.ts';
import { LocalAnnouncer } from '../../server/platform/announcer.ts';
import { MovableClock } from '../../server/platform/clock.ts';
import { Keys } from '../../server/platform/database/keys.ts';
import { openDatabase } from '../../server/platform/database/open.ts';
import { Secrets } from '../../server/platform/secrets.ts';
import { temporaryFolder } from '../harness/folder.ts';

const SECRET = 'a secret of more than thirty-two characters, for tests';
const GOOD = '::ha-noi::Thủ đô? {=Hà Nội ~Huế}\n\n::nam::Luật Thủ đô mới có hiệu lực năm nào? {#2025}\n';
const BROKEN = '::mot::Một cộng một? {=hai ~ba}\n\n::hong::Câu này hỏng {=không đóng ngoặc ~sai\n';
const CUT = '<?xml version="1.0"?>\n<quiz><question type="truefalse"><name>';

let folder = '';

beforeAll(async () => {
  folder = temporaryFolder();
  const database = await openDatabase(join(folder, 'hoithi.db'), (error) => {
    throw error;
  });
  const context = {
    database,
    keys: new Keys(database),
    announcer: new LocalAnnouncer(),
    clock: new MovableClock(5000),
    secrets: new Secrets(SECRET),
    log: pino({ level: 'silent' }),
  };
  const author = { by: null, at: 5000, reason: 'thử', log: { actor: 'system', address: '' } };
  const rest = { description: '', licence: '', shipped: false, practice: false };
  const banks = new BankStore(context);
  await banks.create({ slug: 'mot', title: 'Ngân hàng một', ...rest }, author);
  await banks.create({ slug: 'hai', title: 'Ngân hàng hai', ...rest }, author);
  await database.close();
  for (const [name, text] of Object.entries({ 'tot.gift': GOOD, 'hong.gift': BROKEN, 'cut.xml': CUT }))
    writeFileSync(join(folder, name), text);
});

/** `npm run hoithi -- …` */
function hoithi(...args: readonly string[]) {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: join(folder, 'hoithi.db'),
    HOITHI_DATA_DIR: folder,
    HOITHI_SECRET: SECRET,
    HOITHI_SEED: 'no',
  };
  const path = args.map((arg) => (/\.\w+$/.test(arg) ? join(folder, arg) : arg));
  const run = spawnSync(process.execPath, ['server/cli.ts', ...path], { env, encoding: 'utf8' });
  return {
    status: run.status,
    told: run.stdout.startsWith('{') ? JSON.parse(run.stdout) : run.stdout,
    said: run.stderr,
  };
}

// Each case starts processes; a busy machine takes its time.
describe('the command line', { timeout: 120_000 }, () => {
  it('ends with 0 when all went in, and says what became of every block', () => {
    const { status, told } = hoithi('import', 'tot.gift', '--bank', 'Ngân hàng một', '--json');
    expect(status).toBe(0);
    expect(told).toMatchObject({
      format: 'gift',
      bank: 'mot',
      dryRun: false,
      balance: { seen: 2, imported: 2, warned: 0, quarantined: 0, ignored: 0 },
      added: 2,
      failure: null,
    });
  });

  it('ends with 3 when something is in quarantine, with each message at its place, tried first or not', () => {
    const tried = hoithi('import', 'hong.gift', '--bank', 'mot', '--dry-run', '--json');
    const done = hoithi('import', 'hong.gift', '--bank', 'mot', '--json');
    for (const { status, told } of [tried, done]) {
      expect(status).toBe(3);
      expect(told.balance).toMatchObject({ seen: 2, imported: 1, quarantined: 1 });
      expect(told.messages).toContainEqual(
        expect.objectContaining({ severity: 'error', place: { line: 3 }, block: 2, outcome: 'quarantined' }),
      );
    }
    expect([tried.told.added, done.told.added]).toEqual([0, 1]);
  });

  it('ends with 1 when the file cannot be read to its end, and lets nothing of it in', () => {
    const { status, told } = hoithi('import', 'cut.xml', '--bank', 'mot', '--json');
    expect(status).toBe(1);
    expect(told).toMatchObject({ added: 0, failure: { code: 'xml-broken', place: { line: 2 } } });
  });

  it('writes a bank whose file is the same bank elsewhere', () => {
    const written = hoithi('export', '--bank', 'mot', '--format', 'json', '-o', 'mot.json');
    expect([written.status, written.told]).toMatchObject([0, { questions: 3, losses: [] }]);
    const brought = hoithi('import', 'mot.json', '--bank', 'hai', '--json');
    expect([brought.status, brought.told]).toMatchObject([0, { added: 3, balance: { imported: 3 } }]);
    hoithi('export', '--bank', 'hai', '--format', 'json', '-o', 'hai.json');
    const questionsIn = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')).questions;
    expect(questionsIn('hai.json')).toEqual(questionsIn('mot.json'));
    expect(questionsIn('mot.json')).toHaveLength(3);
  });

  it('says what is wrong with the order itself', () => {
    const unknown = hoithi('import', 'tot.gift', '--bank', 'khong-co');
    expect([unknown.status, unknown.said]).toEqual([1, expect.stringContaining('hai, mot')]);
    const wrong = hoithi('export', '--bank', 'mot');
    expect([wrong.status, wrong.said]).toEqual([2, expect.stringContaining('npm run hoithi -- export')]);
  });
});
