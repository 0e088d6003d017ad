/** Doors that are open to everybody: contests, their pages, their pictures. */
import Type from 'typebox';
import { ContestList, ContestPage, MediaParams, SlugParams } from '../contracts/contests.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import type { ContestParts } from './contests.ts';
import { PublicPages } from './public-pages.ts';

const tags = ['contests'];
const config = { access: 'public' as const };
/** The picture behind an id never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';

export function registerPublicDoors(http: Http, { context, open, units, media }: ContestParts): void {
  const pages = new PublicPages(open, units);

  http.get(
    '/api/contests',
    { config, schema: { tags, summary: 'Contests now, soon and past', response: { 200: ContestList } } },
    (request, reply) => {
      pages.sendList(request, reply, context.clock.now());
    },
  );
  http.get(
    '/api/contests/:slug',
    {
      config,
      schema: { tags, summary: "A contest's page", params: SlugParams, response: { 200: ContestPage } },
    },
    (request, reply) => {
      const known = pages.sendPage(request.params.slug, request, reply, context.clock.now());
      if (!known) throw new AppError('notFound');
    },
  );
  http.get(
    '/api/media/:media',
    {
      config,
      schema: {
        tags,
        summary: 'A picture',
        params: MediaParams,
        response: { 200: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) },
      },
    },
    async (request, reply) => {
      const { media: id } = request.params;
      const picture = await media.get(id);
      if (picture === null) throw new AppError('notFound');
      reply.header('cache-control', FOR_EVER).header('etag', `"${id.slice(0, 22)}"`);
      reply.header('content-security-policy', "default-src 'none'");
      return reply.type(picture.type).send(picture.bytes);
    },
  );
}
