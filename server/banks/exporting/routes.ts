/** Doors for files out of banks. For editors: files hold keys. */
import Type from 'typebox';
import type { Context } from '../../context.ts';
import { ExportParams, ExportPlan, FormatList, FormatParams } from '../../contracts/imports.ts';
import { identityOf } from '../../platform/access.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Http } from '../../platform/http.ts';
import type { BankGate } from '../gate.ts';
import { FILE_BYTES_MAX } from '../importing/reading-thread.ts';
import { planOf, templateOf, type Written, writeBank } from './exporting.ts';
import { listFormats } from './writing-thread.ts';

const tags = ['exports'];
const config = { access: { roles: ['editor'] } } as const;
const file = { 200: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) };

export function registerExports(http: Http, context: Context, gate: BankGate): void {
  http.get(
    '/api/desk/formats',
    {
      config,
      schema: { tags, summary: 'Formats of files that are read and written', response: { 200: FormatList } },
    },
    async () => ({
      formats: (await listFormats()).map(({ mediaType, ...format }) => format),
      mostBytes: FILE_BYTES_MAX,
    }),
  );
  http.get(
    '/api/desk/formats/:format/template',
    { config, schema: { tags, summary: 'A file with examples', params: FormatParams, response: file } },
    async (request, reply) => {
      const written = await templateOf(request.params.format);
      return reply.headers(headersOf(written)).send(Buffer.from(written.bytes));
    },
  );
  http.get(
    '/api/desk/banks/:bank/exports/:format',
    {
      config,
      schema: {
        tags,
        summary: 'What questions would lose in a format',
        params: ExportParams,
        response: { 200: ExportPlan },
      },
    },
    async (request) => {
      const bank = await gate.bank(request, request.params.bank, 'write');
      return planOf(await writeBank(context, gate.store, bank, request.params.format));
    },
  );
  http.get(
    '/api/desk/banks/:bank/exports/:format/file',
    {
      config,
      schema: { tags, summary: 'The questions of a bank as a file', params: ExportParams, response: file },
    },
    async (request, reply) => {
      const bank = await gate.bank(request, request.params.bank, 'write');
      const written = await writeBank(context, gate.store, bank, request.params.format);
      await appendAudit(context, {
        actor: identityOf(request).uid,
        address: request.ip,
        action: 'questions.exported',
        subject: `bank:${bank.uid}`,
        details: { format: request.params.format, count: written.questions.length },
      });
      return reply.headers(headersOf(written)).send(Buffer.from(written.bytes));
    },
  );
}

function headersOf({ name, mediaType }: Pick<Written, 'name' | 'mediaType'>): Record<string, string> {
  return { 'content-type': mediaType, 'content-disposition': `attachment; filename="${name}"` };
}
