/** Doors of the organiser's desk: each reads who asks and from where, and hands the command to the desk. */
import type { FastifyRequest } from 'fastify';
import {
  AddMedia,
  AddOrganiser,
  ArchiveContest,
  ChangeList,
  CheckReply,
  CloseRound,
  ContestDraft,
  ContestProgress,
  CopyContest,
  CreateContest,
  DeskContest,
  DeskContestList,
  ExtendRound,
  ExtraTimeReply,
  GiveExtraTime,
  MediaReply,
  PresetList,
  PublishContest,
  RecordOutage,
  SaveContest,
} from '../contracts/contest-desk.ts';
import { ContestPage, ContestParams, OrganiserParams, RoundParams } from '../contracts/contests.ts';
import { identityOf } from '../platform/access.ts';
import type { Http } from '../platform/http.ts';
import { changesOf } from './change-log.ts';
import type { ContestParts } from './contests.ts';
import type { Desk, Organising } from './desk.ts';
import { presentPreview } from './presenter.ts';
import { presets } from './presets.ts';

const tags = ['desk'];
const config = { access: { roles: ['organiser' as const] } };
/** A picture of a megabyte in base64, and the braces around it. */
const MEDIA_BODY_LIMIT = 1_500_000;
const DRAFT_BODY_LIMIT = 4_000_000;

type By = (request: FastifyRequest) => Organising;

export function registerDeskDoors(http: Http, parts: ContestParts, desk: Desk): void {
  const by: By = (request) => ({
    who: identityOf(request),
    address: request.ip,
    now: parts.context.clock.now(),
  });
  registerReading(http, parts, desk, by);
  registerWriting(http, desk, by);
  registerRoundDoors(http, desk, by);
  registerDraftDoors(http, parts);
}

function registerReading(http: Http, { context }: ContestParts, desk: Desk, by: By): void {
  http.get(
    '/api/desk/presets',
    { config, schema: { tags, summary: 'Contests to begin from', response: { 200: PresetList } } },
    async () => ({ presets: [...presets] }),
  );
  http.get(
    '/api/desk/contests',
    { config, schema: { tags, summary: "One's own contests", response: { 200: DeskContestList } } },
    async (request) => desk.list(by(request)),
  );
  http.get(
    '/api/desk/contests/:contest',
    {
      config,
      schema: { tags, summary: 'A contest', params: ContestParams, response: { 200: DeskContest } },
    },
    async (request) => desk.show(request.params.contest, by(request)),
  );
  http.get(
    '/api/desk/contests/:contest/progress',
    {
      config,
      schema: {
        tags,
        summary: 'How its rounds go: attempts by state, and how many start',
        params: ContestParams,
        response: { 200: ContestProgress },
      },
    },
    async (request) => desk.progress(request.params.contest, by(request)),
  );
  http.get(
    '/api/desk/contests/:contest/changes',
    {
      config,
      schema: {
        tags,
        summary: 'Who changed what, and why',
        params: ContestParams,
        response: { 200: ChangeList },
      },
    },
    async (request) => {
      const { contest: uid } = request.params;
      await desk.demandOwn(uid, by(request));
      return changesOf(context, { uid });
    },
  );
}

function registerWriting(http: Http, desk: Desk, by: By): void {
  const params = ContestParams;
  const response = { 200: DeskContest };
  http.post(
    '/api/desk/contests',
    {
      config,
      schema: {
        tags,
        summary: 'Begin a contest from a preset',
        body: CreateContest,
        response: { 201: DeskContest },
      },
    },
    async (request, reply) => reply.code(201).send(await desk.create(request.body, by(request))),
  );
  http.put(
    '/api/desk/contests/:contest',
    {
      config,
      bodyLimit: DRAFT_BODY_LIMIT,
      schema: { tags, summary: 'Save the whole draft', params, body: SaveContest, response },
    },
    async (request) => desk.save(request.params.contest, request.body, by(request)),
  );
  http.post(
    '/api/desk/contests/:contest/copy',
    {
      config,
      schema: {
        tags,
        summary: 'Begin a contest from another one',
        params,
        body: CopyContest,
        response: { 201: DeskContest },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await desk.copy(request.params.contest, request.body, by(request))),
  );
  http.post(
    '/api/desk/contests/:contest/publish',
    {
      config,
      schema: { tags, summary: 'Open the contest to people', params, body: PublishContest, response },
    },
    async (request) => desk.publish(request.params.contest, request.body, by(request)),
  );
  http.post(
    '/api/desk/contests/:contest/archive',
    {
      config,
      schema: { tags, summary: 'Take the contest out of the lists', params, body: ArchiveContest, response },
    },
    async (request) => {
      const { expectedVersion, reason } = request.body;
      return desk.archive(request.params.contest, expectedVersion, reason, by(request));
    },
  );
  http.post(
    '/api/desk/contests/:contest/organisers',
    { config, schema: { tags, summary: 'Add an organiser', params, body: AddOrganiser, response } },
    async (request) => desk.addOrganiser(request.params.contest, request.body.person, by(request)),
  );
  http.delete(
    '/api/desk/contests/:contest/organisers/:person',
    { config, schema: { tags, summary: 'Take an organiser off', params: OrganiserParams, response } },
    async (request) => desk.removeOrganiser(request.params.contest, request.params.person, by(request)),
  );
}

function registerRoundDoors(http: Http, desk: Desk, by: By): void {
  const params = RoundParams;
  const response = { 200: DeskContest };
  http.post(
    '/api/desk/rounds/:round/extend',
    { config, schema: { tags, summary: 'Close the round later', params, body: ExtendRound, response } },
    async (request) => desk.extend(request.params.round, request.body, by(request)),
  );
  http.post(
    '/api/desk/rounds/:round/close',
    { config, schema: { tags, summary: 'Close the round now', params, body: CloseRound, response } },
    async (request) => {
      const { expectedVersion, reason } = request.body;
      return desk.close(request.params.round, expectedVersion, reason, by(request));
    },
  );
  http.post(
    '/api/desk/rounds/:round/outages',
    {
      config,
      schema: {
        tags,
        summary: 'Record a time in which nobody could answer',
        params,
        body: RecordOutage,
        response,
      },
    },
    async (request) => desk.recordOutage(request.params.round, request.body, by(request)),
  );
  http.put(
    '/api/desk/rounds/:round/extra-time',
    {
      config,
      schema: {
        tags,
        summary: 'Give one person extra time',
        params,
        body: GiveExtraTime,
        response: { 200: ExtraTimeReply },
      },
    },
    async (request) => {
      await desk.giveExtraTime(request.params.round, request.body, by(request));
      const { person, extraMs } = request.body;
      return { person, extraMs };
    },
  );
}

/** Doors that look at a draft, or take a picture for one. */
function registerDraftDoors(http: Http, { context, checks, units, media }: ContestParts): void {
  const bodyLimit = DRAFT_BODY_LIMIT;
  http.post(
    '/api/desk/contests/check',
    {
      config,
      bodyLimit,
      schema: {
        tags,
        summary: 'What a draft still needs',
        body: ContestDraft,
        response: { 200: CheckReply },
      },
    },
    async (request) => checks.check(request.body, context.clock.now()),
  );
  http.post(
    '/api/desk/contests/preview',
    {
      config,
      bodyLimit,
      schema: {
        tags,
        summary: 'The page that a draft would give',
        body: ContestDraft,
        response: { 200: ContestPage },
      },
    },
    async (request) => presentPreview(request.body, context.clock.now(), units),
  );
  http.post(
    '/api/media',
    {
      config: { access: { roles: ['organiser', 'editor'] } },
      bodyLimit: MEDIA_BODY_LIMIT,
      schema: { tags, summary: 'Add a picture', body: AddMedia, response: { 200: MediaReply } },
    },
    async (request) => media.add(request.body.data, context.clock.now()),
  );
}
