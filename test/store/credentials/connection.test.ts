import { IDENTITY_PROVIDERS, readConnection } from '../../../shared/store/credentials/connection';

const ITEM = {
  pk: 'DOMAIN#d1',
  sk: 'CONNECTION#c1',
  connectionId: 'c1',
  name: 'Directory',
  identityProvider: 'okta',
  createdAt: '2026-03-01T12:00:00.000Z',
  version: 1,
};

it.each(IDENTITY_PROVIDERS)('a connection has the identity provider %s', (identityProvider) => {
  expect(readConnection({ ...ITEM, identityProvider })).toMatchObject({ identityProvider });
});

it('the identity provider of a later version is read as another one', () => {
  expect(readConnection({ ...ITEM, identityProvider: 'keycloak' })).toMatchObject({
    name: 'Directory',
    identityProvider: 'other',
  });
});

it.each([undefined, 5])('an item with the identity provider %j is malformed', (identityProvider) => {
  expect(() => readConnection({ ...ITEM, identityProvider })).toThrow(/identityProvider/);
});
