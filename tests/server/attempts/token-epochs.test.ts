import { expect, it } from 'vitest';
import { startServer } from '../../harness/app.ts';
import { openContest, withoutFields } from '../../harness/contest.ts';
import { onBothDatabases } from '../../harness/databases.ts';
import { Visitor } from '../../harness/visitor.ts';

onBothDatabases("a token left in a shared computer's browser", (databases) => {
  it('dies when its person signs the others out, while the person goes on with a new one', async () => {
    const server = await startServer(await databases.location());
    const contest = await openContest(server, (draft) => {
      draft.settings.consents = [];
      withoutFields(draft);
    });
    const save = async (id: string, token: string, n: number) => {
      const reply = await server.app.http.inject({
        method: 'POST',
        url: `/api/attempts/${id}/answers`,
        payload: { device: 'shared1', n, base: n - 1, changes: {} },
        headers: { authorization: `Attempt ${token}` },
      });
      return reply.statusCode === 200 ? 'saved' : reply.json().code;
    };
    const start = async (who: Visitor) => {
      await who.ask('POST', `/api/contests/${contest.slug}/entry`, { consents: [] });
      return (await who.ask('POST', `/api/rounds/${contest.round}/attempts`, { number: 1 })).body;
    };
    const an = await new Visitor(server).register({ name: 'Nguyễn Văn An' });
    const binh = await new Visitor(server).register({ name: 'Trần Thị Bình' });
    const attempt = await start(an);
    const other = await start(binh);
    expect(await save(attempt.id, attempt.token, 1)).toBe('saved');

    expect((await an.ask('POST', '/api/me/sessions/end', { which: 'others' })).status).toBe(204);
    expect(await save(attempt.id, attempt.token, 2)).toBe('attempt.token');
    const again = (await an.ask('GET', `/api/attempts/${attempt.id}`)).body;
    expect(again.token).not.toBe(attempt.token);
    expect(await save(attempt.id, again.token, 2)).toBe('saved');
    expect(await save(other.id, other.token, 1)).toBe('saved');

    // A signature is for one epoch: the number in front cannot be raised by hand.
    const forged = attempt.token.replace('.', '-1.');
    expect(await save(attempt.id, forged, 3)).toBe('attempt.token');

    expect((await an.ask('POST', '/api/me/sessions/end', { which: 'all' })).status).toBe(204);
    expect(await save(attempt.id, again.token, 3)).toBe('attempt.token');
    expect((await an.ask('GET', `/api/attempts/${attempt.id}`)).status).toBe(401);

    const submit = await server.app.http.inject({
      method: 'POST',
      url: `/api/attempts/${other.id}/submit`,
      payload: {},
      headers: { authorization: `Attempt ${other.token}` },
    });
    expect(submit.statusCode, submit.body).toBe(200);
  });
});
