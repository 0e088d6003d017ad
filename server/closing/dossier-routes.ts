/** Doors of dossiers: organisers of the contest, each reading logged, and the person themself after the release. */
import { contestSubject } from '../contests/store.ts';
import { ContestParams } from '../contracts/contests.ts';
import {
  AttemptQuery,
  Dossier,
  DossierParams,
  FoundAttempts,
  OwnDossierParams,
} from '../contracts/dossier.ts';
import { identityOf } from '../platform/access.ts';
import { appendAudit } from '../platform/audit.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import { Lane } from '../platform/lane.ts';
import { Limit } from '../platform/limits.ts';
import { PRINT_TYPES, print } from '../print/printing.ts';
import { type By, type ClosingContext, ownContest } from './closing-context.ts';
import { dossierFileName, dossierOnPaper } from './dossier-print.ts';
import type { AttemptSearch } from './dossier-search.ts';
import type { Dossiers } from './dossiers.ts';
import { byOf } from './routes.ts';

const tags = ['dossiers'];
const config = { access: { roles: ['organiser' as const] } };
/** Dossiers that people print for themselves, at once and waiting: they leave the press to those who work with it. */
const ownPrints = new Lane(1, 10);

interface DossierDoors {
  readonly closing: ClosingContext;
  readonly dossiers: Dossiers;
  readonly search: AttemptSearch;
}

export function registerDossiers(http: Http, doors: DossierDoors): void {
  registerDesk(http, doors);
  registerOwn(http, doors);
}

function registerDesk(http: Http, { closing, dossiers, search }: DossierDoors): void {
  const by = byOf(closing.context.clock);
  http.get(
    '/api/desk/contests/:contest/attempts',
    {
      config,
      schema: {
        tags,
        summary: 'Attempts by entry number, name or code',
        params: ContestParams,
        querystring: AttemptQuery,
        response: { 200: FoundAttempts },
      },
    },
    async (request) =>
      search.find(await ownContest(closing, request.params.contest, identityOf(request)), request.query.q),
  );
  const read = async (
    { contest, attempt }: { readonly contest: string; readonly attempt: string },
    as: string,
    who: By,
  ): Promise<Dossier> => {
    const whole = await ownContest(closing, contest, who.who);
    const { row, round } = await dossiers.attempt(attempt);
    if (round.contestId !== whole.contest.id) throw new AppError('notFound');
    const dossier = await dossiers.forStaff(row, round, who.now);
    await appendAudit(closing.context, {
      actor: who.who.uid,
      action: 'dossier.read',
      subject: contestSubject(whole.contest),
      details: { attempt, as },
      address: who.address,
    });
    return dossier;
  };
  http.get(
    '/api/desk/contests/:contest/attempts/:attempt/dossier',
    {
      config,
      schema: {
        tags,
        summary: 'The dossier of an attempt',
        params: DossierParams,
        response: { 200: Dossier },
      },
    },
    (request) => read(request.params, 'page', by(request)),
  );
  http.get(
    '/api/desk/contests/:contest/attempts/:attempt/dossier/file',
    { config, schema: { tags, summary: 'The dossier as PDF', params: DossierParams } },
    async (request, reply) => {
      const dossier = await read(request.params, 'pdf', by(request));
      const file = await print(dossierOnPaper(dossier, closing.context.clock.now()), 'pdf');
      return reply
        .type(PRINT_TYPES.pdf)
        .header('content-disposition', `attachment; filename="${dossierFileName(dossier)}"`)
        .send(Buffer.from(file));
    },
  );
}

function registerOwn(http: Http, { closing, dossiers }: DossierDoors): void {
  const { clock, config: settings } = closing.context;
  const printing = new Limit(4 * settings.limitFactor, 2 * settings.limitFactor);
  const params = OwnDossierParams;
  const read = async (uid: string, personId: number): Promise<Dossier> => {
    const { row, round } = await dossiers.attempt(uid);
    if (row.personId !== personId) throw new AppError('notFound');
    return dossiers.forPerson(row, round, clock.now());
  };
  http.get(
    '/api/attempts/:attempt/dossier',
    {
      config: { access: 'person' },
      schema: { tags, summary: 'The dossier of my attempt', params, response: { 200: Dossier } },
    },
    (request) => read(request.params.attempt, identityOf(request).personId),
  );
  http.get(
    '/api/attempts/:attempt/dossier/file',
    { config: { access: 'person' }, schema: { tags, summary: 'The dossier of my attempt as PDF', params } },
    async (request, reply) => {
      const { personId } = identityOf(request);
      printing.take(String(personId), clock.now());
      const dossier = await read(request.params.attempt, personId);
      const file = await ownPrints.run(() => print(dossierOnPaper(dossier, clock.now()), 'pdf'));
      return reply
        .type(PRINT_TYPES.pdf)
        .header('content-disposition', `attachment; filename="${dossierFileName(dossier)}"`)
        .send(Buffer.from(file));
    },
  );
}
