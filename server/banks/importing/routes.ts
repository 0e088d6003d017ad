/** Doors for files on their way into banks. The file itself comes as it is, not as JSON, and is never parsed on the main thread. */
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { Context } from '../../context.ts';
import { BankParams } from '../../contracts/banks.ts';
import {
  BlockList,
  BlockParams,
  BlockQuery,
  BulkFix,
  BulkFixed,
  CommitImport,
  ImportBlock,
  ImportDetail,
  ImportList,
  ImportParams,
  MendBlock,
  ReadAgain,
  UploadQuery,
} from '../../contracts/imports.ts';
import { identityOf } from '../../platform/access.ts';
import { AppError } from '../../platform/errors.ts';
import type { Http } from '../../platform/http.ts';
import { demandShallow } from '../depth.ts';
import type { BankGate } from '../gate.ts';
import type { Authorship } from '../store.ts';
import { Arrivals } from './arrivals.ts';
import type { Imports } from './imports.ts';
import { fixMany, mendBlock } from './mending.ts';
import { presentBlock, presentImport } from './presenter.ts';
import { FILE_BYTES_MAX } from './reading-thread.ts';
import type { ImportRow } from './store.ts';
import { wholeBody } from './whole-body.ts';

const tags = ['imports'];
const config = { access: { roles: ['editor'] } } as const;
const shallow = async (request: FastifyRequest): Promise<void> => demandShallow(request.body);
const PAGE = 20;

export interface ImportDoors {
  readonly http: Http;
  readonly context: Context;
  readonly gate: BankGate;
  readonly imports: Imports;
}

export function registerImports(doors: ImportDoors): void {
  registerUpload(doors);
  registerPreview(doors);
  registerDecisions(doors);
}

/** In a scope of its own, so that no other door takes a body that is no JSON. */
function registerUpload(doors: ImportDoors): void {
  const { http, context, gate, imports } = doors;
  http.register(async (scope: FastifyInstance) => {
    scope.addContentTypeParser('application/octet-stream', (request: FastifyRequest, body: IncomingMessage) =>
      wholeBody(body, Number(request.headers['content-length'] ?? 0), FILE_BYTES_MAX),
    );
    const arrivals = new Arrivals();
    // A hook of the routes and not of the scope: it comes behind theirs, which finds out who asks.
    const onRequest = async (_: FastifyRequest, reply: FastifyReply) =>
      arrivals.admit(reply, imports.readings);
    registerAnswers(scope, doors, onRequest);
    scope.post<{ Params: { bank: string }; Querystring: { name: string; format?: string } }>(
      '/api/desk/banks/:bank/imports',
      {
        config,
        onRequest,
        bodyLimit: FILE_BYTES_MAX,
        schema: {
          tags,
          summary: 'Upload a file of questions; the body is the file',
          params: BankParams,
          querystring: UploadQuery,
          response: { 201: ImportDetail },
        },
      },
      async (request, reply) => {
        if (!Buffer.isBuffer(request.body)) throw new AppError('request.type');
        const bank = await gate.bank(request, request.params.bank, 'write');
        const { name, format = null } = request.query;
        const { personId } = identityOf(request);
        const row = await imports.take({ bank, personId, name, bytes: request.body, format });
        context.log.info({ import: row.uid, bytes: row.bytes }, 'a file is read');
        return reply.code(201).send(presentImport(row, bank));
      },
    );
  });
}

function registerAnswers(
  scope: FastifyInstance,
  doors: ImportDoors,
  onRequest: onRequestAsyncHookHandler,
): void {
  const { imports } = doors;
  scope.post<{ Params: { import: string } }>(
    '/api/desk/imports/:import/answers',
    {
      config,
      onRequest,
      bodyLimit: FILE_BYTES_MAX,
      schema: {
        tags,
        summary: 'Read the file again with the answers of another one; the body is that file',
        params: ImportParams,
        response: { 200: ImportDetail },
      },
    },
    async (request) => {
      const row = await ready(doors, request, request.params.import);
      if (!Buffer.isBuffer(request.body)) throw new AppError('request.type');
      await imports.readAgain(row, row.format, row.settings, request.body);
      return shown(doors, await imports.look(row.uid));
    },
  );
}

function registerPreview(doors: ImportDoors): void {
  const { http, gate, imports } = doors;
  http.get(
    '/api/desk/banks/:bank/imports',
    {
      config,
      schema: {
        tags,
        summary: 'Uploads of mine, and what came into the bank',
        params: BankParams,
        response: { 200: ImportList },
      },
    },
    async (request) => {
      const bank = await gate.bank(request, request.params.bank, 'write');
      const rows = await imports.store.ofBank(bank.id, identityOf(request).personId);
      return { imports: rows.map((row) => presentImport(row, bank)) };
    },
  );
  http.get(
    '/api/desk/imports/:import',
    {
      config,
      schema: {
        tags,
        summary: 'An upload and how far it is',
        params: ImportParams,
        response: { 200: ImportDetail },
      },
    },
    async (request) => shown(doors, await own(doors, request, request.params.import)),
  );
  http.get(
    '/api/desk/imports/:import/blocks',
    {
      config,
      schema: {
        tags,
        summary: 'Blocks of the file',
        params: ImportParams,
        querystring: BlockQuery,
        response: { 200: BlockList },
      },
    },
    async (request) => {
      const row = await own(doors, request, request.params.import);
      const { after = 0, limit = PAGE, numbers, ...filter } = request.query;
      const wanted = numbers === undefined ? filter : { ...filter, numbers: numbers.split(',').map(Number) };
      const blocks = await imports.blocks.list(row.id, wanted, { after, limit });
      return {
        blocks: blocks.map(presentBlock),
        next: blocks.length < limit ? null : (blocks.at(-1)?.number ?? null),
      };
    },
  );
}

function registerDecisions(doors: ImportDoors): void {
  const { http, context, imports } = doors;
  const response = { 200: ImportDetail };
  http.put(
    '/api/desk/imports/:import/blocks/:number',
    {
      config,
      preValidation: shallow,
      schema: {
        tags,
        summary: 'Write the question of a block',
        params: BlockParams,
        body: MendBlock,
        response: { 200: ImportBlock },
      },
    },
    async (request) => {
      const row = await ready(doors, request, request.params.import);
      return presentBlock(await mendBlock(imports, row, request.params.number, request.body));
    },
  );
  http.post(
    '/api/desk/imports/:import/bulk',
    {
      config,
      schema: {
        tags,
        summary: 'Change many blocks, all at once or so many a request',
        params: ImportParams,
        body: BulkFix,
        response: { 200: BulkFixed },
      },
    },
    async (request) => {
      const row = await ready(doors, request, request.params.import);
      const fixed = await fixMany(imports, row, request.body);
      return { ...(await shown(doors, await imports.look(row.uid))), ...fixed };
    },
  );
  http.post(
    '/api/desk/imports/:import/read',
    {
      config,
      preValidation: shallow,
      schema: {
        tags,
        summary: 'Read the file again, as decided',
        params: ImportParams,
        body: ReadAgain,
        response,
      },
    },
    async (request) => {
      const row = await ready(doors, request, request.params.import);
      await imports.readAgain(row, request.body.format ?? row.format, request.body.settings ?? null);
      return shown(doors, await imports.look(row.uid));
    },
  );
  http.post(
    '/api/desk/imports/:import/commit',
    {
      config,
      schema: {
        tags,
        summary: 'Everything that can go in goes in, or nothing',
        params: ImportParams,
        body: CommitImport,
        response,
      },
    },
    async (request) => {
      const row = await ready(doors, request, request.params.import);
      if (row.report.failure !== null && request.body.partly !== true) throw new AppError('imports.nothing');
      await imports.commit(row, authorship(request, context, row));
      return shown(doors, await imports.look(row.uid));
    },
  );
  http.post(
    '/api/desk/imports/:import/undo',
    { config, schema: { tags, summary: 'Take an import out again', params: ImportParams, response } },
    async (request) => {
      const row = await own(doors, request, request.params.import);
      await imports.undo(row, authorship(request, context, row));
      return shown(doors, await imports.look(row.uid));
    },
  );
  http.delete(
    '/api/desk/imports/:import',
    { config, schema: { tags, summary: 'Drop a preview', params: ImportParams } },
    async (request, reply) => {
      await imports.drop((await ready(doors, request, request.params.import)).id);
      return reply.code(204).send();
    },
  );
}

async function shown({ gate }: Pick<ImportDoors, 'gate'>, row: ImportRow): Promise<ImportDetail> {
  return presentImport(row, await gate.store.byId(row.bankId));
}

/** For whoever uploaded it while they write in the bank, and admins. Throws `notFound`, `auth.forbidden`. */
async function own({ imports, gate }: ImportDoors, request: FastifyRequest, uid: string): Promise<ImportRow> {
  const row = await imports.look(uid);
  const who = identityOf(request);
  if (row.personId !== who.personId && !who.roles.has('admin')) throw new AppError('notFound');
  await gate.staff.demand(who, row.bankId, 'write');
  return row;
}

async function ready(doors: ImportDoors, request: FastifyRequest, uid: string): Promise<ImportRow> {
  const row = await own(doors, request, uid);
  if (row.state !== 'ready') throw new AppError('conflict');
  return row;
}

function authorship(request: FastifyRequest, { clock }: Context, { name }: ImportRow): Authorship {
  const { personId, uid } = identityOf(request);
  return {
    by: personId,
    at: clock.now(),
    reason: name.slice(0, 300),
    log: { actor: uid, address: request.ip },
  };
}
