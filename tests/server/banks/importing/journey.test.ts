import { pino } from 'pino';
import { expect, it } from 'vitest';
import { Imports } from '../../../../server/banks/importing/imports.ts';
import { fixMany, mendBlock } from '../../../../server/banks/importing/mending.ts';
import { BankStore } from '../../../../server/banks/store.ts';
import { MediaStore } from '../../../../server/media/media-store.ts';
import { LocalAnnouncer } from '../../../../server/platform/announcer.ts';
import { MovableClock } from '../../../../server/platform/clock.ts';
import { Keys } from '../../../../server/platform/database/keys.ts';
import { Secrets } from '../../../../server/platform/secrets.ts';
import { onBothDatabases } from '../../../harness/databases.ts';

const GIFT = `$CATEGORY: Thủ đô

::ha-noi::Thủ đô của Việt Nam là thành phố nào? {=Hà Nội ~Huế ~Đà Nẵng}

::nam::Luật Thủ đô có hiệu lực năm nào? {=2025 ~2024}

Câu này hỏng {=không đóng ngoặc ~sai

thu do cua Viet Nam la thanh pho nao {~Đà Nẵng ~Huế =Hà Nội}
`;

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

onBothDatabases('imports', (databases) => {
  async function open() {
    const database = await databases.open();
    const context = {
      database,
      keys: new Keys(database),
      announcer: new LocalAnnouncer(),
      clock: new MovableClock(5000),
      secrets: new Secrets('test secret of more than thirty-two characters'),
      log: pino({ level: 'silent' }),
    };
    const banks = new BankStore(context);
    const author = { by: 7, at: 6000, reason: 'tệp', log: { actor: 'x', address: '203.0.113.1' } };
    const bank = await banks.create(
      { slug: 'thu', title: 'Thử', description: '', licence: '', shipped: false, practice: false },
      author,
    );
    const imports = new Imports(context, banks, { refresh: async () => undefined }, new MediaStore(context));
    const bring = async (text: string, name = 'de.gift') => {
      const row = await imports.take({ bank, personId: 7, name, bytes: bytesOf(text), format: null });
      await imports.settled(row.id);
      return imports.look(row.uid);
    };
    const commit = async (uid: string) => {
      const row = await imports.look(uid);
      await imports.commit(row, author);
      await imports.settled(row.id);
      return imports.look(uid);
    };
    const codes = async () => [...(await banks.byCode(bank)).keys()].sort();
    return { database, context, banks, bank, imports, author, bring, commit, codes };
  }

  it('shows every block with its place, and the same question asked twice', async () => {
    const { bring, imports } = await open();
    const row = await bring(GIFT);
    expect(row).toMatchObject({
      state: 'ready',
      format: 'gift',
      report: { failure: null, sameFileAt: null },
    });
    expect(row.report.counts.outcomes).toEqual({ imported: 3, warned: 0, quarantined: 1, ignored: 1 });
    expect(row.report.counts.fates).toMatchObject({ new: 3 });
    const blocks = await imports.blocks.list(row.id, {}, { after: 0, limit: 50 });
    expect(blocks.map(({ place }) => JSON.parse(place).line)).toEqual([1, 3, 5, 7, 9]);
    expect(JSON.parse(blocks[4]?.twins ?? '')).toEqual([{ block: 2 }]);
    const broken = await imports.blocks.list(row.id, { outcome: 'quarantined' }, { after: 0, limit: 50 });
    expect(broken.map(({ raw }) => raw)).toEqual(['Câu này hỏng {=không đóng ngoặc ~sai']);
    expect(
      (await imports.blocks.list(row.id, { flag: 'twin' }, { after: 0, limit: 50 })).map(
        ({ number }) => number,
      ),
    ).toEqual([5]);
  });

  it('takes a mended question and values for many, commits at once, and knows the file again', async () => {
    const { bring, commit, imports, banks, bank, codes } = await open();
    const row = await bring(GIFT);
    await mendBlock(imports, row, 4, {
      kind: 'choice',
      prompt: { stem: 'Câu này đã sửa', options: ['đúng', 'sai'], multiple: false },
      key: { right: [0] },
      explanation: '',
      citation: null,
      topic: 'Sửa',
      difficulty: 2,
      tags: [],
      points: 50,
    });
    await expect(
      mendBlock(imports, row, 4, {
        kind: 'choice',
        prompt: { stem: '', options: [], multiple: false },
        key: null,
        explanation: '',
        citation: null,
        topic: 'Sửa',
        difficulty: 2,
        tags: [],
        points: 50,
      }),
    ).rejects.toMatchObject({ code: 'request.invalid' });
    await fixMany(imports, row, { numbers: [5], set: {}, leaveOut: true });
    await fixMany(imports, row, { flag: 'no-difficulty', set: { difficulty: 3 } });
    const ready = await imports.look(row.uid);
    expect(ready.report.counts.outcomes).toEqual({ imported: 3, warned: 0, quarantined: 0, ignored: 2 });
    expect(await commit(row.uid)).toMatchObject({ state: 'committed', report: { problem: null } });
    expect((await codes()).slice(-2)).toEqual(['ha-noi', 'nam']);
    const known = await banks.byCode(bank);
    expect(known.get('ha-noi')).toMatchObject({
      status: 'draft',
      version: 1,
      content: { topic: 'Thủ đô', difficulty: 3, key: { right: [0] } },
    });
    expect([...known.values()].find(({ content }) => content.topic === 'Sửa')?.content.points).toBe(50);
    const again = await bring(GIFT);
    expect(again.report.counts.fates).toMatchObject({ new: 1, changed: 0, same: 2 });
    expect(again.report.sameFileAt).toBe(6000);
    const [first] = await imports.blocks.list(again.id, { fate: 'new' }, { after: 0, limit: 5 });
    expect(JSON.parse(first?.twins ?? '')).toHaveLength(2);
  });

  it('makes a new version of a question that the file corrected, and takes it back', async () => {
    const { bring, commit, imports, banks, bank, author, database } = await open();
    const first = await bring(GIFT);
    await commit(first.uid);
    const corrected = await bring(GIFT.replace('{=2025 ~2024}', '{=2025 ~2024 ~2026}'));
    expect(corrected.report.counts.fates).toMatchObject({ new: 0, changed: 1, same: 2 });
    await commit(corrected.uid);
    const version = async () => (await banks.byCode(bank)).get('nam');
    expect(await version()).toMatchObject({
      version: 2,
      content: { prompt: { options: ['2025', '2024', '2026'] } },
    });
    await imports.undo(await imports.look(corrected.uid), author);
    await imports.settled(corrected.id);
    const before = await version();
    expect(before).toMatchObject({ version: 1, content: { prompt: { options: ['2025', '2024'] } } });
    expect(await banks.versions(before?.id ?? 0)).toHaveLength(1);
    const undone = await imports.look(corrected.uid);
    expect(undone).toMatchObject({
      state: 'ready',
      undoneAt: 6000,
      report: { counts: { fates: { changed: 1 } } },
    });
    await imports.undo(await imports.look(first.uid), author);
    await imports.settled(first.id);
    expect((await banks.byCode(bank)).size).toBe(0);
    for (const table of [
      database.tables.questions,
      database.tables.questionVersions,
      database.tables.questionKeys,
      database.tables.importQuestions,
    ])
      expect(await database.query.select().from(table)).toEqual([]);
    expect(await commit(first.uid)).toMatchObject({ state: 'committed' });
    expect((await banks.byCode(bank)).size).toBe(3);
  });

  it('leaves the bank as it is when it changed between the preview and the commit', async () => {
    const { bring, commit, banks, bank, author, database } = await open();
    const row = await bring(GIFT);
    const content = (await bring(GIFT)) && {
      kind: 'choice',
      prompt: { stem: 'Khác hẳn', options: ['a', 'b'], multiple: false },
      key: { right: [0] },
      explanation: '',
      citation: null,
      topic: 'x',
      difficulty: 1 as const,
      tags: [],
      points: 100,
    };
    await banks.add(bank, [{ code: 'nam', content }], 'draft', author);
    const after = await commit(row.uid);
    expect(after.state).toBe('ready');
    expect(after.report.problem?.en).toContain('bank changed');
    expect([...(await banks.byCode(bank)).keys()]).toEqual(['nam']);
    expect(await database.query.select().from(database.tables.importQuestions)).toEqual([]);
    expect(await database.query.select().from(database.tables.questions)).toHaveLength(1);
  });

  it('does not undo what was edited since', async () => {
    const { bring, commit, imports, banks, bank, author } = await open();
    const row = await commit((await bring(GIFT)).uid);
    const question = (await banks.byCode(bank)).get('nam');
    if (question === undefined) throw new Error('no question');
    await banks.edit(
      [{ question, content: { ...question.content, topic: 'khác' }, status: 'draft' }],
      author,
    );
    await expect(imports.undo(row, author)).rejects.toMatchObject({
      code: 'imports.used',
      facts: { use: 'edited' },
    });
    expect((await banks.byCode(bank)).size).toBe(3);
  });

  it('says why a file cannot be read, and keeps nothing of it that goes in', async () => {
    const { bring, imports, author } = await open();
    const row = await bring('\u0000\u0001\u0002\u0003', 'x.bin');
    expect(row.state).toBe('ready');
    expect(row.report.failure?.vi).toBeTruthy();
    await expect(imports.commit(row, author)).rejects.toMatchObject({ code: 'imports.nothing' });
  });

  it('gives a question whose name another one has a name of its own, the same each time', async () => {
    const { bring, commit, codes } = await open();
    await commit((await bring('::1::Sông nào dài nhất? {=Hồng ~Lam}\n')).uid);
    const other = await bring('::1::Ai viết Truyện Kiều? {=Nguyễn Du ~Tố Hữu}\n');
    expect(other.report.counts.fates).toMatchObject({ new: 1, changed: 0 });
    await commit(other.uid);
    expect(await codes()).toEqual(['1', expect.stringMatching(/^1-[0-9a-f]{6}$/)]);
    expect(
      (await bring('::1::Ai viết Truyện Kiều? {=Nguyễn Du ~Tố Hữu}\n')).report.counts.fates,
    ).toMatchObject({ same: 1, new: 0 });
  });
});
