/** Who may read what of a contest's reports: its organisers and admins all of it. */
import type { FastifyRequest } from 'fastify';
import { identityOf } from '../platform/access.ts';
import { AppError } from '../platform/errors.ts';

/** What is asked of contests. */
export interface ContestsForReports {
  isOrganiser(contestId: number, personId: number): Promise<boolean>;
}

/** Throws `notFound` for who does not organise it: whether it exists is none of their business. */
export async function demandOrganiser(
  contests: ContestsForReports,
  contestId: number,
  request: FastifyRequest,
): Promise<void> {
  const { roles, personId } = identityOf(request);
  if (roles.has('admin') || (await contests.isOrganiser(contestId, personId))) return;
  throw new AppError('notFound');
}
