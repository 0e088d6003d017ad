/** A published contest of one open round on a shipped bank, made through the doors as an organiser makes it. */
import { seedBanks } from '../../server/banks/shipped.ts';
import type { ContestDraft, DeskContest } from '../../server/contracts/contest-desk.ts';
import type { TestServer } from './app.ts';
import { Visitor } from './visitor.ts';

export interface TestContest {
  readonly owner: Visitor;
  readonly id: string;
  readonly slug: string;
  /** uid of its first round. */
  readonly round: string;
  readonly bank: string;
}

/** `change` may alter the draft before it is published; weekly `rounds`, one after another. */
export async function openContest(
  server: TestServer,
  change: (draft: Draft) => void = () => undefined,
  rounds = 1,
): Promise<TestContest> {
  await seedBanks(server.context);
  const owner = await new Visitor(server).register();
  await owner.become('organiser');
  const banks = await owner.get('/api/desk/banks');
  const bank: string = banks.body.banks.find((one: { slug: string }) => one.slug === 'nghi-quyet-15').id;
  const created = await owner.post('/api/desk/contests', {
    title: 'Tìm hiểu Nghị quyết 15-NQ/TW',
    preset: 'weeklyQuiz',
    opensAt: server.clock.now() - 60_000,
    rounds,
    banks: [bank],
  });
  if (created.status !== 201) throw new Error(`contest not created: ${created.text}`);
  const draft = draftOf(created.body);
  change(draft);
  const saved = await owner.put(`/api/desk/contests/${created.body.id}`, {
    expectedVersion: created.body.version,
    ...draft,
  });
  if (saved.status !== 200) throw new Error(`contest not saved: ${saved.text}`);
  const published = await owner.post(`/api/desk/contests/${saved.body.id}/publish`, {
    expectedVersion: saved.body.version,
    understandsPublicKeys: true,
  });
  if (published.status !== 200) throw new Error(`contest not published: ${published.text}`);
  return {
    owner,
    id: published.body.id,
    slug: published.body.slug,
    round: published.body.rounds[0].id,
    bank,
  };
}

/** It asks nothing about a person. */
export function withoutFields({ settings }: Draft): void {
  for (const field of Object.keys(settings.fields)) Object.assign(settings.fields, { [field]: 'no' });
}

/** What the desk shows of a contest, as the draft that it takes back. */
function draftOf({ title, slug, summary, page, image, settings, rounds }: DeskContest): Draft {
  return {
    title,
    slug,
    summary,
    page,
    image,
    settings,
    rounds: rounds.map(({ id, title: name, opensAt, closesAt, durationMs, settings: own }) => ({
      id,
      title: name,
      opensAt,
      closesAt,
      durationMs,
      settings: own,
    })),
  };
}

/** Tests change what they need of it. */
export type Draft = { -readonly [K in keyof ContestDraft]: ContestDraft[K] };
