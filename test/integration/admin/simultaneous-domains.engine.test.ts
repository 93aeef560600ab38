import { UsageKeys } from '../../../shared/gateway/usage-keys';
import { DomainAdminHarness } from '../../support/service/domain-admin-harness';
import { adminClient } from '../../support/system/admin-client';
import { domainAdmin } from '../../support/system/system';

const DOMAINS = 8;

it('creates domains at the same time, each with one usage key, which is on its plan', async () => {
  await domainAdmin();
  const harness = await DomainAdminHarness.open();
  const usageKeys = new UsageKeys(harness.deployment);
  const create = adminClient();
  const responses = await Promise.all(
    Array.from({ length: DOMAINS }, (_, index) =>
      create('POST', '/domains', { name: `Example ${index}`, ratePlan: 'gallery' }),
    ),
  );
  expect(responses.map(({ status }) => status)).toEqual(Array(DOMAINS).fill(201));
  for (const { body } of responses) {
    const { usageKeyId } = await harness.admin.getDomain(body.domainId);
    expect(await harness.usageKeysOf(body.domainId)).toEqual([usageKeyId]);
    expect(await usageKeys.isOnPlan(usageKeyId, 'gallery')).toBe(true);
  }
});
