import { rolesOfClaim } from '../shared/admin-roles';

const A = '01890000-0000-7000-8000-00000000000a';
const B = '01890000-0000-7000-8000-00000000000b';

describe('rolesOfClaim', () => {
  it('reads the roles of each domain, and leaves what belongs to other applications', () => {
    expect(rolesOfClaim([`${A}:owner`, `${B}:viewer`, 'employees', 'other:owner', 7, null])).toEqual({
      operator: false,
      domains: { [A]: 'owner', [B]: 'viewer' },
    });
  });

  it('knows an operator by that word alone', () => {
    expect(rolesOfClaim(['operator']).operator).toBe(true);
    expect(rolesOfClaim(['operators', 'Operator', `${A}:operator`]).operator).toBe(false);
  });

  it('takes a text with spaces for a list', () => {
    expect(rolesOfClaim(`operator ${A}:viewer`)).toEqual({ operator: true, domains: { [A]: 'viewer' } });
  });

  it.each([[[`${A}:owner`, `${A}:viewer`]], [[`${A}:viewer`, `${A}:owner`]]])(
    'leaves an owner who is a viewer as well an owner: %j',
    (claim) => {
      expect(rolesOfClaim(claim).domains).toEqual({ [A]: 'owner' });
    },
  );

  it.each([undefined, null, 7, {}, '', []])('gives none for %j', (claim) => {
    expect(rolesOfClaim(claim)).toEqual({ operator: false, domains: {} });
  });
});
