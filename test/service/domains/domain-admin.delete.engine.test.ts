import type { AuditEvent } from '../../../shared/store/audit/audit';
import { auditPartition, DEPLOYMENT } from '../../../shared/store/table/keys';
import { DomainAdminHarness, rejectUnreachable } from '../../support/service/domain-admin-harness';
import { queryItems } from '../../support/store/records';
import { clientWithKey, createDomainClient, OPERATOR, scimKeyAdmin } from '../../support/system/system';

let harness: DomainAdminHarness;

beforeAll(async () => {
  harness = await DomainAdminHarness.open();
});

describe('deleteDomain', () => {
  it('requires the name of the domain', async () => {
    const domain = await harness.create('Example Inc');
    await expect(harness.admin.deleteDomain(domain.domainId, 'Example', OPERATOR)).rejects.toThrow(
      'The domain is named "Example Inc", not "Example". Type its name to delete it with all its users.',
    );
    expect(await harness.admin.getDomain(domain.domainId)).toEqual(domain);
  });

  it('refuses requests, deletes the usage key, and leaves an event of the deployment', async () => {
    const domain = await createDomainClient({ name: 'Gone' });
    expect((await domain.request('GET', '/Users?count=0')).status).toBe(200);
    const deleted = await harness.admin.deleteDomain(domain.domainId, 'Gone', OPERATOR);
    expect(deleted).toMatchObject({ domainId: domain.domainId, name: 'Gone' });
    expect((await domain.request('GET', '/Users?count=0')).status).toBe(401);
    expect(await harness.usageKeysOf(domain.domainId)).toEqual([]);
    await expect(harness.admin.getDomain(domain.domainId)).rejects.toMatchObject({ problem: 'notFound' });
    const events = (await queryItems(harness.table, auditPartition(DEPLOYMENT))) as unknown as AuditEvent[];
    expect(events.find(({ resourceId }) => resourceId === domain.domainId)).toMatchObject({
      action: 'domain.deleted',
      actor: OPERATOR,
      changes: expect.arrayContaining([{ attribute: 'name', before: 'Gone' }]) as unknown,
    });
  });

  it('is completed by a repeated call with the same name if it fails after the deletion', async () => {
    const domain = await createDomainClient({ name: 'Gone' });
    expect((await domain.request('GET', '/Users?count=0')).status).toBe(200);
    const failing = harness.adminWith(harness.usageKeysWith({ flushAuthorizerCache: rejectUnreachable }));
    await expect(failing.deleteDomain(domain.domainId, 'Gone', OPERATOR)).rejects.toThrow('unreachable');
    await expect(harness.admin.deleteDomain(domain.domainId, 'Other', OPERATOR)).rejects.toThrow(
      /named "Gone"/,
    );
    await harness.admin.deleteDomain(domain.domainId, 'Gone', OPERATOR);
    await harness.admin.deleteDomain(domain.domainId, 'Gone', OPERATOR);
    expect((await domain.request('GET', '/Users?count=0')).status).toBe(401);
    expect(await harness.usageKeysOf(domain.domainId)).toEqual([]);
    const events = (await queryItems(harness.table, auditPartition(DEPLOYMENT))) as unknown as AuditEvent[];
    expect(events.filter(({ resourceId }) => resourceId === domain.domainId)).toHaveLength(1);
  });

  it('leaves no usage key if the domain is changed at the same time', async () => {
    const { domainId } = await harness.create();
    await Promise.allSettled([
      harness.update(domainId, { ratePlan: 'gallery' }),
      harness.admin.deleteDomain(domainId, 'Example', OPERATOR),
    ]);
    await harness.admin.deleteDomain(domainId, 'Example', OPERATOR);
    await expect(harness.admin.getDomain(domainId)).rejects.toThrow();
    expect(await harness.usageKeysOf(domainId)).toEqual([]);
  });

  it('invalidates the SCIM keys, and refuses new ones', async () => {
    const { domainId } = await harness.create();
    const keys = await scimKeyAdmin();
    const { token } = await keys.createScimKey(domainId, { name: 'Okta' }, OPERATOR);
    await harness.admin.deleteDomain(domainId, 'Example', OPERATOR);
    expect((await clientWithKey(domainId, token).request('GET', '/Users')).status).toBe(401);
    await expect(keys.createScimKey(domainId, { name: 'Okta' }, OPERATOR)).rejects.toThrow(/no domain/);
  });
});

describe('the list of domains', () => {
  it('is paged, and lists deleted domains separately', async () => {
    const [one, two] = [await harness.create('One'), await harness.create('Two')];
    const { domains } = await harness.admin.listDomains(100, one.domainId);
    expect(domains).toContainEqual({ domainId: two.domainId, name: 'Two' });
    await harness.admin.deleteDomain(two.domainId, 'Two', OPERATOR);
    const remaining = await harness.admin.listDomains(100, one.domainId);
    expect(remaining.domains.map(({ domainId }) => domainId)).not.toContain(two.domainId);
    const { domains: deleted } = await harness.admin.listDeletedDomains(100, one.domainId);
    expect(deleted).toContainEqual(expect.objectContaining({ domainId: two.domainId, name: 'Two' }));
  });
});
