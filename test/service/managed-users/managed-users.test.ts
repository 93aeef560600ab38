import { ManagedUsers } from '../../../shared/service/managed-users/managed-users';
import type { Users } from '../../../shared/service/users/users';
import type { Domain } from '../../../shared/store/domains/domain-store';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';

const DOMAIN = { domainId: 'd1', scimAvailable: true, scimEnabled: true } as Domain;
const USER = {
  id: 'u1',
  attributes: { userName: 'ada', title: 'Engineer', active: true },
} as unknown as ResourceRecord;

/** Changes a user of a connection. Returns the error. */
async function refusalOf(values: Record<string, string>, domain = DOMAIN): Promise<string | undefined> {
  const users = {
    edit: (_: string, edit: (before: ResourceRecord) => unknown) => Promise.resolve(edit(USER)),
  };
  try {
    await new ManagedUsers(domain, users as unknown as Users).change('u1', values);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the refusal of a change of a user of a connection', () => {
  it('says how to deactivate the user if the change does only that', async () => {
    const detail = await refusalOf({ active: 'false', title: 'Engineer' });
    expect(detail).toMatch(/on its page in the portal, or with: scim user deactivate d1 u1$/);
    expect(detail).not.toContain('can only deactivate');
  });

  it('names the identity provider for other changes', async () => {
    const detail = await refusalOf({ active: 'false', title: 'Boss' });
    expect(detail).toMatch(
      /can only deactivate it. To change it, use the identity provider, or disable SCIM/,
    );
  });

  it('is absent if SCIM is off', async () => {
    expect(await refusalOf({ active: 'false' }, { ...DOMAIN, scimEnabled: false })).toBeUndefined();
  });
});
