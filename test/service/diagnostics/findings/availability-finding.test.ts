import type { StoredConnection } from '../../../../shared/service/connections/connection-view';
import {
  availabilityFindings,
  hasNoIdentityProvider,
} from '../../../../shared/service/diagnostics/findings/availability-finding';

const DOMAIN = { domainId: 'd', ratePlan: 'standard' } as const;
const connection = (revokedAt?: string): StoredConnection => ({
  record: {
    connectionId: 'c',
    name: 'Okta',
    identityProvider: 'okta',
    createdAt: '2026-03-01T12:00:00.000Z',
    ...(revokedAt !== undefined && { revokedAt }),
    trustIds: [],
    version: 1,
  },
  credentials: [],
});
const revoked = connection('2026-03-02T12:00:00.000Z');

it.each([
  [{ scimAvailable: false }, true],
  [{ scimEnabled: false }, true],
  [{ scimAvailable: true, scimEnabled: true }, false],
  [{}, false],
])('a domain without a connection needs none with %j: %s', (switches, expected) => {
  const domain = { ...DOMAIN, ...switches };
  expect(hasNoIdentityProvider(domain, [])).toBe(expected);
  expect(hasNoIdentityProvider(domain, [revoked])).toBe(expected);
  expect(hasNoIdentityProvider(domain, [revoked, connection()])).toBe(false);
});

it('reports that SCIM is not available only to a domain with a connection', () => {
  const unavailable = { ...DOMAIN, scimAvailable: false };
  expect(availabilityFindings(unavailable, [])).toEqual([]);
  expect(availabilityFindings(unavailable, [revoked])).toEqual([]);
  expect(availabilityFindings(unavailable, [connection()])).toMatchObject([
    { code: 'scim-unavailable', severity: 'error' },
  ]);
  expect(availabilityFindings(DOMAIN, [connection()])).toEqual([]);
});
