import { UsageKeyChanges } from '../../../shared/store/domains/usage-key-changes';
import { USAGE_KEY_CHANGES_PARTITION, usageKeyChangeKey } from '../../../shared/store/table/keys';
import { DomainAdminHarness } from '../../support/service/domain-admin-harness';
import { queryItems } from '../../support/store/records';
import { adminClient } from '../../support/system/admin-client';
import { domainAdmin, fireRule, planKill, planKillAfterCall } from '../../support/system/system';
import { uniqueName } from '../../support/requests/bodies';

const FUNCTION = 'ScimAdmin-Function';
const LONG_AGO = '2026-01-01T00:00:00.000Z';
/** Before a change is written down, there is nothing to clean up. */
const CHANGES = USAGE_KEY_CHANGES_PARTITION;

type KillPoint = (eventContains: string) => ReturnType<typeof planKill>;
const afterCall =
  (operation: string): KillPoint =>
  (eventContains) =>
    planKillAfterCall(FUNCTION, { eventContains, operation });
const afterWrite =
  (keyContains: string, writes = 1): KillPoint =>
  (eventContains) =>
    planKill(FUNCTION, { eventContains, writes, keyContains });

let harness: DomainAdminHarness;
let changes: UsageKeyChanges;
const call = adminClient();
beforeAll(async () => {
  await domainAdmin();
  harness = await DomainAdminHarness.open();
  changes = new UsageKeyChanges(harness.table);
});

/**
 * Runs a request whose function is killed. Returns the change that it leaves behind. `of` is the domain's ID
 * or name.
 */
async function interrupt(killPoint: KillPoint, method: string, path: string, body: object, of: string) {
  const killed = await killPoint(of);
  expect((await call(method, path, body)).status).toBe(502);
  expect(await killed()).toBe(1);
  const items = await queryItems(harness.table, CHANGES);
  const left = items.filter(({ sk, name }) => name === of || String(sk).startsWith(of));
  expect(left).toHaveLength(1);
  const [domainId = '', changeId = ''] = String(left[0]?.sk).split('#');
  return { domainId, changeId };
}

/** Lets the schedule sweep a change as if it had begun long ago. */
async function sweep({ domainId, changeId }: { domainId: string; changeId: string }): Promise<void> {
  await harness.table.update(usageKeyChangeKey(domainId, changeId), { set: { startedAt: LONG_AGO } });
  await fireRule('UsageKeys');
  expect(await changes.ofDomain(domainId)).toEqual([]);
}

describe('a creation whose function is killed', () => {
  it.each([
    ['before the API key exists', afterWrite(CHANGES), 0],
    ['after the API key exists', afterCall('POST apikeys'), 1],
    ['after the API key is on its plan', afterCall('POST usageplans/*/keys'), 1],
  ])('%s leaves no domain, and no key forever', async (_, killPoint, keys) => {
    const name = uniqueName('interrupted');
    const change = await interrupt(killPoint, 'POST', '/domains', { name }, name);
    expect(await harness.usageKeysOf(change.domainId)).toHaveLength(keys);
    await sweep(change);
    expect(await harness.usageKeysOf(change.domainId)).toEqual([]);
    await expect(harness.admin.getDomain(change.domainId)).rejects.toThrow('There is no domain');
  });

  it('after the domain is written keeps the domain with its key', async () => {
    const name = uniqueName('interrupted');
    const change = await interrupt(afterWrite('DOMAINS'), 'POST', '/domains', { name }, name);
    await sweep(change);
    const { usageKeyId } = await harness.admin.getDomain(change.domainId);
    expect(await harness.usageKeysOf(change.domainId)).toEqual([usageKeyId]);
  });
});

describe('a change of the rate plan whose function is killed', () => {
  it.each([
    ['after the new API key exists', afterCall('POST apikeys'), 2],
    ['after the domain is written', afterWrite('#AUDIT'), 2],
    ['after the old API key is deleted', afterCall('DELETE apikeys/*'), 1],
  ])('%s keeps the key that the domain names, and no other', async (_, killPoint, keys) => {
    const { domainId } = await harness.create();
    const body = { ratePlan: 'gallery' };
    const change = await interrupt(killPoint, 'PATCH', `/domains/${domainId}`, body, domainId);
    expect(change.domainId).toBe(domainId);
    expect(await harness.usageKeysOf(domainId)).toHaveLength(keys);
    await sweep(change);
    const { usageKeyId } = await harness.admin.getDomain(domainId);
    expect(await harness.usageKeysOf(domainId)).toEqual([usageKeyId]);
  });
});

describe('a deletion whose function is killed', () => {
  it.each([
    ['before SCIM is disabled', afterWrite(CHANGES), true],
    ['before the domain is deleted', afterCall('DELETE restapis/*/stages/*/cache/authorizers'), true],
    ['after the domain is deleted', afterWrite('DELETED-DOMAINS'), false],
    ['after the API key is deleted', afterCall('DELETE apikeys/*'), false],
  ])('%s leaves no key of a deleted domain', async (_, killPoint, exists) => {
    const { domainId, name, usageKeyId } = await harness.create();
    const path = `/domains/${domainId}?name=${encodeURIComponent(name)}`;
    const change = await interrupt(killPoint, 'DELETE', path, { name }, domainId);
    expect(change.domainId).toBe(domainId);
    await sweep(change);
    expect(await harness.usageKeysOf(domainId)).toEqual(exists ? [usageKeyId] : []);
  });
});

it('leaves nothing to sweep if nothing is interrupted', async () => {
  const { domainId, name } = await harness.create();
  await harness.update(domainId, { ratePlan: 'gallery' });
  expect(await changes.ofDomain(domainId)).toEqual([]);
  await (await domainAdmin()).deleteDomain(domainId, name, { kind: 'admin', id: 'operator', name: 'test' });
  expect(await changes.ofDomain(domainId)).toEqual([]);
});
