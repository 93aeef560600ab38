import { Accounts } from '../../../../local/services/cognito/accounts';
import { adminUserOperations } from '../../../../local/services/cognito/admin-users';
import type { Call } from '../../../../local/cloud/endpoint/operation';

const POOL = 'eu-west-1_Pool';
const NOW = Date.parse('2030-01-01T00:00:00Z');
const ANN = { Username: 'ann@example.com' };
const NEW_ANN = {
  ...ANN,
  DesiredDeliveryMediums: ['EMAIL'],
  UserAttributes: [
    { Name: 'email', Value: 'ann@example.com' },
    { Name: 'email_verified', Value: 'true' },
    { Name: 'name', Value: 'Ann' },
  ],
};

let accounts: Accounts;
beforeEach(() => {
  accounts = new Accounts();
});

async function call(name: string, input: object): Promise<unknown> {
  const operations = adminUserOperations(
    POOL,
    () => ({ signsInByEmail: true }),
    accounts,
    () => NOW,
  );
  const operation = operations[`AWSCognitoIdentityProviderService.${name}`];
  return await operation?.run({ input: { UserPoolId: POOL, ...input } } as Call);
}

describe('the users of a pool', () => {
  it('are created with a temporary password, read by address or subject, and deleted', async () => {
    const { User } = (await call('AdminCreateUser', NEW_ANN)) as { User: { Username: string } };
    expect(User).toMatchObject({
      Enabled: true,
      UserStatus: 'FORCE_CHANGE_PASSWORD',
      UserCreateDate: NOW / 1_000,
      Attributes: [
        { Name: 'sub', Value: User.Username },
        { Name: 'email', Value: 'ann@example.com' },
        { Name: 'email_verified', Value: 'true' },
        { Name: 'name', Value: 'Ann' },
      ],
    });
    for (const Username of ['ANN@example.com', User.Username])
      expect(await call('AdminGetUser', { Username })).toMatchObject({ Username: User.Username });
    expect(await call('AdminDeleteUser', { Username: User.Username })).toEqual({});
    expect(accounts.all()).toEqual([]);
  });

  it('get their password again until they have signed in', async () => {
    await call('AdminCreateUser', NEW_ANN);
    const again = { ...ANN, DesiredDeliveryMediums: ['EMAIL'], MessageAction: 'RESEND' };
    expect(await call('AdminCreateUser', again)).toMatchObject({ User: { UserCreateDate: NOW / 1_000 } });
    const [account] = accounts.all();
    accounts.add({ ...account!, status: 'CONFIRMED' });
    await expect(call('AdminCreateUser', again)).rejects.toMatchObject({
      type: 'UnsupportedUserStateException',
    });
  });

  it.each<[string, string, object, string]>([
    [
      'a second user with the address',
      'AdminCreateUser',
      { ...NEW_ANN, Username: 'Bob@example.com', UserAttributes: [] },
      'UsernameExistsException',
    ],
    [
      'a username that is no address',
      'AdminCreateUser',
      { ...NEW_ANN, Username: 'ann' },
      'InvalidParameterException',
    ],
    [
      'another address than the username',
      'AdminCreateUser',
      { ...NEW_ANN, Username: 'eve@example.com' },
      'InvalidParameterException',
    ],
    [
      'an attribute that the pool does not have',
      'AdminCreateUser',
      { ...NEW_ANN, UserAttributes: [{ Name: 'role', Value: 'x' }] },
      'InvalidParameterException',
    ],
    [
      'the subject',
      'AdminCreateUser',
      { ...NEW_ANN, UserAttributes: [{ Name: 'sub', Value: 'x' }] },
      'InvalidParameterException',
    ],
    ['a text message without a phone number', 'AdminCreateUser', { ...ANN }, 'InvalidParameterException'],
    [
      'a resend to nobody',
      'AdminCreateUser',
      { ...NEW_ANN, MessageAction: 'RESEND' },
      'UserNotFoundException',
    ],
    [
      'a member that the API does not have',
      'AdminCreateUser',
      { ...NEW_ANN, Password: 'x' },
      'InvalidParameterException',
    ],
    ['an unknown user', 'AdminGetUser', ANN, 'UserNotFoundException'],
    ['an unknown user', 'AdminDeleteUser', ANN, 'UserNotFoundException'],
    ['another pool', 'AdminGetUser', { ...ANN, UserPoolId: 'eu-west-1_Other' }, 'ResourceNotFoundException'],
  ])('refuse %s (%s), and stay as they are', async (_, name, input, type) => {
    accounts.add({ id: 'bob', email: 'bob@example.com', name: 'Bob', roles: [] });
    await expect(call(name, input)).rejects.toMatchObject({ type });
    expect(accounts.all()).toEqual([{ id: 'bob', email: 'bob@example.com', name: 'Bob', roles: [] }]);
  });

  it('need one permission each, on their pool', () => {
    const operations = adminUserOperations(POOL, () => ({ signsInByEmail: true }), accounts);
    const permissions = Object.values(operations).map(({ permission }) =>
      permission?.({ input: { UserPoolId: POOL } } as Call),
    );
    expect(permissions).toMatchObject(
      ['AdminCreateUser', 'AdminGetUser', 'AdminDeleteUser'].map((name) => ({
        action: `cognito-idp:${name}`,
        resource: expect.stringMatching(/:userpool\/eu-west-1_Pool$/) as string,
      })),
    );
  });
});
