/**
 * The list of contests and their pages as bytes in memory: made once, compressed once, the same for everybody until a
 * contest changes or a round opens or closes. Twenty thousand visitors cost nothing but the sending.
 */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Units } from '../units/units.ts';
import type { OpenContest, OpenContests } from './open-contests.ts';
import { presentList, presentPage } from './presenter.ts';
import { nextBoundary } from './state-rules.ts';

interface Made {
  /** What it was made from: other objects mean that something changed. */
  readonly contests: readonly OpenContest[];
  readonly units: Units['index'];
  readonly from: number;
  /** Exclusive: from then on a state is another one. */
  readonly until: number;
  readonly etag: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
}

const SMALL = 1024;

export class PublicPages {
  readonly #open: OpenContests;
  readonly #units: Pick<Units, 'byUid' | 'index'>;
  /** By slug; the list stands under "". */
  readonly #made = new Map<string, Made>();

  constructor(open: OpenContests, units: Pick<Units, 'byUid' | 'index'>) {
    this.#open = open;
    this.#units = units;
  }

  sendList(request: FastifyRequest, reply: FastifyReply, now: number): void {
    const { contests } = this.#open;
    const made = this.#get('', now, () => serialised(reply, { ...presentList(contests, now) }));
    send(made, request, reply);
  }

  /** False when there is no such page. */
  sendPage(slug: string, request: FastifyRequest, reply: FastifyReply, now: number): boolean {
    const contest = this.#open.contestBySlug(slug);
    if (contest === null) return false;
    const make = (): string => serialised(reply, { ...presentPage(contest, now, this.#units) });
    const made = this.#get(slug, now, make);
    send(made, request, reply);
    return true;
  }

  #get(name: string, now: number, make: () => string): Made {
    const { contests } = this.#open;
    const { index } = this.#units;
    const kept = this.#made.get(name);
    const holds = kept?.contests === contests && kept.units === index && kept.from <= now && now < kept.until;
    if (holds) return kept;
    if (kept?.contests !== contests) this.#made.clear();
    const plain = Buffer.from(make());
    const made: Made = {
      contests,
      units: index,
      from: now,
      until: nextBoundary(this.#open.rounds, now),
      etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
      plain,
      gzip: gzipSync(plain),
    };
    this.#made.set(name, made);
    return made;
  }
}

/** The text that the schema of the reply lets out. */
function serialised(reply: FastifyReply, value: Record<string, unknown>): string {
  return String(reply.serializeInput(value, '200'));
}

function send(made: Made, request: FastifyRequest, reply: FastifyReply): void {
  reply.header('etag', made.etag).header('cache-control', 'no-cache').header('vary', 'accept-encoding');
  if (request.headers['if-none-match'] === made.etag) {
    void reply.code(304).send();
    return;
  }
  reply.type('application/json; charset=utf-8');
  const zipped = request.headers['accept-encoding']?.includes('gzip') === true && made.plain.length > SMALL;
  if (zipped) void reply.header('content-encoding', 'gzip').send(made.gzip);
  else void reply.send(made.plain);
}
