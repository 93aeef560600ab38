import { UsageKeys } from '../../../shared/gateway/usage-keys';
import { DomainAdminHarness, rejectUnreachable } from '../../support/service/domain-admin-harness';
import { createDomainClient, OPERATOR } from '../../support/system/system';

let harness: DomainAdminHarness;

beforeAll(async () => {
  harness = await DomainAdminHarness.open();
});

describe('a change of the rate plan', () => {
  const limitOf = async (client: Awaited<ReturnType<typeof createDomainClient>>) => {
    const response = await client.request('GET', '/ResourceTypes');
    return [response.status, response.headers.get('x-ratelimit-limit')];
  };

  it('applies to the next request, and fails no request meanwhile', async () => {
    const domain = await createDomainClient({ ratePlan: 'unmetered' });
    expect(await limitOf(domain)).toEqual([200, null]);
    let isChanged = false;
    const statuses = new Set<number>();
    const traffic = (async () => {
      while (!isChanged) statuses.add((await domain.request('GET', '/Users?count=0')).status);
    })();
    await harness.update(domain.domainId, { ratePlan: 'gallery' });
    isChanged = true;
    await traffic;
    expect([...statuses]).toEqual([200]);
    expect(await limitOf(domain)).toEqual([200, '1500']);
  });

  it('replaces the usage key by one on the new plan', async () => {
    const before = await harness.create();
    const after = await harness.update(before.domainId, { ratePlan: 'gallery' });
    expect(after.usageKeyId).not.toBe(before.usageKeyId);
    expect(await harness.usageKeysOf(before.domainId)).toEqual([after.usageKeyId]);
    expect(await harness.keysOnPlan('gallery')).toContain(after.usageKeyId);
    expect(await harness.keysOnPlan('standard')).not.toContain(before.usageKeyId);
    expect((await harness.eventsOf(before.domainId))[1]?.changes).toEqual([
      { attribute: 'ratePlan', before: 'standard', after: 'gallery' },
    ]);
  });

  it('changes nothing if it fails before the domain is written', async () => {
    const before = await harness.create();
    const failing = harness.adminWith(harness.usageKeysWith({ create: rejectUnreachable }));
    await expect(failing.updateDomain(before.domainId, { ratePlan: 'gallery' }, OPERATOR)).rejects.toThrow();
    expect(await harness.admin.getDomain(before.domainId)).toEqual(before);
  });

  it('is completed by a repeated call if it fails after the domain is written', async () => {
    const domain = await createDomainClient({ ratePlan: 'unmetered' });
    expect(await limitOf(domain)).toEqual([200, null]);
    const failing = harness.adminWith(harness.usageKeysWith({ flushAuthorizerCache: rejectUnreachable }));
    await expect(failing.updateDomain(domain.domainId, { ratePlan: 'gallery' }, OPERATOR)).rejects.toThrow();
    // The old usage key still exists, so the cached response of the authorizer still works. The response is
    // not cached anymore if another test has emptied the cache.
    const [status, limit] = await limitOf(domain);
    expect(status).toBe(200);
    expect([null, '1500']).toContain(limit);
    await harness.update(domain.domainId, { ratePlan: 'gallery' });
    expect(await limitOf(domain)).toEqual([200, '1500']);
    expect(await harness.eventsOf(domain.domainId)).toHaveLength(2);
  });

  it('deletes orphaned usage keys, but not recent ones, which may belong to another command', async () => {
    const { domainId } = await harness.create();
    await new UsageKeys(harness.deployment).create(domainId, 'gallery');
    const after = await harness.update(domainId, { ratePlan: 'unmetered' });
    expect(await harness.usageKeysOf(domainId)).toHaveLength(2);
    await new UsageKeys(harness.deployment).deleteAll(domainId, {
      kept: after.usageKeyId,
      madeAfter: new Date(Date.now() + 60_000),
    });
    expect(await harness.usageKeysOf(domainId)).toEqual([after.usageKeyId]);
  });

  it('to the current plan replaces a lost usage key', async () => {
    const domain = await createDomainClient({ ratePlan: 'unmetered' });
    const { usageKeyId } = await harness.admin.getDomain(domain.domainId);
    await new UsageKeys(harness.deployment).delete(usageKeyId);
    expect((await limitOf(domain))[0]).toBe(403);
    await harness.update(domain.domainId, { ratePlan: 'unmetered' });
    expect((await limitOf(domain))[0]).toBe(200);
  });
});
