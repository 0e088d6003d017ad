/**
 * Who may do what with a bank. Pure. A bank without people of its own is the house's: every editor writes in it and every
 * reviewer approves. Once it has people, only they see what is in it; a duty counts while the role behind it is held.
 */
import type { BankDuty, BankRights } from '../contracts/banks.ts';
import type { Role } from '../platform/access.ts';

export const NO_RIGHTS: BankRights = { read: false, write: false, approve: false, settle: false, own: false };
const ALL_RIGHTS: BankRights = { read: true, write: true, approve: true, settle: true, own: true };

/** The role that each duty needs: an admin gives roles, an owner gives duties. */
export const ROLE_OF_DUTY: Readonly<Record<BankDuty, Role>> = {
  owner: 'editor',
  editor: 'editor',
  reviewer: 'reviewer',
};

/** `duties`: of whoever asks; `isHouse`: nobody has one. */
export function rightsIn(
  roles: ReadonlySet<Role>,
  isHouse: boolean,
  duties: ReadonlySet<BankDuty>,
): BankRights {
  if (roles.has('admin')) return ALL_RIGHTS;
  const writes = roles.has('editor');
  const approves = roles.has('reviewer');
  if (isHouse)
    return { read: writes || approves, write: writes, approve: approves, settle: writes, own: false };
  const own = writes && duties.has('owner');
  const write = own || (writes && duties.has('editor'));
  const approve = approves && (duties.has('reviewer') || duties.has('owner'));
  return { read: write || approve, write, approve, settle: own, own };
}

/** Statuses are read from rows. */
export function dutyOf(text: string): BankDuty {
  return text === 'owner' || text === 'reviewer' ? text : 'editor';
}
