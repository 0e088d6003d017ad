/** Doors to one's consents, and to the register of breaches. */
import type { FastifyRequest } from 'fastify';
import {
  Breach,
  BreachList,
  BreachParams,
  ChangeConsent,
  ConsentList,
  NewBreach,
  SaveBreach,
} from '../contracts/privacy.ts';
import { identityOf } from '../platform/access.ts';
import type { Http } from '../platform/http.ts';
import type { Breaches, Keeping } from './breaches.ts';
import type { Consents } from './consents.ts';

const tags = ['me'];
/** With an account, or a guest. */
const config = { access: 'person' } as const;

export function registerConsentDoors(http: Http, consents: Consents): void {
  http.get(
    '/api/me/consents',
    { config, schema: { tags, summary: 'What one agreed to', response: { 200: ConsentList } } },
    async (request) => consents.list(identityOf(request).personId),
  );
  http.put(
    '/api/me/consents',
    {
      config,
      schema: {
        tags,
        summary: 'Agree to one purpose, or take it back',
        body: ChangeConsent,
        response: { 200: ConsentList },
      },
    },
    async (request) => consents.choose(identityOf(request).personId, request.body),
  );
}

const admin = { access: { roles: ['admin' as const] } };

/** The register of breaches: admins alone. */
export function registerBreachDoors(http: Http, breaches: Breaches): void {
  const by = (request: FastifyRequest): Keeping => ({
    actor: identityOf(request).uid,
    address: request.ip,
  });
  const desk = ['desk'];
  http.get(
    '/api/desk/breaches',
    {
      config: admin,
      schema: { tags: desk, summary: 'The register of breaches', response: { 200: BreachList } },
    },
    async () => breaches.list(),
  );
  http.post(
    '/api/desk/breaches',
    {
      config: admin,
      schema: {
        tags: desk,
        summary: 'Record a breach of personal data',
        body: NewBreach,
        response: { 201: Breach },
      },
    },
    async (request, reply) => reply.code(201).send(await breaches.add(request.body, by(request))),
  );
  http.put(
    '/api/desk/breaches/:breach',
    {
      config: admin,
      schema: {
        tags: desk,
        summary: 'Change what is recorded of a breach',
        params: BreachParams,
        body: SaveBreach,
        response: { 200: Breach },
      },
    },
    async (request) => breaches.save(request.params.breach, request.body, by(request)),
  );
}
