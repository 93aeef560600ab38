import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { JsonFile } from '../../../local/host/json-file';
import { ApiKeys, type StoredApiKeys } from '../../../local/services/api-gateway/control/api-keys';
import { ControlLimits } from '../../../local/services/api-gateway/control/limits';
import { controlOperations } from '../../../local/services/api-gateway/control/operations';
import { UsageKeys } from '../../../shared/gateway/usage-keys';
import type { DomainAdmin } from '../../../shared/service/domains/domain-admin';
import { USAGE_KEY_CHANGES_PARTITION } from '../../../shared/store/table/keys';
import { openEndpoint, type TestEndpoint } from '../../local/cloud/endpoint/endpoint';
import { uniqueName } from '../../support/requests/bodies';
import { DomainAdminHarness } from '../../support/service/domain-admin-harness';
import { queryItems } from '../../support/store/records';
import { OPERATOR } from '../../support/system/system';

/** An account that can have three API keys. */
const QUOTA = 3;
const ENDPOINT = 'AWS_ENDPOINT_URL_API_GATEWAY';

let directory: string;
let gateway: TestEndpoint;
let systemGateway: string | undefined;
let keys: ApiKeys;
let harness: DomainAdminHarness;
let admin: DomainAdmin;

beforeAll(async () => {
  harness = await DomainAdminHarness.open();
  const { restApiId, stageName, usagePlanIds } = harness.deployment;
  const stages = [{ apiId: restApiId, stage: stageName }];
  const plans = Object.values(usagePlanIds).map((id) => ({ id, name: id, stages, throttle: undefined }));
  directory = mkdtempSync(path.join(tmpdir(), 'quota-'));
  keys = new ApiKeys(plans, new JsonFile<StoredApiKeys>(path.join(directory, 'keys')));
  const limits = new ControlLimits({ keysPerSecond: Infinity, planKeyMs: 0, maxKeys: QUOTA });
  gateway = await openEndpoint(controlOperations(keys, limits, () => true));
  systemGateway = process.env[ENDPOINT];
  process.env[ENDPOINT] = gateway.url;
  admin = harness.adminWith(new UsageKeys(harness.deployment, QUOTA));
});
afterAll(async () => {
  process.env[ENDPOINT] = systemGateway;
  await gateway.close();
  rmSync(directory, { recursive: true });
});

const create = (name: string) => admin.createDomain({ name, ratePlan: 'standard' }, OPERATOR);

it('refuses a domain for which no API key is left, and says what to do; nothing is left behind', async () => {
  const [first, ...others] = [await create('One'), await create('Two'), await create('Three')] as const;
  expect(keys.all()).toHaveLength(QUOTA);

  const name = uniqueName('too many');
  await expect(create(name)).rejects.toMatchObject({
    name: 'AdminError',
    problem: 'conflict',
    message: expect.stringMatching(/API keys.* in use.*Nothing was changed\. Delete domains/) as string,
  });
  const changes = await queryItems(harness.table, USAGE_KEY_CHANGES_PARTITION);
  expect(changes.filter((change) => change.name === name)).toEqual([]);
  expect(keys.all()).toHaveLength(QUOTA);

  // Another plan needs a second key for a moment.
  const toGallery = admin.updateDomain(first.domainId, { ratePlan: 'gallery' }, OPERATOR);
  await expect(toGallery).rejects.toMatchObject({ name: 'AdminError', problem: 'conflict' });
  expect(await admin.getDomain(first.domainId)).toEqual(first);
  expect(await harness.eventsOf(first.domainId)).toHaveLength(1);

  // What needs no key still works. A deleted domain makes room.
  await admin.updateDomain(first.domainId, { mailDelayMinutes: 5 }, OPERATOR);
  await admin.deleteDomain(first.domainId, 'One', OPERATOR);
  const next = await create(name);
  expect(keys.all().map(({ id }) => id)).toContain(next.usageKeyId);
  expect(keys.all()).toHaveLength(QUOTA);

  // Other tests work with all domains, and do not know this API Gateway.
  for (const domain of [...others, next]) await admin.deleteDomain(domain.domainId, domain.name, OPERATOR);
  expect(keys.all()).toEqual([]);
});
