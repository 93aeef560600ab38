import type { AdminRoles } from '../../../shared/service/admin/admin-roles';
import { authorize } from '../../../shared/http/admin/authorize';
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

/** Returns the status of the error, or 0 if access is granted. */
async function refusedStatus({ access, as, domainId, operatorOnly, body }: AccessCase): Promise<number> {
  const route = { access, operatorOnly } as AdminRoute;
  const roles = CALLERS[as] as AdminRoles;
  const caller = { id: as, kind: 'user', roles } as const;
  const parameters: Record<string, string> = domainId === undefined ? {} : { domainId };
  try {
    await authorize(route, parameters, caller, () => Promise.resolve(body));
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
  ])('checks the role of the caller if a route of a domain requires %s', async (access, expected) => {
    const statuses: Record<string, number> = {};
    for (const as of Object.keys(CALLERS))
      statuses[as] = await refusedStatus({ access, as, domainId: DOMAIN });
    expect(statuses).toEqual(expected);
  });

  it('grants every caller with a credential the routes for anyone', async () => {
    for (const as of Object.keys(CALLERS)) expect(await refusedStatus({ access: 'anyone', as })).toBe(0);
  });

  it('grants only operators the routes that concern no single domain', async () => {
    const statuses = Object.keys(CALLERS).map((as) => refusedStatus({ access: 'operator', as }));
    expect(await Promise.all(statuses)).toEqual([0, 403, 403, 403, 403]);
  });

  it.each(['__proto__', 'constructor', 'toString', ''])(
    'finds no role in a domain named %j',
    async (domainId) => {
      expect(await refusedStatus({ access: 'viewer', as: 'owner', domainId })).toBe(404);
    },
  );

  describe('with members of the body that only an operator may send', () => {
    const request = { access: 'owner', domainId: DOMAIN, operatorOnly: ['seats'] } as const;

    it.each([[{ seats: 1 }], [{ seats: null }], [{ name: 'x', seats: undefined }]])(
      'refuses %j from an owner',
      async (body) => {
        expect(await refusedStatus({ ...request, as: 'owner', body })).toBe(403);
      },
    );

    it.each([[{ name: 'x' }], [{}], ['seats'], [null], [undefined]])(
      'accepts %j from an owner',
      async (body) => {
        expect(await refusedStatus({ ...request, as: 'owner', body })).toBe(0);
      },
    );

    it('accepts them from an operator', async () => {
      expect(await refusedStatus({ ...request, as: 'operator', body: { seats: 1 } })).toBe(0);
    });
  });

  it('does not read the body of a caller who may not use the route', async () => {
    const route = { access: 'owner', operatorOnly: ['seats'] } as unknown as AdminRoute;
    const caller = { id: 'v', kind: 'user', roles: CALLERS.viewer as AdminRoles } as const;
    const body = jest.fn();
    await expect(authorize(route, { domainId: DOMAIN }, caller, body)).rejects.toThrow('not change it');
    expect(body).not.toHaveBeenCalled();
  });
});
