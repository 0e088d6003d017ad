/** Doors to one's consents. */
import { ChangeConsent, ConsentList } from '../contracts/privacy.ts';
import { identityOf } from '../platform/access.ts';
import type { Http } from '../platform/http.ts';
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
