import { poolOf } from '../../../../local/services/cognito/user-pool';
import { resource } from '../../resources';

const client = (own: object = {}) =>
  resource('AWS::Cognito::UserPoolClient', 'client', {
    UserPoolId: 'pool',
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: ['openid'],
    CallbackURLs: ['https://example.com/signed-in'],
    GenerateSecret: false,
    IdTokenValidity: 60,
    RefreshTokenValidity: 60,
    TokenValidityUnits: { IdToken: 'minutes', RefreshToken: 'minutes' },
    ...own,
  });
const pool = (own: object = {}) =>
  resource('AWS::Cognito::UserPool', 'pool', {
    Schema: [
      { Name: 'email', Mutable: true, Required: true },
      { Name: 'name', Mutable: true, Required: false },
      { Name: 'locale', Mutable: false },
    ],
    ...own,
  });

describe('the attributes that a user may write', () => {
  it('are all mutable standard attributes if the client lists none, as in AWS', () => {
    for (const own of [{}, { WriteAttributes: [] }]) {
      const { writeAttributes } = poolOf([pool(), client(own)], 'pool');
      expect(writeAttributes).toEqual(expect.arrayContaining(['email', 'name', 'nickname']));
      expect(writeAttributes).not.toContain('locale');
      expect(writeAttributes).not.toContain('email_verified');
    }
  });

  it('are those that the client lists', () => {
    expect(poolOf([pool(), client({ WriteAttributes: ['email'] })], 'pool').writeAttributes).toEqual([
      'email',
    ]);
  });

  it.each([
    ['lacks a required attribute', ['name'], 'email'],
    ['has an immutable attribute', ['email', 'locale'], 'locale'],
  ])('are refused if the list %s', (_, WriteAttributes, named) => {
    expect(() => poolOf([pool(), client({ WriteAttributes })], 'pool')).toThrow(
      `Invalid write attributes specified while creating a client: ${named}`,
    );
  });

  it('include those that wait for a verification', () => {
    const UserAttributeUpdateSettings = { AttributesRequireVerificationBeforeUpdate: ['email'] };
    const updating = pool({ UserAttributeUpdateSettings });
    expect(poolOf([updating, client()], 'pool').verifiedBeforeUpdate).toEqual(['email']);
    expect(poolOf([pool(), client()], 'pool').verifiedBeforeUpdate).toEqual([]);
  });
});
