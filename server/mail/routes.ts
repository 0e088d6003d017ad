/** Doors that a letter's links lead to: no session is needed, the sealed token says who and what. */

import type { Context } from '../context.ts';
import { LetterParams, LetterReply } from '../contracts/reach.ts';
import { AppError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import { Limit, networkOf } from '../platform/limits.ts';
import type { Mail } from './mail.ts';
import { openRefusal } from './unsubscribing.ts';

/** Takes an entrant's consent back, or gives it again; the contest's title, null where there is no such entry any more. */
export type EntrantChoice = (personId: number, contestId: number, wanted: boolean) => Promise<string | null>;

const FORM = 'application/x-www-form-urlencoded';

export function registerLetterDoors(http: Http, context: Context, mail: Mail, choose: EntrantChoice): void {
  const limit = new Limit(60 * context.config.limitFactor, 30 * context.config.limitFactor);
  const change = async (token: string, address: string, wanted: boolean) => {
    limit.take(networkOf(address), context.clock.now());
    const refusal = openRefusal(context.secrets, token);
    if (refusal === null) throw new AppError('notFound');
    if (refusal.of === 'entrant')
      return { contest: await choose(refusal.personId, refusal.contestId, wanted), wanted };
    await mail.outbox.refuse(refusal.addressHash, refusal.purpose, !wanted);
    return { contest: null, wanted };
  };
  const config = { access: 'public' as const };
  // In a scope of its own: nowhere else is a form taken. Mail programs send one (RFC 8058); what it says is known already.
  http.register(async (scope) => {
    scope.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, _body, done) => done(null, {}));
    for (const [word, wanted] of [
      ['unsubscribe', false],
      ['subscribe', true],
    ] as const)
      scope.post<{ Params: { letter: string } }>(
        `/api/letters/:letter/${word}`,
        {
          config,
          schema: {
            tags: ['letters'],
            summary: wanted ? 'Get these letters again' : 'Get no more of these letters',
            params: LetterParams,
            response: { 200: LetterReply },
          },
        },
        (request) => change(request.params.letter, request.ip, wanted),
      );
  });
}
