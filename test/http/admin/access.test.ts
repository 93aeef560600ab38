import type { AdminRoles } from '../../../shared/service/admin/admin-roles';
import { authorize } from '../../../shared/http/admin/access';
import { Problem } from '../../../shared/http/admin/problem';
import type { Access, AdminRoute } from '../../../shared/http/admin/route';

const DOMAIN = '01890000-0000-7000-8000-00000000000a';
const OTHER = '01890000-0000-7000-8000-00000000000b';

const CALLERS: Readonly<Record<string, AdminRoles>> = {
  operator: { operator: true, domains: {} },
  owner: { operator: false, domains: { [DOMAIN]: 'owner' } },
  viewer: { operator: false, domains: { [DOMAIN]: 'viewer' } },
  stranger: { operator: false, domains: { [OTHER]: 'owner' } },
  nobody: { operator: false, domains: {} },
};

interface AccessCase {
  readonly access: Access;
  readonly as: string;
  readonly domainId?: string;
  readonly operatorOnly?: readonly string[];
  readonly body?: unknown;
}

/** The status of the refusal; 0 where there is none. */
function refusedStatus({ access, as, domainId, operatorOnly, body }: AccessCase): number {
  const route = { access, operatorOnly } as AdminRoute;
  const roles = CALLERS[as] as AdminRoles;
  const caller = { id: as, kind: 'user', roles } as const;
  const parameters: Record<string, string> = domainId === undefined ? {} : { domainId };
  try {
    authorize(route, parameters, caller, () => body);
    return 0;
  } catch (error) {
    if (error instanceof Problem) return error.status;
    throw error;
  }
}

describe('authorize', () => {
  it.each<[Access, Record<string, number>]>([
    ['viewer', { operator: 0, owner: 0, viewer: 0, stranger: 404, nobody: 404 }],
    ['owner', { operator: 0, owner: 0, viewer: 403, stranger: 404, nobody: 404 }],
    ['operator', { operator: 0, owner: 403, viewer: 403, stranger: 404, nobody: 404 }],
  ])('of a route of a domain that takes a role of %s', (access, expected) => {
    const refusals = Object.keys(CALLERS).map((as) => [as, refusedStatus({ access, as, domainId: DOMAIN })]);
    expect(Object.fromEntries(refusals)).toEqual(expected);
  });

  it('lets everybody with a credential ask what is about the caller', () => {
    for (const as of Object.keys(CALLERS)) expect(refusedStatus({ access: 'anyone', as })).toBe(0);
  });

  it('leaves what concerns no single domain to operators', () => {
    const statuses = Object.keys(CALLERS).map((as) => refusedStatus({ access: 'operator', as }));
    expect(statuses).toEqual([0, 403, 403, 403, 403]);
  });

  it.each(['__proto__', 'constructor', 'toString', ''])('takes %j for no domain of anybody', (domainId) => {
    expect(refusedStatus({ access: 'viewer', as: 'owner', domainId })).toBe(404);
  });

  describe('with members of the body that are an operator’s', () => {
    const asked = { access: 'owner', domainId: DOMAIN, operatorOnly: ['seats'] } as const;

    it.each([[{ seats: 1 }], [{ seats: null }], [{ name: 'x', seats: undefined }]])(
      'refuses an owner %j',
      (body) => {
        expect(refusedStatus({ ...asked, as: 'owner', body })).toBe(403);
      },
    );

    it.each([[{ name: 'x' }], [{}], ['seats'], [null], [undefined]])(
      'leaves an owner the rest: %j',
      (body) => {
        expect(refusedStatus({ ...asked, as: 'owner', body })).toBe(0);
      },
    );

    it('lets an operator', () => {
      expect(refusedStatus({ ...asked, as: 'operator', body: { seats: 1 } })).toBe(0);
    });
  });

  it('looks at no body of somebody who may not use the route at all', () => {
    const route = { access: 'owner', operatorOnly: ['seats'] } as unknown as AdminRoute;
    const caller = { id: 'v', kind: 'user', roles: CALLERS.viewer as AdminRoles } as const;
    const body = jest.fn();
    expect(() => authorize(route, { domainId: DOMAIN }, caller, body)).toThrow('not change it');
    expect(body).not.toHaveBeenCalled();
  });
});
