import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rightsIn } from '../../../server/banks/staff-rules.ts';
import type { BankDuty } from '../../../server/contracts/banks.ts';
import type { Role } from '../../../server/platform/access.ts';

const rolesIn = fc.subarray<Role>(['organiser', 'editor', 'reviewer', 'admin']).map((list) => new Set(list));
const dutiesIn = fc.subarray<BankDuty>(['owner', 'editor', 'reviewer']).map((list) => new Set(list));

describe('rights in a bank', () => {
  it('give an admin everything, and nobody more than their roles allow', () => {
    fc.assert(
      fc.property(rolesIn, fc.boolean(), dutiesIn, (roles, isHouse, duties) => {
        const rights = rightsIn(roles, isHouse, duties);
        if (roles.has('admin')) {
          expect(Object.values(rights)).not.toContain(false);
          return;
        }
        if (rights.write || rights.own || rights.settle) expect(roles.has('editor')).toBe(true);
        if (rights.approve) expect(roles.has('reviewer')).toBe(true);
        if (rights.write || rights.approve || rights.own) expect(rights.read).toBe(true);
        if (!isHouse && duties.size === 0) expect(Object.values(rights)).not.toContain(true);
      }),
    );
  });

  it('leave a bank without people to the house, but to nobody to own', () => {
    const nothing = new Set<BankDuty>();
    expect(rightsIn(new Set<Role>(['editor']), true, nothing)).toEqual({
      read: true,
      write: true,
      approve: false,
      settle: true,
      own: false,
    });
    expect(rightsIn(new Set<Role>(['reviewer']), true, nothing)).toMatchObject({ read: true, write: false });
    expect(rightsIn(new Set<Role>(['organiser']), true, nothing)).toMatchObject({ read: false });
  });

  it('go when the role goes, whatever the duty says', () => {
    const owner = new Set<BankDuty>(['owner']);
    expect(rightsIn(new Set<Role>(['editor']), false, owner)).toMatchObject({ own: true, approve: false });
    expect(rightsIn(new Set<Role>(['reviewer']), false, owner)).toMatchObject({ own: false, write: false });
    expect(rightsIn(new Set<Role>(), false, owner)).toMatchObject({ read: false });
  });
});
