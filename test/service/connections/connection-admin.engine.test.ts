import { parseClientSecret } from '../../../shared/credentials/client-secret';
import { newId } from '../../../shared/id';
import type { ConnectionAdmin } from '../../../shared/service/connections/connection-admin';
import { setupLinkCallerId } from '../../../shared/service/credentials/caller-identity';
import type { DomainAdmin } from '../../../shared/service/domains/domain-admin';
import type { ScimKeyAdmin } from '../../../shared/service/credentials/scim-key-admin';
import { connectionKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import {
  connectionActions,
  ENTRA_TRUST,
  inYears,
  openConnectionServices,
} from '../../support/service/connections';
import { readItem } from '../../support/store/records';
import { clientWithKey, OPERATOR } from '../../support/system/system';

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
const statusWith = async (token: string) =>
  (await clientWithKey(domainId, token).request('GET', '/ResourceTypes')).status;

describe('a SCIM key that was created alone', () => {
  it('is a connection with one credential, without an item', async () => {
    const { keyId, token } = await keys.createScimKey(domainId, { name: 'Okta' }, OPERATOR);
    expect(await statusWith(token)).toBe(200);
    const [connection, ...others] = await admin.listConnections(domainId);
    expect(others).toEqual([]);
    expect(connection).toMatchObject({
      connectionId: keyId,
      name: 'Okta',
      identityProvider: 'other',
      clientId: `${domainId}.${keyId}`,
      lastUsedAt: expect.any(String) as string,
      credentials: [{ credentialId: keyId, type: 'scim-key', name: 'Okta' }],
    });
    expect(await readItem(table, connectionKey(domainId, keyId))).toBeUndefined();
  });

  it('keeps working when the connection is renamed and gets another credential', async () => {
    const { keyId, token } = await keys.createScimKey(domainId, { name: 'Okta' }, OPERATOR);
    await admin.updateConnection(domainId, keyId, { identityProvider: 'okta' }, OPERATOR);
    await addSecret(keyId);
    await admin.updateConnection(domainId, keyId, { name: 'Okta, Europe' }, OPERATOR);
    const connection = await get(keyId);
    expect(connection).toMatchObject({ name: 'Okta, Europe', identityProvider: 'okta' });
    expect(connection.credentials.map(({ type, name }) => [type, name])).toEqual([
      ['scim-key', 'Okta'],
      ['client-secret', 'Okta'],
    ]);
    expect(await statusWith(token)).toBe(200);
  });

  it('is a revoked connection once it is revoked, and gets no credential anymore', async () => {
    const { keyId } = await keys.createScimKey(domainId, { name: 'Okta' }, OPERATOR);
    await keys.revokeScimKey(domainId, keyId, OPERATOR);
    expect((await get(keyId)).revokedAt).toBeDefined();
    await expect(addSecret(keyId)).rejects.toMatchObject({ problem: 'conflict' });
    expect(await readItem(table, connectionKey(domainId, keyId))).toBeUndefined();
  });

  it('is revoked as a connection, and refused at the next request', async () => {
    const { keyId, token } = await keys.createScimKey(domainId, { name: 'Okta' }, OPERATOR);
    expect(await statusWith(token)).toBe(200);
    await admin.revokeConnection(domainId, keyId, OPERATOR);
    expect(await statusWith(token)).toBe(401);
    expect((await events()).map(({ action }) => action)).toEqual([
      'key.created',
      'connection.revoked',
      'key.revoked',
    ]);
  });
});

describe('a connection', () => {
  it('has several credentials at a time, listed without their secrets and hashes', async () => {
    const connectionId = await create();
    const { token, keyId } = await keys.createScimKey(domainId, { name: 'Spare', connectionId }, OPERATOR);
    const { credential, clientId, clientSecret } = await addSecret(connectionId, { name: 'First' });
    const trust = await addTrust(connectionId, { expireTime: '2099-01-01T00:00:00Z' });
    expect(parseClientSecret(clientSecret)?.keyId).toBe(credential.credentialId);
    const connection = await get(connectionId);
    expect(connection).toMatchObject({
      clientId,
      credentials: [{ credentialId: keyId, type: 'scim-key', name: 'Spare' }, credential, trust],
    });
    expect(trust).toMatchObject({ type: 'trust', name: 'Entra ID', trust: ENTRA_TRUST });
    expect(JSON.stringify(connection)).not.toMatch(/hash|scimsecret_|scim_/);
    expect(await statusWith(token)).toBe(200);
    expect((await keys.listScimKeys(domainId)).map((key) => key.keyId)).toEqual([keyId]);
  });

  it('is revoked with all its credentials at once, and keeps the time of the first revocation', async () => {
    const connectionId = await create();
    const { token } = await keys.createScimKey(domainId, { name: 'Okta', connectionId }, OPERATOR);
    const other = await keys.createScimKey(domainId, { name: 'Other' }, OPERATOR);
    await addSecret(connectionId);
    await addTrust(connectionId);
    expect(await statusWith(token)).toBe(200);
    await admin.revokeConnection(domainId, connectionId, OPERATOR);
    expect(await statusWith(token)).toBe(401);
    expect(await statusWith(other.token)).toBe(200);
    const revoked = await get(connectionId);
    expect(revoked.revokedAt).toBeDefined();
    for (const { revokedAt } of revoked.credentials) expect(revokedAt).toBe(revoked.revokedAt);
    await admin.revokeConnection(domainId, connectionId, OPERATOR);
    expect(await get(connectionId)).toEqual(revoked);
    expect((await events()).map(({ action }) => action).sort()).toEqual([
      'connection.created',
      'connection.revoked',
      'key.created',
      'key.created',
      'key.revoked',
      'secret.created',
      'secret.revoked',
      'trust.created',
      'trust.revoked',
    ]);
    for (const act of [
      () => addSecret(connectionId),
      () => addTrust(connectionId),
      () => keys.createScimKey(domainId, { name: 'Okta', connectionId }, OPERATOR),
      () => admin.updateConnection(domainId, connectionId, { name: 'Again' }, OPERATOR),
    ])
      await expect(act()).rejects.toMatchObject({ name: 'AdminError', problem: 'conflict' });
    expect(await get(connectionId)).toEqual(revoked);
  });

  it('loses one credential, and the others keep working', async () => {
    const connectionId = await create();
    const { token } = await keys.createScimKey(domainId, { name: 'Okta', connectionId }, OPERATOR);
    const { credential } = await addSecret(connectionId);
    const revoke = () => admin.revokeCredential(domainId, connectionId, credential.credentialId, OPERATOR);
    await Promise.all([revoke(), revoke()]);
    const [key, secret] = (await get(connectionId)).credentials;
    expect(secret?.revokedAt).toBeDefined();
    expect(key?.revokedAt).toBeUndefined();
    await revoke();
    expect((await get(connectionId)).credentials[1]).toEqual(secret);
    expect(await statusWith(token)).toBe(200);
    expect((await events()).filter(({ action }) => action === 'secret.revoked')).toHaveLength(1);
  });

  it('gets no credential by a setup link once it may make administrators of users', async () => {
    const guest = { kind: 'admin', id: setupLinkCallerId(newId()), name: 'it@example.com' } as const;
    const connectionId = await create();
    await admin.createSecret(domainId, connectionId, {}, guest);
    const administratorsFromRoles = { confirmedAt: inYears(0), confirmedBy: 'owner-1' };
    await table.update(connectionKey(domainId, connectionId), { set: { administratorsFromRoles } });
    const before = await get(connectionId);
    const refused = { problem: 'conflict', message: expect.stringContaining('setup link') as string };
    const key = { name: 'Key', connectionId };
    await expect(admin.createSecret(domainId, connectionId, {}, guest)).rejects.toMatchObject(refused);
    await expect(admin.createTrust(domainId, connectionId, ENTRA_TRUST, guest)).rejects.toMatchObject(
      refused,
    );
    await expect(keys.createScimKey(domainId, key, guest)).rejects.toMatchObject(refused);
    expect(await get(connectionId)).toEqual(before);
    await addSecret(connectionId);
    expect((await get(connectionId)).credentials).toHaveLength(2);
  });

  it('records a change with its values before and after, and none that changes nothing', async () => {
    const connectionId = await create();
    await admin.updateConnection(
      domainId,
      connectionId,
      { name: ' Entra ', identityProvider: 'other' },
      OPERATOR,
    );
    await admin.updateConnection(domainId, connectionId, { name: 'Entra' }, OPERATOR);
    expect((await events()).slice(1)).toMatchObject([
      {
        action: 'connection.updated',
        resourceId: connectionId,
        resourceName: 'Entra',
        changes: [
          { attribute: 'name', before: 'Entra ID', after: 'Entra' },
          { attribute: 'identityProvider', before: 'entra-id', after: 'other' },
        ],
      },
    ]);
  });
});

describe('a client secret', () => {
  it('expires in one year unless another time is given', async () => {
    const { credential } = await addSecret(await create());
    const days = (Date.parse(credential.expireTime ?? '') - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(364);
    expect(days).toBeLessThan(367);
    const expireTime = inYears(3);
    expect((await addSecret(await create(), { expireTime })).credential.expireTime).toBe(expireTime);
  });

  it('is never accepted as a bearer token', async () => {
    const { clientSecret } = await addSecret(await create());
    expect(await statusWith(clientSecret)).toBe(401);
  });
});

describe('the audit log of version 0.1.0', () => {
  it('gets actions that this version knows', async () => {
    const connectionId = await create();
    const [event] = await events();
    expect(event?.action).toBe('connection.created');
    const item = await readItem(table, { pk: `${domainId}#AUDIT`, sk: event?.id ?? '' });
    expect(item).toMatchObject({ action: 'key.created', resourceId: connectionId });
  });
});

it('never finds a connection by an id that only looks like one', async () => {
  await expect(get(newId())).rejects.toMatchObject({ problem: 'notFound' });
});
