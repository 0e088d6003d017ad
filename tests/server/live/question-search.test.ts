/** Questions that organisers may choose for a stage: approved ones, found by words, and never with their keys. */
import { beforeAll, expect, test } from 'vitest';
import { seedBanks } from '../../../server/banks/shipped.ts';
import { startServer } from '../../harness/app.ts';
import { Visitor } from '../../harness/visitor.ts';

const server = await startServer();
let organiser: Visitor;
let bank: string;

beforeAll(async () => {
  await seedBanks(server.context);
  organiser = await new Visitor(server).register();
  await organiser.become('organiser');
  const banks = await organiser.get('/api/desk/banks');
  bank = banks.body.banks.find((one: { slug: string }) => one.slug === 'nghi-quyet-15').id;
});

test('an organiser who edits no bank finds approved questions without accents', async () => {
  const all = await organiser.get(`/api/desk/live/questions?bank=${bank}`);
  const found = await organiser.get(`/api/desk/live/questions?bank=${bank}&q=nghi%20quyet`);
  expect([all.status, found.status]).toEqual([200, 200]);
  expect(found.body.total).toBeGreaterThan(0);
  expect(found.body.total).toBeLessThanOrEqual(all.body.total);
  expect(all.body.questions[0].stem).not.toBe('');
});

test('kinds narrow what is found', async () => {
  const truths = await organiser.get(`/api/desk/live/questions?bank=${bank}&kinds=trueFalse`);
  const kinds = new Set(truths.body.questions.map((one: { kind: string }) => one.kind));
  expect([...kinds].filter((kind) => kind !== 'trueFalse')).toEqual([]);
});

test('those that were chosen come by their ids', async () => {
  const all = await organiser.get(`/api/desk/live/questions?bank=${bank}`);
  const ids = all.body.questions.slice(3, 5).map((one: { id: string }) => one.id);
  const chosen = await organiser.get(`/api/desk/live/questions?ids=${ids.join(',')}`);
  expect(chosen.body.questions.map((one: { id: string }) => one.id).sort()).toEqual(ids.sort());
});

test('no key leaves, and citizens are not let in', async () => {
  const all = await organiser.get(`/api/desk/live/questions?bank=${bank}`);
  expect(Object.keys(all.body.questions[0]).sort()).toEqual([
    'code',
    'difficulty',
    'id',
    'kind',
    'stem',
    'topic',
  ]);
  const citizen = await new Visitor(server).register();
  expect((await citizen.get(`/api/desk/live/questions?bank=${bank}`)).status).toBe(403);
});
