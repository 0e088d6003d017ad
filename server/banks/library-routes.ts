/** Doors of a bank's pictures, and of its questions on paper. */
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { Context } from '../context.ts';
import { AddPicture, BankMedia, PictureParams, PictureReplaced } from '../contracts/bank-media.ts';
import { BankParams, QuestionQuery } from '../contracts/banks.ts';
import type { MediaStore } from '../media/media-store.ts';
import { identityOf } from '../platform/access.ts';
import { appendAudit } from '../platform/audit.ts';
import { PRINT_TYPES, print } from '../print/printing.ts';
import { MediaLibrary } from './media-library.ts';
import { reviewSheet } from './review-sheet.ts';
import type { Authorship } from './store.ts';
import type { WorkDoors } from './work-routes.ts';

const tags = ['banks'];
const config = { access: { roles: ['editor', 'reviewer'] } } as const;
const bodyLimit = 1_500_000;
const PRINTED_MOST = 500;
const file = { 200: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) };

export function registerLibrary(doors: WorkDoors, media: MediaStore): void {
  registerPictures(doors, new MediaLibrary(doors.context, doors.gate.store, media));
  for (const format of ['pdf', 'docx'] as const) registerSheet(doors, format);
}

function registerPictures({ http, context, gate, pools }: WorkDoors, library: MediaLibrary): void {
  const response = { 200: BankMedia };
  http.get(
    '/api/desk/banks/:bank/media',
    {
      config,
      schema: { tags, summary: 'Pictures of a bank and where they are shown', params: BankParams, response },
    },
    async (request) => library.list(await gate.bank(request, request.params.bank, 'read')),
  );
  http.post(
    '/api/desk/banks/:bank/media',
    {
      config,
      bodyLimit,
      schema: { tags, summary: 'Add a picture', params: BankParams, body: AddPicture, response },
    },
    async (request) => {
      const bank = await gate.bank(request, request.params.bank, 'write');
      await library.add(bank, request.body.data, request.body.name, authorship(request, context));
      return library.list(bank);
    },
  );
  http.post(
    '/api/desk/banks/:bank/media/:media/replace',
    {
      config,
      bodyLimit,
      schema: {
        tags,
        summary: 'Another picture in its place, in every question',
        params: PictureParams,
        body: AddPicture,
        response: { 200: PictureReplaced },
      },
    },
    async (request) => {
      const bank = await gate.bank(request, request.params.bank, 'write');
      const { data, name } = request.body;
      const author = authorship(request, context);
      const changed = await library.replace(bank, request.params.media, data, name, author);
      if (changed > 0) await pools.refresh(bank.uid);
      return { changed, ...(await library.list(bank)) };
    },
  );
  http.delete(
    '/api/desk/banks/:bank/media/:media',
    {
      config,
      schema: { tags, summary: 'Take a picture out of the library', params: PictureParams, response },
    },
    async (request) => {
      const bank = await gate.bank(request, request.params.bank, 'write');
      await library.remove(bank, request.params.media, authorship(request, context));
      return library.list(bank);
    },
  );
}

function registerSheet({ http, context, gate, desk }: WorkDoors, format: 'pdf' | 'docx'): void {
  http.get(
    `/api/desk/banks/:bank/sheet.${format}`,
    {
      config,
      schema: {
        tags,
        summary: 'Questions with keys and citations, to sign',
        params: BankParams,
        querystring: QuestionQuery,
        response: file,
      },
    },
    async (request, reply) => {
      const { bank: uid } = request.params as { bank: string };
      const bank = await gate.bank(request, uid, 'read');
      const query = request.query as QuestionQuery;
      const { total, rows } = await desk.search.page(bank, { ...query, offset: 0, limit: PRINTED_MOST });
      const printedAt = new Intl.DateTimeFormat('vi-VN', {
        dateStyle: 'short',
        timeStyle: 'short',
        timeZone: 'Asia/Ho_Chi_Minh',
      }).format(context.clock.now());
      await appendAudit(context, {
        actor: identityOf(request).uid,
        address: request.ip,
        action: 'questions.printed',
        subject: `bank:${bank.uid}`,
        details: { format, count: rows.length },
      });
      const bytes = await print(reviewSheet(bank, rows, { printedAt, total }), format);
      const name = `phieu-tham-dinh-${bank.slug}.${format}`;
      return reply
        .headers({
          'content-type': PRINT_TYPES[format],
          'content-disposition': `attachment; filename="${name}"`,
        })
        .send(Buffer.from(bytes));
    },
  );
}

function authorship(request: FastifyRequest, { clock }: Context): Authorship {
  const { personId, uid } = identityOf(request);
  return { by: personId, at: clock.now(), reason: 'Thay ảnh', log: { actor: uid, address: request.ip } };
}
