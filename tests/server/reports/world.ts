/** A contest with a small tree of units and people who took part for them, made through the doors. */
import { startServer, type TestServer } from '../../harness/app.ts';
import { type Draft, openContest, type TestContest, withoutFields } from '../../harness/contest.ts';
import { Visitor } from '../../harness/visitor.ts';

export interface ReportWorld {
  readonly server: TestServer;
  readonly contest: TestContest;
  /** Name → uid: Quận (A) over Phường 1 and Phường 2, Sở (B) with nobody. */
  readonly units: Readonly<Record<string, string>>;
}

const TREE = [
  { name: 'Quận Hoàn Kiếm', code: 'HK', parent: null, block: 'Khối quận', headcount: null },
  { name: 'Phường Hàng Bạc', code: '=HB', parent: 'Quận Hoàn Kiếm', block: null, headcount: 4 },
  { name: 'Phường Cửa Nam', code: 'CN', parent: 'Quận Hoàn Kiếm', block: null, headcount: 6 },
  { name: 'Sở Tư pháp', code: 'STP', parent: null, block: 'Khối sở', headcount: 10 },
] as const;

/** On a server of its own, at a place of its database, or on one that runs; `change` and `rounds` as of `openContest`. */
export async function reportWorld(
  place?: string | TestServer,
  change: (draft: Draft) => void = () => undefined,
  rounds = 1,
): Promise<ReportWorld> {
  const server = typeof place === 'object' ? place : await startServer(place);
  const contest = await openContest(
    server,
    (draft) => {
      draft.settings.guests = true;
      draft.settings.consents = [];
      withoutFields(draft);
      draft.settings.fields.unit = 'optional';
      change(draft);
    },
    rounds,
  );
  const units: Record<string, string> = {};
  for (const { parent, ...unit } of TREE) {
    const body = { ...unit, parent: parent === null ? null : units[parent] };
    const made = await contest.owner.post('/api/units', body);
    if (made.status >= 300) throw new Error(`unit not made: ${made.text}`);
    units[unit.name] = made.body.uid;
  }
  return { server, contest, units };
}

/** Somebody without an account who enters for a unit, or for none. */
export async function entrant(
  { server, contest, units }: ReportWorld,
  name: string,
  unit: string | null,
): Promise<Visitor> {
  const visitor = new Visitor(server);
  const entered = await visitor.post(`/api/contests/${contest.slug}/entry`, {
    name,
    consents: [],
    ...(unit === null ? {} : { unit: units[unit] }),
  });
  if (entered.status !== 200) throw new Error(`not entered: ${entered.text}`);
  return visitor;
}

/** Takes attempt `number` and hands it in with nothing, or every choice answered with its first option; gives its id. */
export async function take(
  { server, contest }: ReportWorld,
  visitor: Visitor,
  number: number,
  answered = true,
): Promise<string> {
  const { body, text, status } = await visitor.post(`/api/rounds/${contest.round}/attempts`, { number });
  if (status !== 200) throw new Error(`not started: ${text}`);
  const asked: readonly { kind: string }[] = body.questions;
  const changes = Object.fromEntries(
    asked.flatMap(({ kind }, i) => (answered && kind === 'choice' ? [[i, [0]]] : [])),
  );
  const reply = await server.app.http.inject({
    method: 'POST',
    url: `/api/attempts/${body.id}/submit`,
    headers: { authorization: `Attempt ${body.token}` },
    payload: { device: 'device1', n: 1, base: 0, changes },
  });
  if (reply.statusCode !== 200) throw new Error(`not submitted: ${reply.body}`);
  return body.id;
}
