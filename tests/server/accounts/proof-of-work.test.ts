import { expect, it } from 'vitest';
import { Proofs } from '../../../server/platform/proofs.ts';
import { Secrets } from '../../../server/platform/secrets.ts';
import { startServer } from '../../harness/app.ts';
import { solve } from '../../harness/proof.ts';
import { PASSWORD, Visitor } from '../../harness/visitor.ts';

const NOW = 1_700_000_000_000;

it('a proof is taken once, for a while, at its place, and only of a challenge that was given', () => {
  const proofs = new Proofs(new Secrets('a secret of tests, long enough for anybody'));
  const proof = solve(proofs.challenge('register', NOW));
  expect(proofs.take('live-123456', proof, NOW)).toBe(false);
  expect(proofs.take('register', { ...proof, n: proof.n + 1 }, NOW)).toBe(false);
  expect(proofs.take('register', proof, NOW + 10 * 60_000 + 1)).toBe(false);
  expect(proofs.take('register', proof, NOW + 10 * 60_000)).toBe(true);
  expect(proofs.take('register', proof, NOW)).toBe(false);
  expect(proofs.take('register', { ...proof, salt: `${proof.salt}.x` }, NOW)).toBe(false);

  const foreign = new Proofs(new Secrets('another secret of tests, also long enough'));
  expect(proofs.take('register', solve(foreign.challenge('register', NOW)), NOW)).toBe(false);
  const [place, until = '', ...rest] = proofs.challenge('register', NOW).salt.split('.');
  const later = (Number.parseInt(until, 36) + 86_400_000).toString(36);
  const stretched = solve({ salt: [place, later, ...rest].join('.'), bits: 16 });
  expect(proofs.take('register', stretched, NOW)).toBe(false);
});

/** What a device sends that registers. */
const form = (userName: string) => ({
  name: 'Nguyễn Văn An',
  userName,
  password: PASSWORD,
  consentVersion: 1,
});

it('is asked of everybody who registers where it is switched on, and good for one account', async () => {
  const server = await startServer(undefined, { HOITHI_PROOF_OF_WORK: 'on' });
  const refused = await new Visitor(server).post('/api/accounts', form('an.nguyen'));
  expect(refused.body).toMatchObject({ status: 409, code: 'auth.proofNeeded', facts: { bits: 16 } });
  const proof = solve(refused.body.facts);
  expect((await new Visitor(server).post('/api/accounts', { ...form('an.nguyen'), proof })).status).toBe(200);
  const again = await new Visitor(server).post('/api/accounts', { ...form('binh.tran'), proof });
  expect(again.body.code).toBe('auth.proofNeeded');
});

it('is asked by itself while very many register, from whatever addresses, and not of a class', async () => {
  const server = await startServer(undefined, { HOITHI_LIMIT_FACTOR: '1' });
  const { limits } = server.app.accounts;
  // A little ahead, so that nothing flows back before the request comes.
  const soon = server.clock.now() + 10_000;
  expect((await new Visitor(server).post('/api/accounts', form('lop.10a'))).status).toBe(200);
  for (let i = 0; i < 600; i++) limits.unproven.allows('everywhere', soon);
  const refused = await new Visitor(server, '198.51.100.7').post('/api/accounts', form('lop.10b'));
  expect(refused.body.code).toBe('auth.proofNeeded');
  const proof = solve(refused.body.facts);
  expect((await new Visitor(server).post('/api/accounts', { ...form('lop.10b'), proof })).status).toBe(200);
  server.clock.advance(60_000);
  expect((await new Visitor(server).post('/api/accounts', form('lop.10c'))).status).toBe(200);
});
