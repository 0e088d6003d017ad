/** The people of the tests that try doors: a victim with an attempt, somebody else, a guest, two organisers, an officer of another unit, an admin. */
import type { Door } from '../../server/platform/doors.ts';
import type { TestServer } from './app.ts';
import { openContest, type TestContest, withoutFields } from './contest.ts';
import { Visitor } from './visitor.ts';

export interface Cast {
  /** Cookie headers. */
  readonly citizen: string;
  readonly guest: string;
  readonly organiser: string;
  /** Answers for a unit beside the victim's. */
  readonly officer: string;
  readonly admin: string;
  /** Editor and reviewer of other banks. */
  readonly editor: string;
  /** Parameter of a door → an id that belongs to the victim or to the first organiser. */
  readonly ids: Readonly<Record<string, string>>;
  /** Stands in what belongs to the victim and to the first organiser, and nowhere else. */
  readonly secretText: string;
  /** A body that a door of this address takes, as far as one is needed to get past the contract. */
  bodyFor(door: Door): object;
}

/** Somebody’s, as far as a contract can tell. */
const BOARD = '01890000-0000-7000-8000-000000000009';
const SECRET = 'Bí Mật Của Riêng';

const cookieOf = (visitor: Visitor): string =>
  [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');

export async function castOf(server: TestServer): Promise<Cast> {
  const contest = await openContest(server, (draft) => {
    draft.settings.guests = true;
    draft.settings.names = 'number';
    draft.settings.consents = [];
    withoutFields(draft);
  });
  const victim = await new Visitor(server).register({ name: `${SECRET} Nguyễn` });
  const entered = await victim.post(`/api/contests/${contest.slug}/entry`, { consents: [] });
  if (entered.status !== 200) throw new Error(`not entered: ${entered.text}`);
  const started = await victim.post(`/api/rounds/${contest.round}/attempts`, { number: 1 });
  if (started.status !== 200) throw new Error(`not started: ${started.text}`);
  const sessions = await victim.get('/api/me/sessions');
  const guest = new Visitor(server);
  await guest.post(`/api/contests/${contest.slug}/entry`, { name: 'Khách', consents: [] });
  const [citizen, organiser, admin] = await Promise.all(
    [new Visitor(server), new Visitor(server), new Visitor(server)].map((visitor) => visitor.register()),
  );
  if (citizen === undefined || organiser === undefined || admin === undefined) throw new Error('nobody came');
  await organiser.become('organiser');
  await admin.become('admin');
  const live = await contest.owner.post('/api/desk/live', { title: `${SECRET} trực tiếp` });
  if (live.status !== 201) throw new Error(`no live session: ${live.text}`);
  const { unit, roster, officer } = await unitsOf(contest, server);
  const bank = await bankOf(server);
  const editor = await (await new Visitor(server).register()).become('editor', 'reviewer');
  const ids = {
    unit,
    roster,
    ...bank,
    duty: 'editor',
    version: '1',
    media: 'a'.repeat(64),
    live: live.body.id,
    pin: '123456',
    attempt: started.body.id,
    session: sessions.body.sessions[0].id ?? sessions.body.sessions[0].uid,
    person: victim.uid,
    contest: contest.id,
    round: contest.round,
    board: `round-${contest.round}`,
    slug: contest.slug,
    role: 'organiser',
    share: 'a-b',
    batch: BOARD,
    certificate: '2S-00000-00000-00000-00000',
    code: '2S-00000-00000-00',
  };
  return {
    citizen: cookieOf(citizen),
    guest: cookieOf(guest),
    organiser: cookieOf(organiser),
    officer: cookieOf(officer),
    admin: cookieOf(admin),
    editor: cookieOf(editor),
    ids,
    secretText: SECRET,
    bodyFor: (door) => bodies(server.clock.now(), ids)[door.url.split('/').at(-1) ?? ''] ?? {},
  };
}

/** The unit of the victim's roster, and somebody who answers for the one beside it. */
async function unitsOf({ owner, id }: TestContest, server: TestServer) {
  const reason = 'để thử các cửa';
  const [theirs, beside] = await Promise.all(
    ['Đơn vị bên này', 'Đơn vị bên kia'].map(
      async (name) => (await owner.post('/api/units', { name })).body.uid,
    ),
  );
  const roster = '0190a000-0000-7000-8000-0000000000aa';
  const made = await owner.post(`/api/desk/contests/${id}/rosters/import`, {
    id: roster,
    title: `${SECRET} danh sách`,
    unit: theirs,
    name: 'ds.csv',
    dataBase64: Buffer.from(`Họ và tên\n${SECRET} Vắng Mặt`).toString('base64'),
    dryRun: false,
  });
  if (made.body?.applied !== true) throw new Error(`no roster: ${made.text}`);
  const officer = await new Visitor(server).register();
  const added = await owner.post(`/api/units/${beside}/officers`, { person: officer.uid, reason });
  if (added.status !== 200) throw new Error(`no officer: ${added.text}`);
  await officer.signIn();
  return { unit: theirs, roster, officer };
}

/** A bank with people of its own, a question in it, and a file on its way into it. */
async function bankOf(server: TestServer) {
  const owner = await (await new Visitor(server).register()).become('editor', 'reviewer');
  const about = { slug: 'bi-mat', title: `${SECRET} ngân hàng`, description: '', licence: '' };
  const made = await owner.post('/api/desk/banks', about);
  const added = await owner.post(`/api/desk/banks/${made.body.id}/questions`, {
    code: 'q1',
    kind: 'trueFalse',
    prompt: { stem: `${SECRET} câu hỏi` },
    key: { right: true },
    explanation: '',
    citation: null,
    topic: SECRET,
    difficulty: 1,
    tags: [],
    points: 100,
  });
  if (added.status !== 201) throw new Error(`no question: ${added.text}`);
  const uploaded = await server.app.http.inject({
    method: 'POST',
    url: `/api/desk/banks/${made.body.id}/imports?name=de.gift`,
    headers: { cookie: cookieOf(owner), 'content-type': 'application/octet-stream' },
    payload: Buffer.from(`${SECRET} đúng không? {T}`),
  });
  if (uploaded.statusCode !== 201) throw new Error(`no import: ${uploaded.body}`);
  return { bank: made.body.id, question: added.body.id, import: uploaded.json().id, format: 'json' };
}

/** By the last word of the address. */
function bodies(
  now: number,
  ids: { readonly person: string; readonly question: string },
): Record<string, object> {
  const reason = 'thử xem có được không';
  return {
    publish: { expectedVersion: 3 },
    archive: { expectedVersion: 3, reason },
    copy: { title: 'Bản sao', opensAt: now },
    extend: { expectedVersion: 3, closesAt: now + 9e8, reason },
    close: { expectedVersion: 3, reason },
    outages: { fromAt: now - 1000, toAt: now, reason },
    freeze: { reason },
    reveal: { reason },
    people: { person: ids.person, duty: 'editor' },
    comments: { text: 'xem nào' },
    status: { expectedVersion: 1, status: 'draft' },
    bulk: { questions: [ids.question], topic: 'khác' },
    attempts: { number: 1 },
    answers: { device: 'device1', n: 1, base: 0, changes: {} },
    submit: {},
    standings: { board: `round-${BOARD}`, standing: 'provisional', last: 0, reason },
    'prize-rights': { person: BOARD, excluded: true, reason },
    publication: { list: BOARD, reason },
    revocation: { reason },
    'certificate-batches': {
      id: BOARD,
      design: BOARD,
      source: { kind: 'winners', board: `round-${BOARD}` },
      reason,
    },
    rehearsal: { players: 0 },
    passes: { as: 'host' },
    contact: { reason },
    merge: { into: '0190a000-0000-7000-8000-0000000000ab', at: now, reason },
    commands: { v: 1, id: 'press-one-1', do: 'takeControl' },
  };
}
