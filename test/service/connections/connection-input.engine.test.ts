import { newId } from '../../../shared/id';
import type { ConnectionAdmin } from '../../../shared/service/connections/connection-admin';
import {
  MAX_CONNECTIONS,
  MAX_CREDENTIALS_PER_CONNECTION,
} from '../../../shared/service/connections/connection-limits';
import type { DomainAdmin } from '../../../shared/service/domains/domain-admin';
import type { ScimKeyAdmin } from '../../../shared/service/credentials/scim-key-admin';
import { credentialItem } from '../../../shared/store/credentials/credential';
import { connectionKey, credentialKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { connectionActions, inYears, openConnectionServices } from '../../support/service/connections';
import { AT, credentialRecord } from '../../support/store/records';
import { OPERATOR } from '../../support/system/system';

let domains: DomainAdmin;
let keys: ScimKeyAdmin;
let admin: ConnectionAdmin;
let table: Table;
let domainId: string;
beforeAll(async () => {
  ({ domains, keys, admin, table } = await openConnectionServices());
});
beforeEach(async () => {
  ({ domainId } = await domains.createDomain({ name: 'Example' }, OPERATOR));
});

const { create, addSecret, addTrust, get, events } = connectionActions(() => ({
  ...{ domains, keys, admin, table, domainId },
}));

describe('the limits of a connection', () => {
  it('are two valid client secrets, even when three are added at once', async () => {
    const connectionId = await create();
    const results = await Promise.allSettled([1, 2, 3].map(() => addSecret(connectionId)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    const { credentials } = await get(connectionId);
    expect(credentials).toHaveLength(2);
    await expect(addSecret(connectionId)).rejects.toThrow(
      /already has 2 valid client secrets. Revoke the one/,
    );
    await admin.revokeCredential(domainId, connectionId, credentials[0]?.credentialId ?? '', OPERATOR);
    await addSecret(connectionId);
    expect((await get(connectionId)).credentials).toHaveLength(3);
  });

  it('are five trusts', async () => {
    const connectionId = await create();
    for (let at = 0; at < 5; at++) await addTrust(connectionId, { subject: `client-${at}` });
    await expect(addTrust(connectionId)).rejects.toThrow(/already has 5 trusts/);
  });

  it('are 20 credentials, besides revoked ones', async () => {
    const connectionId = await create();
    const stored = Array.from({ length: MAX_CREDENTIALS_PER_CONNECTION + 1 }, (_, index) =>
      credentialRecord(newId(), { connectionId, ...(index === 0 && { revokedAt: AT }) }),
    );
    await table.transact(
      stored.map((each) => ({ put: { ...credentialKey(domainId, each.keyId), ...credentialItem(each) } })),
    );
    await expect(addSecret(connectionId)).rejects.toThrow(/already has 20 credentials. Revoke those/);
    await admin.revokeConnection(domainId, connectionId, OPERATOR);
    for (const { revokedAt } of (await get(connectionId)).credentials) expect(revokedAt).toBeDefined();
  });

  it('are 50 connections of a domain, besides revoked ones and single SCIM keys, also at once', async () => {
    await keys.createScimKey(domainId, { name: 'Okta' }, OPERATOR);
    const record = (index: number) => ({
      ...{ connectionId: newId(), name: `Connection ${index}`, identityProvider: 'other', createdAt: AT },
      ...{ trustIds: [], version: 1, ...(index === 0 && { revokedAt: AT }) },
    });
    const stored = Array.from({ length: MAX_CONNECTIONS + 1 }, (_, index) => record(index));
    await table.transact(
      stored.map((each) => ({ put: { ...connectionKey(domainId, each.connectionId), ...each } })),
    );
    await expect(create()).rejects.toThrow(/already has 50 connections. Revoke those/);
    await admin.revokeConnection(domainId, stored[1]?.connectionId ?? '', OPERATOR);
    await admin.revokeConnection(domainId, stored[2]?.connectionId ?? '', OPERATOR);
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => create()));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    const current = (await admin.listConnections(domainId)).filter(
      ({ revokedAt }) => revokedAt === undefined,
    );
    expect(current).toHaveLength(MAX_CONNECTIONS + 1);
  });

  it('also hold for a SCIM key that was created alone', async () => {
    const { keyId } = await keys.createScimKey(domainId, { name: 'Okta' }, OPERATOR);
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => addSecret(keyId)));
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(2);
    expect((await get(keyId)).credentials.length).toBeLessThanOrEqual(3);
    expect((await get(keyId)).credentials.length).toBeGreaterThan(1);
  });
});

describe('invalid input changes nothing', () => {
  it.each<[string, object, RegExp]>([
    ['a name of a part of the service', { name: 'admin token' }, /reserved for the service/],
    ['an empty name', { name: ' ' }, /must have 1 to 100 characters/],
    [
      'a lifetime of half a year',
      { expireTime: inYears(0.5) },
      /must be valid for 1 to 3 years. Choose a time from/,
    ],
    ['a lifetime of four years', { expireTime: inYears(4) }, /must be valid for 1 to 3 years/],
    ['an expiry that is no time', { expireTime: 'soon' }, /is not an RFC 3339 time/],
  ])('of a client secret: %s', async (_, input, message) => {
    const connectionId = await create();
    await expect(addSecret(connectionId, input)).rejects.toThrow(message);
    expect((await get(connectionId)).credentials).toEqual([]);
    expect(await events()).toHaveLength(1);
  });

  it.each<[string, object, RegExp]>([
    ['no issuer', { issuer: ' ' }, /^The issuer must have 1 to 500 characters without spaces/],
    ['a subject with a space', { subject: 'a b' }, /^The subject must have/],
    ['no audience', { audiences: [] }, /must have 1 to 5 audiences, but this one has 0/],
    ['six audiences', { audiences: ['1', '2', '3', '4', '5', '6'] }, /but this one has 6/],
    ['an empty audience', { audiences: [''] }, /^An audience must have/],
    ['an empty tenant', { tenant: '' }, /^The tenant must have/],
    ['keys at another host', { jwksUrl: 'https://keys.example.com/jwks' }, /jwksOrigins/],
    ['keys without TLS', { jwksUrl: 'http://login.microsoftonline.com/keys' }, /must use https/],
    ['an expiry in the past', { expireTime: '2020-01-01T00:00:00Z' }, /has already passed/],
  ])('of a trust: %s', async (_, input, message) => {
    const connectionId = await create();
    await expect(addTrust(connectionId, input)).rejects.toThrow(message);
    expect((await get(connectionId)).credentials).toEqual([]);
  });

  it.each([
    ['a domain', () => admin.listConnections('nobody')],
    [
      'a domain, for a new connection',
      () => admin.createConnection('nobody', { name: 'x', identityProvider: 'okta' }, OPERATOR),
    ],
    ['a connection', () => get('nobody')],
    ['a connection, for a new secret', () => addSecret('nobody')],
    [
      'a connection, for a new key',
      () => keys.createScimKey(domainId, { name: 'x', connectionId: 'nobody' }, OPERATOR),
    ],
    ['a connection to revoke', () => admin.revokeConnection(domainId, 'nobody', OPERATOR)],
    ['a credential', async () => admin.revokeCredential(domainId, await create(), 'nobody', OPERATOR)],
  ])('if there is no such %s', async (_, act) => {
    await expect(act()).rejects.toMatchObject({
      name: 'AdminError',
      problem: 'notFound',
      message: expect.stringContaining('nobody') as string,
    });
  });

  it('of another domain: its connections and credentials are not found', async () => {
    const connectionId = await create();
    const { credential } = await addSecret(connectionId);
    const { domainId: other } = await domains.createDomain({ name: 'Other' }, OPERATOR);
    const before = await get(connectionId);
    for (const act of [
      () => admin.getConnection(other, connectionId),
      () => admin.revokeConnection(other, connectionId, OPERATOR),
      () => admin.createSecret(other, connectionId, {}, OPERATOR),
      () => admin.revokeCredential(other, connectionId, credential.credentialId, OPERATOR),
    ])
      await expect(act()).rejects.toMatchObject({ problem: 'notFound' });
    expect(await get(connectionId)).toEqual(before);
  });
});
