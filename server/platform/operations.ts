/** For those who run the server: health, readiness, metrics, the time. */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import Type from 'typebox';
import type { Clock } from './clock.ts';
import type { Database } from './database/door.ts';
import { AppError } from './errors.ts';
import type { Http } from './http.ts';
import { mayReadMetrics } from './metrics-access.ts';

interface OperationsContext {
  readonly clock: Clock;
  readonly database: Database;
  readonly config: { readonly metricsToken: string | null };
}

const PREFIX = 'hoithi_';
/** How often the loop's lag is looked at: a hundred times a second would be half of what an idle server does. */
const LAG_EVERY_MS = 50;
/** Metrics that list every open thing to count it. */
const LISTING = [
  'process_open_fds',
  ...['nodejs_active_handles', 'nodejs_active_handles_total'],
  ...['nodejs_active_resources', 'nodejs_active_resources_total'],
  ...['nodejs_active_requests', 'nodejs_active_requests_total'],
];
/** A reply that took longer is logged. */
const SLOW_MS = 1000;

/** `isReady` says whether everything that answers people has been rebuilt. */
export function registerOperations(
  http: Http,
  context: OperationsContext,
  isReady: () => boolean = () => true,
): Registry {
  const registry = createMetrics(http, context.database);
  const status = { 200: Type.Object({ status: Type.String() }), 503: Type.Object({ status: Type.String() }) };

  http.get('/healthz', { schema: { response: status, hide: true } }, async () => ({ status: 'ok' }));
  http.get('/readyz', { schema: { response: status, hide: true } }, async (_request, reply) => {
    if (isReady()) return { status: 'ready' };
    return reply.code(503).send({ status: 'starting' });
  });
  http.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!mayReadMetrics(request, context.config.metricsToken)) throw new AppError('notFound');
    return reply.type(registry.contentType).send(await registry.metrics());
  });
  http.get(
    '/api/time',
    {
      config: { access: 'public' },
      schema: {
        summary: "The server's time, for countdowns on wrong clocks",
        response: { 200: Type.Object({ now: Type.Integer() }) },
      },
    },
    async () => ({ now: context.clock.now() }),
  );
  return registry;
}

function createMetrics(http: Http, database: Database): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: PREFIX, eventLoopMonitoringPrecision: LAG_EVERY_MS });
  // Naming each of ten thousand sockets holds up the loop for 40 ms whenever somebody looks.
  for (const name of LISTING) registry.removeSingleMetric(`${PREFIX}${name}`);
  const seconds = new Histogram({
    name: 'hoithi_request_seconds',
    help: 'Time from the request to its reply',
    labelNames: ['route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [registry],
  });
  // Looking a label up by its values costs more than counting: one observer a route and status.
  const observers = new Map<string, Map<number, { observe(seconds: number): void }>>();
  http.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'other';
    let ofRoute = observers.get(route);
    if (ofRoute === undefined) {
      ofRoute = new Map();
      observers.set(route, ofRoute);
    }
    let observer = ofRoute.get(reply.statusCode);
    if (observer === undefined) {
      observer = seconds.labels({ route, status: reply.statusCode });
      ofRoute.set(reply.statusCode, observer);
    }
    const ms = reply.elapsedTime;
    observer.observe(ms / 1000);
    if (ms >= SLOW_MS) request.log.warn({ url: route, status: reply.statusCode, ms: Math.round(ms) }, 'slow');
    done();
  });
  for (const name of ['waiting', 'callers', 'commits'] as const) {
    new Gauge({
      name: `hoithi_database_${name}`,
      help: `Database: ${name}`,
      registers: [registry],
      collect() {
        this.set(database.load()[name]);
      },
    });
  }
  return registry;
}
