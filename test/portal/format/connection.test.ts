import type { Connection, Credential } from '../../../portal/src/api/schema';
import {
  activeCredentials,
  connectionState,
  credentialSummary,
  lastRequestAt,
  newCredentialName,
  nonEmptyLines,
  rotationState,
  tenantOfIssuer,
} from '../../../portal/src/format/connection';
import { clientValues, scimUrlValue } from '../../../portal/src/format/connection-values';
import { withinSentence } from '../../../portal/src/format/within-sentence';

const EARLIER = '2026-05-01T00:00:00Z';

const credential = (more: Partial<Credential> = {}): Credential => ({
  credentialId: '0199aaaa-0000',
  type: 'scim-key',
  name: 'Key',
  createdAt: EARLIER,
  status: 'active',
  ...more,
});

const connection = (credentials: readonly Credential[], more: Partial<Connection> = {}): Connection => ({
  connectionId: 'c1',
  name: 'Okta',
  identityProvider: 'okta',
  createdAt: EARLIER,
  status: 'active',
  clientId: 'd1.c1',
  scimUrl: 'https://scim.example.com/scim/v2',
  tokenUrl: 'https://scim.example.com/scim/oauth2/token',
  metadataUrl: 'https://scim.example.com/scim/.well-known/oauth-authorization-server',
  credentials,
  ...more,
});

describe('the state of a connection', () => {
  it.each([
    ['no-credential', connection([])],
    ['no-credential', connection([credential({ status: 'revoked', lastUsedAt: EARLIER })])],
    ['expired', connection([credential({ status: 'expired', lastUsedAt: EARLIER })])],
    ['waiting', connection([credential()])],
    // The credential that was used no longer works.
    ['waiting', connection([credential({ status: 'revoked', lastUsedAt: EARLIER }), credential()])],
    ['connected', connection([credential({ lastUsedAt: EARLIER }), credential()])],
    ['revoked', connection([credential({ lastUsedAt: EARLIER })], { status: 'revoked' })],
  ] as const)('is %s', (state, one) => {
    expect(connectionState(one)).toBe(state);
  });

  it('has the time of the last request with a credential that works', () => {
    const times = ['2026-05-02T00:00:00Z', '2026-05-04T00:00:00Z', '2026-05-03T00:00:00Z'];
    const used = times.map((lastUsedAt) => credential({ lastUsedAt }));
    const revoked = credential({ lastUsedAt: '2026-05-09T00:00:00Z', status: 'revoked' });
    expect(lastRequestAt(connection([...used, revoked]))).toBe(times[1]);
  });
});

describe('the credentials of a connection', () => {
  it('are summarized by their type, without those that do not work', () => {
    const credentials = [
      credential(),
      credential({ type: 'client-secret' }),
      credential({ type: 'client-secret' }),
      credential({ type: 'trust', status: 'revoked' }),
    ];
    expect(credentialSummary(connection(credentials))).toBe('1 SCIM key, 2 client secrets');
    expect(credentialSummary(connection([]))).toBe('None');
  });

  it('are in the order of their creation, so that the first of two secrets is the old one', () => {
    const young = credential({
      credentialId: 'young',
      type: 'client-secret',
      createdAt: '2026-05-02T00:00:00Z',
    });
    const old = credential({ credentialId: 'old', type: 'client-secret' });
    expect(activeCredentials(connection([young, credential(), old]), 'client-secret')).toEqual([old, young]);
  });
});

it('proposes a name that no other credential has', () => {
  expect(newCredentialName(connection([]))).toBe('Okta');
  const used = [credential({ name: 'Okta' }), credential({ name: 'Okta 2' })];
  expect(newCredentialName(connection(used))).toBe('Okta 3');
});

describe('the values for an identity provider', () => {
  it('have the names of Entra ID, and its flag', () => {
    expect(clientValues(connection([], { identityProvider: 'entra-id' }))).toEqual([
      { label: 'Tenant URL', value: 'https://scim.example.com/scim/v2?aadOptscim062020' },
      { label: 'Token endpoint', value: 'https://scim.example.com/scim/oauth2/token' },
      { label: 'Client identifier', value: 'd1.c1' },
    ]);
  });

  it('are without the flag for others', () => {
    expect(scimUrlValue(connection([], { identityProvider: 'other' }))).toEqual({
      label: 'SCIM base URL',
      value: 'https://scim.example.com/scim/v2',
    });
  });

  it.each([
    ['Tenant URL', 'tenant URL'],
    ['SCIM base URL', 'SCIM base URL'],
  ])('%s is %s within a sentence', (label, noun) => {
    expect(withinSentence(label)).toBe(noun);
  });
});

it.each([
  [
    'https://login.microsoftonline.com/1b2c3d4e-5f60-4718-92a3-b4c5d6e7f809/v2.0',
    '1b2c3d4e-5f60-4718-92a3-b4c5d6e7f809',
  ],
  [' https://sts.windows.net/1b2c3d4e-5f60-4718-92a3-b4c5d6e7f809/', '1b2c3d4e-5f60-4718-92a3-b4c5d6e7f809'],
  ['https://login.microsoftonline.com/common/v2.0', undefined],
  ['https://id.example.com/1b2c3d4e-5f60-4718-92a3-b4c5d6e7f809/', undefined],
  ['', undefined],
])('the tenant of the issuer %s is %s', (issuer, tenant) => {
  expect(tenantOfIssuer(issuer)).toBe(tenant);
});

it('reads one audience per line', () => {
  expect(nonEmptyLines(' one \n\ntwo\r\n')).toEqual(['one', 'two']);
});

describe('a rotation', () => {
  const NOW = new Date('2026-05-01T12:00:00Z');
  it.each([
    ['waits for a request with the new secret', 'waiting', EARLIER, undefined],
    ['waits, although the old secret is unused', 'waiting', undefined, undefined],
    ['goes on while the old secret was used', 'in-use', '2026-05-01T06:00:00Z', '2026-05-01T07:00:00Z'],
    ['is done six hours later', 'done', '2026-05-01T05:59:59Z', '2026-05-01T07:00:00Z'],
    ['is done if the old secret was never used', 'done', undefined, '2026-05-01T11:59:59Z'],
  ] as const)('%s', (_, state, formerUse, currentUse) => {
    const usedAt = (lastUsedAt: string | undefined) => credential({ type: 'client-secret', lastUsedAt });
    expect(rotationState(usedAt(formerUse), usedAt(currentUse), NOW)).toBe(state);
  });
});
