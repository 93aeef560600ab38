import { Accounts } from '../../../../local/services/cognito/accounts';
import {
  SELF_SERVICE_SCOPE,
  userAttributeOperations,
} from '../../../../local/services/cognito/user-attributes';
import type { Call } from '../../../../local/cloud/endpoint/operation';

const CLAIMS = {
  token_use: 'access',
  client_id: 'client',
  scope: `openid ${SELF_SERVICE_SCOPE}`,
  sub: 'ann',
};

let accounts: Accounts;
beforeEach(() => {
  accounts = new Accounts();
  accounts.add({ id: 'ann', email: 'ann@example.com', name: 'Ann', roles: ['operator'] });
});

/** Updates attributes with a token of these claims. */
async function update(
  attributes: Record<string, string>,
  { claims = {}, writeAttributes = ['email', 'name'], verifiedBeforeUpdate = [] as string[] } = {},
): Promise<unknown> {
  const operations = userAttributeOperations(
    () => ({ clientId: 'client', writeAttributes, verifiedBeforeUpdate }),
    accounts,
    (token) => Promise.resolve(token === 'valid' ? { ...CLAIMS, ...claims } : undefined),
  );
  const input = {
    AccessToken: 'valid',
    UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
  };
  const operation = operations['AWSCognitoIdentityProviderService.UpdateUserAttributes'];
  return await operation?.run({ input } as Call);
}

describe('UpdateUserAttributes', () => {
  it('writes the attributes that the client may write', async () => {
    await update({ name: 'Bob', email: 'bob@example.com' });
    expect(accounts.find('ann')).toEqual({
      id: 'ann',
      name: 'Bob',
      email: 'bob@example.com',
      emailVerified: false,
      roles: ['operator'],
    });
  });

  it('keeps an address until the new one is verified', async () => {
    const { CodeDeliveryDetailsList } = (await update(
      { email: 'bob@example.com' },
      { verifiedBeforeUpdate: ['email'] },
    )) as { CodeDeliveryDetailsList: object[] };
    expect(CodeDeliveryDetailsList).toMatchObject([{ AttributeName: 'email', Destination: 'b***@e***' }]);
    expect(accounts.find('ann')).toMatchObject({ email: 'ann@example.com' });
  });

  it.each<[string, Record<string, string>, object, string]>([
    [
      'an attribute that the client may not write',
      { name: 'Bob' },
      { writeAttributes: ['email'] },
      'unauthorized',
    ],
    [
      'one such attribute of several',
      { email: 'b@example.com', name: 'B' },
      { writeAttributes: ['email'] },
      'unauth',
    ],
    ['the verification of the address', { email_verified: 'true' }, {}, 'unauthorized attribute'],
    ['the groups', { 'cognito:groups': 'operator' }, {}, 'unauthorized attribute'],
    ['the subject', { sub: 'operator' }, {}, 'unauthorized attribute'],
    [
      'a token of the sign-in page',
      { name: 'Bob' },
      { claims: { scope: 'openid profile' } },
      'required scopes',
    ],
    ['an ID token', { name: 'Bob' }, { claims: { token_use: 'id' } }, 'Invalid Access Token'],
    ['a token of another client', { name: 'Bob' }, { claims: { client_id: 'x' } }, 'Invalid Access Token'],
    ['a token of a user who is gone', { name: 'Bob' }, { claims: { sub: 'x' } }, 'Invalid Access Token'],
  ])('refuses %s, and changes nothing', async (_, attributes, options, message) => {
    await expect(update(attributes, options)).rejects.toMatchObject({
      type: 'NotAuthorizedException',
      message: expect.stringContaining(message) as string,
    });
    expect(accounts.all()).toEqual([
      { id: 'ann', email: 'ann@example.com', name: 'Ann', roles: ['operator'] },
    ]);
  });
});
