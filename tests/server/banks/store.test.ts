import { pino } from 'pino';
import { expect, it } from 'vitest';
import { BankPools } from '../../../server/banks/pool.ts';
import type { Content } from '../../../server/banks/rules.ts';
import { QuestionSearch } from '../../../server/banks/search.ts';
import { seedBank } from '../../../server/banks/shipped.ts';
import { BankStore } from '../../../server/banks/store.ts';
import { LocalAnnouncer } from '../../../server/platform/announcer.ts';
import { MovableClock } from '../../../server/platform/clock.ts';
import { Keys } from '../../../server/platform/database/keys.ts';
import { Secrets } from '../../../server/platform/secrets.ts';
import { onBothDatabases } from '../../harness/databases.ts';

const author = { by: 7, at: 1000, reason: null };

function content(stem: string, more: Partial<Content> = {}): Content {
  return {
    kind: 'choice',
    prompt: { stem, options: ['một', 'hai', 'ba'], multiple: false },
    key: { right: [1] },
    explanation: 'Vì vậy.',
    citation: { document: 'Văn bản A', section: 'Điều 1', source: 'thử', validity: 'thử' },
    topic: 'Chung',
    difficulty: 2,
    tags: ['thử'],
    points: 100,
    ...more,
  };
}

function shipped(slug: string, questions: readonly { code: string; content: Content }[]) {
  const listed = questions.map(({ code, content }) => ({ code, ...content }));
  return { slug, title: 'Ngân hàng', description: '', licence: 'CC0', documents: {}, questions: listed };
}

onBothDatabases('banks', (databases) => {
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
    const store = new BankStore(context);
    return { context, store, search: new QuestionSearch(context, store), database };
  }
  const description = { slug: 'thu', title: 'Thử', description: '', licence: 'CC0' };

  it('refuses a slug and a code that are in use, and keeps nothing of the refused pieces', async () => {
    const { store } = await open();
    const bank = await store.create({ ...description, shipped: false, practice: false }, author);
    const again = store.create({ ...description, shipped: false, practice: false }, author);
    await expect(again).rejects.toMatchObject({ code: 'taken' });
    await store.add(bank, [{ code: 'a', content: content('A') }], 'draft', author);
    const pieces = [
      { code: 'b', content: content('B') },
      { code: 'a', content: content('A2') },
    ];
    await expect(store.add(bank, pieces, 'draft', author)).rejects.toMatchObject({ code: 'taken' });
    expect([...(await store.byCode(bank)).keys()]).toEqual(['a']);
  });

  it('keeps old versions with their keys when a question is corrected, and lets one of two editors win', async () => {
    const { store, database } = await open();
    const bank = await store.create({ ...description, shipped: false, practice: false }, author);
    await store.add(bank, [{ code: 'a', content: content('Đúng hay sai?') }], 'approved', author);
    const question = (await store.byCode(bank)).get('a');
    if (question === undefined) throw new Error('no question');
    const edit = (stem: string) =>
      store.edit([{ question, content: content(stem, { key: { right: [2] } }), status: 'review' }], author);
    const settled = await Promise.allSettled([edit('Một'), edit('Hai')]);
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const now = await store.question(question.uid);
    expect(now).toMatchObject({ version: 2, status: 'review', content: { key: { right: [2] } } });
    expect((await store.versions(question.id)).map(({ version }) => version)).toEqual([2, 1]);
    const keys = await database.query.select().from(database.tables.questionKeys);
    expect(keys.find(({ versionId }) => versionId === question.versionId)?.key).toEqual({ right: [1] });
  });

  it('finds questions without diacritics, a page at a time', async () => {
    const { store, search } = await open();
    const bank = await store.create({ ...description, shipped: false, practice: false }, author);
    const added = [
      { code: 'a', content: content('Thủ đô Hà Nội') },
      { code: 'b', content: content('Vùng đồng bằng 100% sông Hồng', { topic: 'Vùng' }) },
      { code: 'c', content: content('Phát triển Thủ đô', { difficulty: 3 }) },
    ];
    await store.add(bank, added, 'draft', author);
    const codes = async (query: Parameters<typeof search.page>[1]) => {
      const { total, rows } = await search.page(bank, query);
      return [total, rows.map(({ code }) => code)];
    };
    expect(await codes({ search: 'thu do' })).toEqual([2, ['a', 'c']]);
    expect(await codes({ search: 'thu do', limit: 1, offset: 1 })).toEqual([2, ['c']]);
    expect(await codes({ search: '100%' })).toEqual([1, ['b']]);
    expect(await codes({ search: '_' })).toEqual([0, []]);
    expect(await codes({ topic: 'Vùng' })).toEqual([1, ['b']]);
    expect(await codes({ difficulty: 3, status: 'draft' })).toEqual([1, ['c']]);
    expect(await codes({ status: 'approved' })).toEqual([0, []]);
  });

  it('draws from what stands now: approved or not, never retired, and never with a key in memory', async () => {
    const { store, context } = await open();
    const bank = await store.create({ ...description, shipped: false, practice: false }, author);
    await store.add(bank, [{ code: 'a', content: content('A') }], 'approved', author);
    await store.add(bank, [{ code: 'b', content: content('B') }], 'draft', author);
    const pools = new BankPools(context);
    const before = await pools.pool([bank.uid], true);
    expect(before.questions).toHaveLength(1);
    expect((await pools.pool([bank.uid], false)).questions).toHaveLength(2);
    expect(await pools.pool([bank.uid], true)).toBe(before);
    expect(JSON.stringify(before.questions)).not.toContain('right');
    const question = (await store.byCode(bank)).get('a');
    if (question === undefined) throw new Error('no question');
    await store.giveStatus(question, 'retired', author);
    await pools.refresh(bank.uid);
    expect((await pools.pool([bank.uid], true)).questions).toEqual([]);
    expect((await pools.pool([bank.uid], false)).questions).toHaveLength(1);
    expect((await pools.pool(['nowhere'], false)).questions).toEqual([]);
    pools.close();
  });

  it('hears of changes by itself', async () => {
    const { store, context } = await open();
    const bank = await store.create({ ...description, shipped: false, practice: false }, author);
    const pools = new BankPools(context);
    expect((await pools.pool([bank.uid], false)).questions).toEqual([]);
    await store.add(bank, [{ code: 'a', content: content('A') }], 'approved', author);
    await expect.poll(async () => (await pools.pool([bank.uid], false)).questions.length).toBe(1);
    pools.close();
  });

  it('brings shipped banks in once, corrects what the file corrected, and leaves what people changed', async () => {
    const { store, context } = await open();
    const first = [
      { code: 'a', content: content('A') },
      { code: 'b', content: content('B') },
    ];
    expect(await seedBank(context, shipped('nq', first))).toEqual({ added: 2, corrected: 0 });
    expect(await seedBank(context, shipped('nq', first))).toEqual({ added: 0, corrected: 0 });
    const bank = await store.bySlug('nq');
    if (bank === null) throw new Error('no bank');
    expect(bank.shipped).toBe(true);
    const mine = (await store.byCode(bank)).get('b');
    if (mine === undefined) throw new Error('no question');
    await store.edit([{ question: mine, content: content('B của tôi'), status: 'approved' }], author);
    const next = [
      { code: 'a', content: content('A sửa') },
      { code: 'b', content: content('B sửa') },
      { code: 'c', content: content('C') },
    ];
    expect(await seedBank(context, shipped('nq', next))).toEqual({ added: 1, corrected: 1 });
    const stems = [...(await store.byCode(bank)).values()].map(({ content, status }) => [
      content.prompt.stem,
      status,
    ]);
    expect(stems.sort()).toEqual([
      ['A sửa', 'approved'],
      ['B của tôi', 'approved'],
      ['C', 'approved'],
    ]);
  });

  it('lets two nodes seed at the same time', async () => {
    const { store, search, context } = await open();
    const bank = shipped(
      'nq',
      Array.from({ length: 150 }, (_, i) => ({ code: `q${i}`, content: content(`Câu ${i}`) })),
    );
    await Promise.all([seedBank(context, bank), seedBank(context, bank)]);
    const row = await store.bySlug('nq');
    if (row === null) throw new Error('no bank');
    expect((await search.page(row, {})).total).toBe(150);
    expect((await store.counts()).get(row.id)).toMatchObject({ approved: 150, draft: 0 });
  });
});
