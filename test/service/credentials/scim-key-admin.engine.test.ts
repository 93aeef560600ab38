import { newId } from '../../../shared/id';
import type { DomainAdmin } from '../../../shared/service/domains/domain-admin';
import { MAX_CREDENTIALS } from '../../../shared/service/connections/connection-limits';
import type { ScimKeyAdmin } from '../../../shared/service/credentials/scim-key-admin';
import type { AuditEvent } from '../../../shared/store/audit/audit';
import { auditPartition, credentialKey } from '../../../shared/store/table/keys';
import { systemTable } from '../../support/consistency/domain-data';
import {
  clientWithKey,
  connectionAdmin,
  domainAdmin,
  OPERATOR,
  scimKeyAdmin,
} from '../../support/system/system';
import { queryItems } from '../../support/store/records';

let admin: DomainAdmin;
let keys: ScimKeyAdmin;
let domainId: string;
beforeAll(async () => {
  [admin, keys] = await Promise.all([domainAdmin(), scimKeyAdmin()]);
});
beforeEach(async () => {
  ({ domainId } = await admin.createDomain({ name: 'Example' }, OPERATOR));
});

const create = (input: Parameters<ScimKeyAdmin['createScimKey']>[1] = { name: 'Okta' }) =>
  keys.createScimKey(domainId, input, OPERATOR);
const revoke = (keyId: string, inDomain = domainId) => keys.revokeScimKey(inDomain, keyId, OPERATOR);
const statusWith = async (token: string) =>
  (await clientWithKey(domainId, token).request('GET', '/ServiceProviderConfig')).status;

async function keyEvents(): Promise<AuditEvent[]> {
  const events = (await queryItems(await systemTable(), auditPartition(domainId))) as unknown as AuditEvent[];
  return events.filter(({ action }) => action.startsWith('key.'));
}

describe('a SCIM key', () => {
  it('works immediately, and is refused immediately after its revocation, despite the cache', async () => {
    const { token, keyId } = await create();
    expect(await statusWith(token)).toBe(200);
    await revoke(keyId);
    expect(await statusWith(token)).toBe(401);
  });

  it('is refused while SCIM is disabled in its domain', async () => {
    const { token } = await create();
    expect(await statusWith(token)).toBe(200);
    await admin.updateDomain(domainId, { scimEnabled: false }, OPERATOR);
    expect(await statusWith(token)).toBe(403);
    await admin.updateDomain(domainId, { scimEnabled: true }, OPERATOR);
    expect(await statusWith(token)).toBe(200);
  });

  it('is listed without its secret or its hash', async () => {
    const { token, ...summary } = await create({ name: ' Okta ', expireTime: '2099-01-01T01:00:00+01:00' });
    expect(summary).toMatchObject({ name: 'Okta', expireTime: '2099-01-01T00:00:00.000Z' });
    expect(await keys.listScimKeys(domainId)).toEqual([summary]);
    expect(token).toContain(`scim_${domainId}_${summary.keyId}_`);
  });

  it('has one event for its creation and one for its revocation, without the secret', async () => {
    const { token, keyId } = await create({ name: 'Okta', expireTime: '2099-01-01T00:00:00Z' });
    await Promise.all([revoke(keyId), revoke(keyId)]);
    await revoke(keyId);
    const events = await keyEvents();
    expect(events).toMatchObject([
      {
        action: 'key.created',
        resourceId: keyId,
        actor: OPERATOR,
        changes: [
          { attribute: 'name', after: 'Okta' },
          { attribute: 'expireTime', after: '2099-01-01T00:00:00.000Z' },
        ],
      },
      { action: 'key.revoked', resourceId: keyId, actor: OPERATOR },
    ]);
    expect(events).toHaveLength(2);
    expect((await keys.listScimKeys(domainId))[0]?.revokedAt).toBe(events[1]?.at);
    expect(JSON.stringify(events)).not.toContain(token.slice(-49));
  });

  it.each([
    [{ name: '' }, /^The name of a SCIM key must have 1 to 100/],
    [{ name: 'admin\u200b TOKEN' }, /is reserved for the service\. Choose another name/],
    [{ name: 'Okta', expireTime: 'soon' }, /not an RFC 3339 time/],
    [{ name: 'Okta', expireTime: '2020-01-01T00:00:00Z' }, /has already passed/],
  ])('is not created from %j', async (input, message) => {
    await expect(create(input)).rejects.toThrow(message);
    expect(await keys.listScimKeys(domainId)).toEqual([]);
    expect(await keyEvents()).toEqual([]);
  });
});

describe('a domain with the maximum number of SCIM keys', () => {
  /** Stores keys as version 0.1.0 does, which does not count the additions. Returns their ids. */
  async function storeKeys(count: number): Promise<string[]> {
    const key = (index: number) => ({
      keyId: newId(),
      name: `Key ${index}`,
      hash: '',
      createdAt: '2026-01-01T00:00:00.000Z',
    });
    const stored = Array.from({ length: count }, (_, index) => key(index));
    await (
      await systemTable()
    ).transact(stored.map((each) => ({ put: { ...credentialKey(domainId, each.keyId), ...each } })));
    return stored.map(({ keyId }) => keyId);
  }

  it('refuses another key until one is revoked', async () => {
    const [first = ''] = await storeKeys(MAX_CREDENTIALS);
    await expect(create()).rejects.toMatchObject({
      problem: 'conflict',
      message: expect.stringContaining('Revoke those') as string,
    });
    expect(await keys.listScimKeys(domainId)).toHaveLength(MAX_CREDENTIALS);
    await revoke(first);
    expect(await create()).toMatchObject({ name: 'Okta' });
  });

  it('has no more of them after many requests at once', async () => {
    await storeKeys(MAX_CREDENTIALS - 4);
    const { connectionId } = await (
      await connectionAdmin()
    ).createConnection(domainId, { name: 'Entra ID', identityProvider: 'entra-id' }, OPERATOR);
    const inputs = Array.from({ length: 10 }, (_, index) =>
      // Those of a connection conflict with each other, the others do not.
      index === 0 ? { name: 'Entra ID', connectionId } : { name: 'Okta' },
    );
    const results = await Promise.allSettled(inputs.map((input) => create(input)));
    const reasons = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as Error] : [],
    );
    expect(reasons).toHaveLength(6);
    for (const { message } of reasons) expect(message).toMatch(/already has 100 credentials. Revoke those/);
    expect(await keys.listScimKeys(domainId)).toHaveLength(MAX_CREDENTIALS);
  });
});

describe('a domain or key that does not exist', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['createScimKey', () => keys.createScimKey('nobody', { name: 'Okta' }, OPERATOR)],
    ['listScimKeys', () => keys.listScimKeys('nobody')],
    ['revokeScimKey, of the domain', () => revoke('nothing', 'nobody')],
    ['revokeScimKey, of the key', () => revoke('nobody')],
  ])('is named in the error of %s', async (_, act) => {
    await expect(act()).rejects.toMatchObject({
      name: 'AdminError',
      problem: 'notFound',
      message: expect.stringContaining('nobody') as string,
    });
  });
});
