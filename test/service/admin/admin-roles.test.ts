import { rolesOfClaim } from '../../../shared/service/admin/admin-roles';

const A = '01890000-0000-7000-8000-00000000000a';
const B = '01890000-0000-7000-8000-00000000000b';

describe('rolesOfClaim', () => {
  it('returns the roles of each domain and ignores values of other applications', () => {
    expect(rolesOfClaim([`${A}:owner`, `${B}:viewer`, 'employees', 'other:owner', 7, null])).toEqual({
      operator: false,
      domains: { [A]: 'owner', [B]: 'viewer' },
    });
  });

  it('accepts only the exact word operator', () => {
    expect(rolesOfClaim(['operator']).operator).toBe(true);
    expect(rolesOfClaim(['operators', 'Operator', `${A}:operator`]).operator).toBe(false);
  });

  it('splits a string at its spaces', () => {
    expect(rolesOfClaim(`operator ${A}:viewer`)).toEqual({ operator: true, domains: { [A]: 'viewer' } });
  });

  it.each([[[`${A}:owner`, `${A}:viewer`]], [[`${A}:viewer`, `${A}:owner`]]])(
    'keeps the role owner of a user who is also a viewer: %j',
    (claim) => {
      expect(rolesOfClaim(claim).domains).toEqual({ [A]: 'owner' });
    },
  );

  it.each([undefined, null, 7, {}, '', []])('returns no roles for %j', (claim) => {
    expect(rolesOfClaim(claim)).toEqual({ operator: false, domains: {} });
  });
});
