import { newId } from '../../../shared/id';
import type { DomainAdmin } from '../../../shared/service/domains/domain-admin';
import { MAX_KEYS, type ScimKeyAdmin } from '../../../shared/service/credentials/scim-key-admin';
import type { AuditEvent } from '../../../shared/store/audit/audit';
import { auditPartition, scimKeyKey } from '../../../shared/store/table/keys';
import { systemTable } from '../../support/consistency/domain-data';
import { clientWithKey, domainAdmin, OPERATOR, scimKeyAdmin } from '../../support/system/system';
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
const revoke = (keyId: string, of = domainId) => keys.revokeScimKey(of, keyId, OPERATOR);
const probe = async (token: string) =>
  (await clientWithKey(domainId, token).request('GET', '/ServiceProviderConfig')).status;

async function eventsOfKeys(): Promise<AuditEvent[]> {
  const events = (await queryItems(await systemTable(), auditPartition(domainId))) as unknown as AuditEvent[];
  return events.filter(({ action }) => action.startsWith('key.'));
}

describe('a SCIM key', () => {
  it('works at once, and is refused at once when it is revoked, though its answer was cached', async () => {
    const { token, keyId } = await create();
    expect(await probe(token)).toBe(200);
    await revoke(keyId);
    expect(await probe(token)).toBe(401);
  });

  it('is refused at once with its domain switched off, and works again with it switched on', async () => {
    const { token } = await create();
    expect(await probe(token)).toBe(200);
    await admin.updateDomain(domainId, { scimEnabled: false }, OPERATOR);
    expect(await probe(token)).toBe(403);
    await admin.updateDomain(domainId, { scimEnabled: true }, OPERATOR);
    expect(await probe(token)).toBe(200);
  });

  it('is listed without its secret or its hash', async () => {
    const { token, ...summary } = await create({ name: ' Okta ', expireTime: '2099-01-01T01:00:00+01:00' });
    expect(summary).toMatchObject({ name: 'Okta', expireTime: '2099-01-01T00:00:00.000Z' });
    expect(await keys.listScimKeys(domainId)).toEqual([summary]);
    expect(token).toContain(`scim_${domainId}_${summary.keyId}_`);
  });

  it('has an event for its making and its end, however often it is revoked, and neither holds the secret', async () => {
    const { token, keyId } = await create({ name: 'Okta', expireTime: '2099-01-01T00:00:00Z' });
    await Promise.all([revoke(keyId), revoke(keyId)]);
    await revoke(keyId);
    const events = await eventsOfKeys();
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
    [{ name: '' }, /^The name of a SCIM key has 1 to 100/],
    [{ name: 'Okta', expireTime: 'soon' }, /no time of RFC 3339/],
    [{ name: 'Okta', expireTime: '2020-01-01T00:00:00Z' }, /has passed/],
  ])('is not made of %j', async (input, message) => {
    await expect(create(input)).rejects.toThrow(message);
    expect(await keys.listScimKeys(domainId)).toEqual([]);
    expect(await eventsOfKeys()).toEqual([]);
  });
});

describe('a domain full of SCIM keys', () => {
  it('has no other made until one is revoked', async () => {
    const table = await systemTable();
    const key = (at: number) => ({
      keyId: newId(),
      name: `Key ${at}`,
      hash: '',
      createdAt: '2026-01-01T00:00:00.000Z',
    });
    const stored = Array.from({ length: MAX_KEYS }, (_, at) => key(at));
    await table.transact(stored.map((each) => ({ put: { ...scimKeyKey(domainId, each.keyId), ...each } })));
    await expect(create()).rejects.toMatchObject({
      problem: 'conflict',
      message: expect.stringContaining('Revoke those') as string,
    });
    expect(await keys.listScimKeys(domainId)).toHaveLength(MAX_KEYS);
    await revoke(stored[0]?.keyId ?? '');
    expect(await create()).toMatchObject({ name: 'Okta' });
  });
});

describe('what there is not', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['createScimKey', () => keys.createScimKey('nobody', { name: 'Okta' }, OPERATOR)],
    ['listScimKeys', () => keys.listScimKeys('nobody')],
    ['revokeScimKey, of the domain', () => revoke('nothing', 'nobody')],
    ['revokeScimKey, of the key', () => revoke('nobody')],
  ])('is told by %s in a sentence that names it', async (_, act) => {
    await expect(act()).rejects.toMatchObject({
      name: 'AdminError',
      problem: 'notFound',
      message: expect.stringContaining('nobody') as string,
    });
  });
});
