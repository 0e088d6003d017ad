import { pino } from 'pino';
import { expect, it } from 'vitest';
import { loadShippedBank } from '../../../questions/banks/index.ts';
import { recognise } from '../../../questions/documents/recognise.ts';
import { seedBank } from '../../../server/banks/shipped.ts';
import { BankStore } from '../../../server/banks/store.ts';
import { fixCitation, writtenCitations } from '../../../server/documents/citations.ts';
import { citesDocument } from '../../../server/documents/citing.ts';
import { CitationLinks } from '../../../server/documents/linking.ts';
import { markLooked, waitingForLook } from '../../../server/documents/reviews.ts';
import { DocumentShelf } from '../../../server/documents/shelf.ts';
import { seedDocuments } from '../../../server/documents/shipped.ts';
import { type Author, DocumentStore } from '../../../server/documents/store.ts';
import { LocalAnnouncer } from '../../../server/platform/announcer.ts';
import { MovableClock } from '../../../server/platform/clock.ts';
import { ConflictError } from '../../../server/platform/database/door.ts';
import { Keys } from '../../../server/platform/database/keys.ts';
import { Secrets } from '../../../server/platform/secrets.ts';
import { onBothDatabases } from '../../harness/databases.ts';

const NOW = Date.UTC(2026, 10, 30);
const DAY = '2026-11-30';
const author: Author = { by: null, actor: 'ai-do', address: null, at: NOW, reason: 'thử' };
const facts = {
  type: 'Nghị quyết',
  number: '15-NQ/TW',
  title: 'Phát triển Thủ đô',
  issuer: 'Bộ Chính trị',
  issuedOn: '2022-05-05',
  validFrom: null,
  validUntil: null,
  supersededById: null,
  note: '',
  source: '',
  isExcerpt: false,
};

onBothDatabases('documents', (databases) => {
  async function world() {
    const database = await databases.open();
    const context = {
      database,
      keys: new Keys(database),
      announcer: new LocalAnnouncer(),
      secrets: new Secrets('a secret of tests, long enough for anybody'),
      clock: new MovableClock(NOW),
      log: pino({ level: 'silent' }),
    };
    const shelf = new DocumentShelf(context);
    const links = new CitationLinks(context, shelf);
    return { context, shelf, links, store: new DocumentStore(context), banks: new BankStore(context) };
  }

  it('keeps every text as a version, and refuses who saw another one', async () => {
    const { store, shelf, links } = await world();
    const uid = await store.create('nq-15', facts, author);
    await expect(store.create('nq-15', facts, author)).rejects.toMatchObject({ code: 'taken' });
    const document = (await shelf.read()).byUid(uid);
    if (document === null) throw new Error('not there');
    const text = (source: string) => ({ source, sections: recognise(source).sections });
    await store.keepText(document, 1, text('Điều 1. Một'), author);
    await expect(store.keepText(document, 1, text('Điều 1. Hai'), author)).rejects.toBeInstanceOf(
      ConflictError,
    );
    const now = (await shelf.read()).byUid(uid);
    expect(now).toMatchObject({ version: 2, textVersion: 1, outline: [{ key: 'dieu-1', title: 'Một' }] });
    expect(JSON.stringify(now?.outline)).not.toContain('"text"');
    if (now === null) throw new Error('not there');
    await store.keepText(now, 2, text('Điều 1. Hai'), author);
    expect(await store.source(now.id, 1)).toBe('Điều 1. Một');
    expect((await store.texts(now.id)).map(({ version }) => version)).toEqual([2, 1]);
    await expect(store.change(now, 1, facts, author)).rejects.toBeInstanceOf(ConflictError);
    await links.close();
    shelf.close();
  });

  it('links citations to sections, follows corrections, and counts what waits for a look', async () => {
    const { context, store, shelf, links, banks } = await world();
    const { database } = context;
    const shipped = await loadShippedBank('nghi-quyet-15');
    await seedBank(context, shipped);
    await links.settle();
    const rows = () => database.query.select().from(database.tables.citationLinks);
    expect((await rows()).every(({ documentId }) => documentId === 0)).toBe(true);
    expect(await rows()).toHaveLength(shipped.questions.length);

    expect(await seedDocuments(context)).toBeGreaterThan(15);
    expect(await seedDocuments(context)).toBe(0);
    await links.settle();
    const documents = await shelf.read();
    const program = documents.bySlug('nghi-quyet-12-nq-cp-2023');
    const old = documents.bySlug('nghi-quyet-15-nq-tw-2022');
    if (program === null || old === null) throw new Error('no documents');
    const linked = (await rows()).filter(({ documentId }) => documentId === program.id);
    expect(linked.length).toBeGreaterThan(60);
    expect(linked.filter(({ section }) => section === 'i.4.a').length).toBeGreaterThan(15);

    const { questions } = database.tables;
    const citing = await database.query
      .select({ id: questions.id })
      .from(questions)
      .where(citesDocument(database, program.uid));
    expect(citing).toHaveLength(linked.length);

    const written = await writtenCitations(context, documents, null);
    expect(written[0]?.questions).toBeGreaterThan(15);
    const vague = written.find(({ section }) => section === 'Căn cứ ban hành');
    expect(vague?.target).toMatchObject({ section: '', isNear: true });
    const words = { document: vague?.document ?? '', section: 'Căn cứ ban hành' };
    await fixCitation(context, words, { documentId: program.id, sectionKey: 'mo-dau' }, author);
    await links.settle();
    expect((await rows()).filter(({ section }) => section === 'mo-dau')).toHaveLength(1);
    await fixCitation(context, words, { documentId: 0, sectionKey: '' }, author);
    expect((await shelf.read()).target(words)).toBeNull();
    await fixCitation(context, words, null, author);
    expect((await shelf.read()).target(words)).toMatchObject({ isFixed: false });

    const waiting = await waitingForLook(context, await shelf.read(), DAY);
    const ofOld = waiting.filter(({ document }) => document.id === old.id);
    expect(ofOld.length).toBeGreaterThan(5);
    const found = await database.query.select({ id: questions.id, uid: questions.uid }).from(questions);
    const uids = ofOld.map(({ questionId }) => found.find(({ id }) => id === questionId)?.uid ?? '');
    expect(await markLooked(context, old, uids, DAY, author)).toBe(uids.length);
    expect(await markLooked(context, old, uids, DAY, author)).toBe(uids.length);
    const after = await waitingForLook(context, await shelf.read(), DAY);
    expect(after).toHaveLength(waiting.length - ofOld.length);
    await expect(markLooked(context, program, uids, DAY, author)).rejects.toMatchObject({
      code: 'documents.notEnded',
    });

    // Replaced by another one than before: all of it is looked at again.
    const now = (await shelf.read()).byId(old.id);
    if (now === null) throw new Error('gone');
    await store.change(now, now.version, { ...now, supersededById: program.id }, author);
    await links.settle();
    expect(await waitingForLook(context, await shelf.read(), DAY)).toHaveLength(waiting.length);

    // A question that is corrected is linked again.
    const bank = await banks.bySlug('nghi-quyet-15');
    if (bank === null) throw new Error('no bank');
    const [question] = (await banks.byCode(bank)).values();
    if (question === undefined) throw new Error('no question');
    const citation = {
      document: 'Luật số 39/2024/QH15',
      section: 'Điều 9, khoản 2',
      source: '',
      validity: '',
    };
    await banks.edit([{ question, content: { ...question.content, citation }, status: 'approved' }], {
      by: null,
      at: NOW,
      reason: null,
    });
    await links.settle();
    const law = (await shelf.read()).bySlug('luat-thu-do-2024');
    expect(await rows()).toContainEqual(
      expect.objectContaining({ documentId: law?.id, section: 'dieu-9.khoan-2' }),
    );
    await links.close();
    shelf.close();
  }, 60_000);
});
