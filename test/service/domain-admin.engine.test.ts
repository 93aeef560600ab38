import { APIGatewayClient, GetApiKeysCommand, GetUsagePlanKeysCommand } from '@aws-sdk/client-api-gateway';
import type { Deployment } from '../../shared/deployment';
import { UsageKeys, type UsageKey } from '../../shared/gateway/usage-keys';
import { newId } from '../../shared/id';
import type { RatePlanName } from '../../shared/rate-plan';
import { DomainAdmin, openDomainAdmin } from '../../shared/service/domain-admin';
import { DomainStore } from '../../shared/store/domain-store';
import { ScimKeyStore } from '../../shared/store/scim-key-store';
import { clientOf, deployment, useSdkEnvironment } from '../integration/system';
import { testTable } from '../integration/domain-data';

let where: Deployment;
let admin: DomainAdmin;
let gateway: APIGatewayClient;

beforeAll(async () => {
  useSdkEnvironment();
  where = await deployment();
  admin = openDomainAdmin(where);
  gateway = new APIGatewayClient({});
});

const hasUsageKey = async (wanted: string): Promise<boolean> => {
  const { items = [] } = await gateway.send(new GetApiKeysCommand({ limit: 500 }));
  return items.some(({ id, name }) => id === wanted || name === wanted);
};

/** Remembers the key that it made. */
class NotedUsageKeys extends UsageKeys {
  made?: UsageKey;

  override async create(domainId: string, ratePlan: RatePlanName): Promise<UsageKey> {
    return (this.made = await super.create(domainId, ratePlan));
  }
}

describe('createDomain', () => {
  it('switches SCIM on, on the plan that was asked for', async () => {
    const domain = await admin.createDomain({ name: 'Example', ratePlan: 'gallery' });
    expect(domain).toMatchObject({ name: 'Example', scimEnabled: true, ratePlan: 'gallery' });
    expect(await admin.getDomain(domain.domainId)).toEqual(domain);
    const { items = [] } = await gateway.send(
      new GetUsagePlanKeysCommand({ usagePlanId: where.usagePlanIds.gallery, limit: 500 }),
    );
    expect(items.map(({ id }) => id)).toContain(domain.usageKeyId);
  });

  it('leaves no usage key behind where the domain cannot be written', async () => {
    const table = await testTable();
    const nowhere = new DomainStore({ ...table, name: 'no-such-table' });
    const usageKeys = new NotedUsageKeys(where);
    const broken = new DomainAdmin(nowhere, new ScimKeyStore(table), usageKeys, () => Promise.resolve(''));
    await expect(broken.createDomain({ name: 'Example' })).rejects.toThrow();
    expect(usageKeys.made).toBeDefined();
    expect(await hasUsageKey(usageKeys.made?.id ?? '')).toBe(false);
  });

  it('leaves no usage key behind where there is no such plan', async () => {
    const astray = new UsageKeys({ ...where, usagePlanIds: { ...where.usagePlanIds, standard: 'none' } });
    const domainId = newId();
    await expect(astray.create(domainId, 'standard')).rejects.toMatchObject({ name: 'NotFoundException' });
    expect(await hasUsageKey(`scim-${domainId}`)).toBe(false);
  });
});

describe('a SCIM key', () => {
  const probe = async (domainId: string, token: string) =>
    (await clientOf(domainId, token).request('GET', '/ServiceProviderConfig')).status;

  it('works at once, and is refused at once when it is revoked, though its answer was cached', async () => {
    const { domainId } = await admin.createDomain({ name: 'Example' });
    const { token, keyId } = await admin.createScimKey(domainId, { name: 'Okta' });
    expect(await probe(domainId, token)).toBe(200);
    await admin.revokeScimKey(domainId, keyId);
    expect(await probe(domainId, token)).toBe(401);
    await admin.revokeScimKey(domainId, keyId);
  });

  it('is refused at once with its domain switched off, and works again with it switched on', async () => {
    const { domainId } = await admin.createDomain({ name: 'Example' });
    const { token } = await admin.createScimKey(domainId, { name: 'Okta' });
    expect(await probe(domainId, token)).toBe(200);
    await admin.setScimEnabled(domainId, false);
    expect(await probe(domainId, token)).toBe(403);
    await admin.setScimEnabled(domainId, true);
    expect(await probe(domainId, token)).toBe(200);
  });

  it('is listed without its secret or its hash', async () => {
    const { domainId } = await admin.createDomain({ name: 'Example' });
    const { token, ...summary } = await admin.createScimKey(domainId, {
      name: 'Okta',
      expireTime: '2099-01-01T01:00:00+01:00',
    });
    expect(summary.expireTime).toBe('2099-01-01T00:00:00.000Z');
    expect(await admin.listScimKeys(domainId)).toEqual([summary]);
    expect(token).toContain(`scim_${domainId}_${summary.keyId}_`);
  });

  it.each([
    ['tomorrow', /no time of RFC 3339/],
    ['2099-01-01', /no time of RFC 3339/],
    ['2099-02-30T00:00:00Z', /no time of RFC 3339/],
    ['2099-01-01T00:00:00', /no time of RFC 3339/],
    ['2099-13-01T00:00:00Z', /no time of RFC 3339/],
    ['2020-01-01T00:00:00Z', /has passed/],
  ])('is not made to expire at %s', async (expireTime, message) => {
    const { domainId } = await admin.createDomain({ name: 'Example' });
    await expect(admin.createScimKey(domainId, { name: 'Okta', expireTime })).rejects.toThrow(message);
    expect(await admin.listScimKeys(domainId)).toEqual([]);
  });
});

describe('what there is not', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['getDomain', () => admin.getDomain('nobody')],
    ['setScimEnabled', () => admin.setScimEnabled('nobody', false)],
    ['createScimKey', () => admin.createScimKey('nobody', { name: 'Okta' })],
    ['listScimKeys', () => admin.listScimKeys('nobody')],
    ['revokeScimKey', () => admin.revokeScimKey('nobody', 'nothing')],
  ])('is told by %s in a sentence that names it', async (_, act) => {
    await expect(act()).rejects.toMatchObject({
      name: 'AdminError',
      message: expect.stringContaining('nobody') as string,
    });
  });
});
