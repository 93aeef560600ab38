import { identityProviderOf } from '../../shared/logging/identity-provider';

it.each([
  ['Okta SCIM Client 1.0.0', 'Key 1', 'okta'],
  [undefined, 'Entra ID production', 'entra-id'],
  ['', 'Microsoft', 'entra-id'],
  ['OneLogin SCIM/2.0', undefined, 'onelogin'],
  ['python-requests/2.32', 'Nightly import', 'script'],
  ['python-requests/2.32', 'Okta', 'okta'],
  ['Acme Directory Sync', 'Acme', 'other'],
  [undefined, 'Key 1', 'unknown'],
  [null, undefined, 'unknown'],
])('the user agent %j with the key %j is %s', (userAgent, keyName, provider) => {
  expect(identityProviderOf(userAgent, keyName)).toBe(provider);
});
