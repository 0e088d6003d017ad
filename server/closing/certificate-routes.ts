/** Doors of certificates: the organisers' workshop, and everybody's verification. */
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { Zip, ZipPassThrough } from 'fflate';
import { slugOf } from '../contests/slug-rules.ts';
import {
  BatchParams,
  BatchQuery,
  BatchView,
  CertificateDesign,
  CertificateParams,
  CertificatesView,
  FilesQuery,
  OrderBatch,
  Revoke,
  RevokeParams,
  SaveDesign,
  Verification,
} from '../contracts/certificates.ts';
import { ContestParams } from '../contracts/contests.ts';
import type { Clock } from '../platform/clock.ts';
import type { Http } from '../platform/http.ts';
import { Limit, networkOf } from '../platform/limits.ts';
import type { Certificates } from './certificates.ts';
import { byOf } from './routes.ts';

const tags = ['certificates'];
const config = { access: { roles: ['organiser' as const] } };

interface CertificateDoors {
  readonly clock: Clock;
  readonly config: { readonly limitFactor: number };
  readonly certificates: Certificates;
}

export function registerCertificates(http: Http, doors: CertificateDoors): void {
  registerWorkshop(http, doors);
  registerBatches(http, doors);
  registerVerification(http, doors);
}

function registerWorkshop(http: Http, { clock, certificates }: CertificateDoors): void {
  const by = byOf(clock);
  const params = ContestParams;
  const response = { 200: CertificatesView };
  http.get(
    '/api/desk/contests/:contest/certificates',
    { config, schema: { tags, summary: 'Designs and batches', params, response } },
    (request) => certificates.view(request.params.contest, by(request)),
  );
  http.post(
    '/api/desk/contests/:contest/certificate-designs',
    { config, schema: { tags, summary: 'Save a design', params, body: SaveDesign, response } },
    (request) => certificates.saveDesign(request.params.contest, request.body, by(request)),
  );
  http.post(
    '/api/desk/contests/:contest/certificate-preview',
    { config, schema: { tags, summary: 'A sample as PDF', params, body: CertificateDesign } },
    async (request, reply) => {
      const pdf = await certificates.preview(request.params.contest, request.body, by(request));
      return reply.type('application/pdf').send(Buffer.from(pdf));
    },
  );
  http.post(
    '/api/desk/contests/:contest/certificate-batches',
    { config, schema: { tags, summary: 'Have certificates made', params, body: OrderBatch, response } },
    (request) => certificates.order(request.params.contest, request.body, by(request)),
  );
  http.post(
    '/api/desk/contests/:contest/certificates/:certificate/revocation',
    {
      config,
      schema: {
        tags,
        summary: 'Take a certificate back',
        params: RevokeParams,
        body: Revoke,
        response: { 200: Verification },
      },
    },
    (request) => {
      const { contest, certificate } = request.params;
      return certificates.revoke(contest, certificate, request.body.reason, by(request));
    },
  );
}

function registerBatches(http: Http, { clock, certificates }: CertificateDoors): void {
  const by = byOf(clock);
  const params = BatchParams;
  http.get(
    '/api/desk/contests/:contest/certificate-batches/:batch',
    {
      config,
      schema: {
        tags,
        summary: 'How far a batch is, and its certificates',
        params,
        querystring: BatchQuery,
        response: { 200: BatchView },
      },
    },
    (request) => {
      const { contest, batch } = request.params;
      return certificates.batch(contest, batch, request.query.offset ?? 0, by(request));
    },
  );
  http.get(
    '/api/desk/contests/:contest/certificate-batches/:batch/files',
    {
      config,
      schema: {
        tags,
        summary: 'The files of a batch as ZIP, ten thousand a part',
        params,
        querystring: FilesQuery,
      },
    },
    async (request, reply) => {
      const { contest, batch } = request.params;
      const { part = 1 } = request.query;
      const found = await certificates.takeAlong(contest, batch, part, by(request));
      return reply
        .type('application/zip')
        .header(
          'content-disposition',
          `attachment; filename="giay-chung-nhan${part === 1 ? '' : `-${part}`}.zip"`,
        )
        .send(Readable.from(zipped(certificates.files(found, part))));
    },
  );
}

type Files = AsyncIterable<{ readonly number: number; readonly name: string; readonly pdf: Buffer }>;

/** A file at a time goes in and out: PDFs are compressed already. */
async function* zipped(files: Files): AsyncGenerator<Uint8Array> {
  const parts: Uint8Array[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part);
  });
  for await (const { number, name, pdf } of files) {
    const entry = new ZipPassThrough(`${String(number).padStart(5, '0')}-${slugOf(name)}.pdf`);
    zip.add(entry);
    entry.push(pdf, true);
    yield* parts.splice(0);
    // Files come as fast as they are taken in: others have their turn between them.
    await turn();
  }
  zip.end();
  yield* parts.splice(0);
}

function registerVerification(
  http: Http,
  { clock, config: { limitFactor }, certificates }: CertificateDoors,
): void {
  const asking = new Limit(60 * limitFactor, 120 * limitFactor);
  const params = CertificateParams;
  http.get(
    '/api/certificates/:certificate',
    {
      config: { access: 'public' },
      schema: { tags, summary: 'What a certificate says', params, response: { 200: Verification } },
    },
    (request) => {
      asking.take(networkOf(request.ip), clock.now());
      return certificates.verify(request.params.certificate);
    },
  );
  http.get(
    '/api/certificates/:certificate/file',
    { config: { access: 'public' }, schema: { tags, summary: 'A certificate as PDF', params } },
    async (request, reply) => {
      asking.take(networkOf(request.ip), clock.now());
      const pdf = await certificates.file(request.params.certificate);
      return reply
        .type('application/pdf')
        .header('content-disposition', 'inline; filename="giay-chung-nhan.pdf"')
        .send(pdf);
    },
  );
}
