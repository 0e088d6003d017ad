/** Fastify as every feature finds it: contracts checked on the way in and out, one error shape, access enforced, headers set. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import type { Config } from '../config.ts';
import type { FieldError } from '../contracts/errors.ts';
import { type Access, demandAccess, type Identify } from './access.ts';
import { AppError, codeOf, problemOf, statusOf } from './errors.ts';
import { type Logger, RequestLog } from './log.ts';
import { foreignOrigin } from './origin.ts';
import type { Pages } from './pages.ts';
import { compileSerializer, compileValidator } from './validation.ts';

interface HttpContext {
  readonly config: Config;
  readonly log: Logger;
}

const BODY_LIMIT = 1_000_000;
const HEADERS_TIMEOUT_MS = 10_000;

export type Http = Awaited<ReturnType<typeof createHttp>>;

/** `identify` finds out who asks (the accounts feature gives it); `pages` are the client's files. */
export async function createHttp(context: HttpContext, identify: Identify, pages: Pages) {
  const { config, log } = context;
  const http = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (parent, bindings, options) => new RequestLog(parent, bindings, options),
    trustProxy: (_address: string, hop: number) => hop < config.trustProxy,
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    // Node looks for slow requests every 30 s unless told otherwise, which would make a limit of 10 s one of 40.
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: 2000 },
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
  }).withTypeProvider<TypeBoxTypeProvider>();

  http.setValidatorCompiler(compileValidator);
  http.setSerializerCompiler(compileSerializer);
  http.decorateRequest('identity', null);
  http.removeContentTypeParser('text/plain');
  http.setErrorHandler((error: FastifyError, request, reply) => sendProblem(error, request, reply));
  http.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const wantsPage = (request.method === 'GET' || request.method === 'HEAD') && !path.startsWith('/api/');
    if (wantsPage && pages.serve(path, request, reply)) return;
    sendProblem(new AppError('notFound'), request, reply);
  });

  addHooks(http, identify, config);

  await http.register(swagger, {
    openapi: {
      info: {
        title: 'Hội Thi',
        version: '1',
        description: 'REST API. Errors are application/problem+json with a stable `code`.',
      },
      servers: [{ url: config.publicUrl.origin }],
    },
  });
  await http.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });
  return http;
}

/**
 * One hook with a callback for everybody: each further or async one costs every request. Who asks is found out by a hook of
 * the routes that demand it alone. What a route says of caching wins over `no-store`.
 */
function addHooks(
  http: Pick<FastifyInstance, 'addHook'>,
  identify: Identify,
  { publicUrl, staffSecondFactor }: Config,
): void {
  const overHttps = publicUrl.protocol === 'https:';
  const admitting = (access: Access) => async (request: FastifyRequest) => {
    request.identity = await identify(request);
    demandAccess(access, request.identity, staffSecondFactor);
  };
  http.addHook('onRoute', (route) => {
    const access = route.config?.access ?? 'public';
    if (access === 'attempt' || access === 'public') return;
    route.onRequest = [admitting(access), ...[route.onRequest ?? []].flat()];
  });
  http.addHook('onRequest', (request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff');
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
    if (overHttps) reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    if (request.method !== 'GET' && request.method !== 'HEAD' && foreignOrigin(request, publicUrl))
      return done(new AppError('request.origin'));
    done();
  });
}

function sendProblem(
  error: Error & { validation?: FastifyError['validation'] },
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const invalid =
    error.validation === undefined
      ? error
      : new AppError('request.invalid', { errors: fieldErrors(error.validation) });
  const code = codeOf(invalid);
  const status = statusOf(code);
  if (status >= 500)
    request.log.error({ err: error, url: request.routeOptions.url, problem: code }, 'request failed');
  if (status === 503 || status === 429) reply.header('retry-after', '1');
  void reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemOf(invalid, request.id)));
}

function fieldErrors(validation: NonNullable<FastifyError['validation']>): FieldError[] {
  return validation.slice(0, 20).map(({ instancePath, message }) => ({
    path: instancePath.replace(/^\//, '').replaceAll('/', '.'),
    vi: `Giá trị chưa đúng (${message ?? ''})`,
    en: message ?? 'not valid',
  }));
}
