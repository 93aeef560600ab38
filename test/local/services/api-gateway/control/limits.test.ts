import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  APIGatewayClient,
  ConflictException,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  LimitExceededException,
  TooManyRequestsException,
} from '@aws-sdk/client-api-gateway';
import { JsonFile } from '../../../../../local/host/json-file';
import { ApiKeys, type StoredApiKeys } from '../../../../../local/services/api-gateway/control/api-keys';
import { ControlLimits } from '../../../../../local/services/api-gateway/control/limits';
import { controlOperations } from '../../../../../local/services/api-gateway/control/operations';
import { openEndpoint, type TestEndpoint } from '../../../cloud/endpoint/endpoint';

const PLAN = { id: 'plan', name: 'plan', stages: [{ apiId: 'api', stage: 'scim' }], throttle: undefined };
const SECOND = 1_000;
const MAX_KEYS = 12;

let directory: string;
let endpoint: TestEndpoint;
let gateway: APIGatewayClient;
let keys: ApiKeys;
let now: number;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'limits-'));
  now = 0;
  keys = new ApiKeys([PLAN], new JsonFile<StoredApiKeys>(path.join(directory, 'keys')));
  const limits = new ControlLimits({ keysPerSecond: 5, planKeyMs: 200, maxKeys: MAX_KEYS }, () => now);
  endpoint = await openEndpoint(controlOperations(keys, limits, () => true));
  gateway = new APIGatewayClient({ ...endpoint.client, maxAttempts: 1 });
});
afterEach(async () => {
  gateway.destroy();
  await endpoint.close();
  rmSync(directory, { recursive: true });
});

const create = () => gateway.send(new CreateApiKeyCommand({ name: 'key', enabled: true }));
const addToPlan = (keyId = '') =>
  gateway.send(new CreateUsagePlanKeyCommand({ usagePlanId: 'plan', keyId, keyType: 'API_KEY' }));

it('creates five API keys a second, and refuses the sixth without creating it', async () => {
  for (let index = 0; index < 5; index++) await create();
  const error: unknown = await create().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TooManyRequestsException);
  expect(error).toMatchObject({
    message: 'Too Many Requests',
    retryAfterSeconds: '1',
    $metadata: { httpStatusCode: 429 },
  });
  expect(keys.all()).toHaveLength(5);
  now += SECOND / 5;
  await create();
  await expect(create()).rejects.toThrow(TooManyRequestsException);
});

it('refuses a key above the quota of the account, until one is deleted', async () => {
  const ids: string[] = [];
  for (; ids.length < MAX_KEYS; now += SECOND) ids.push((await create()).id ?? '');
  const error: unknown = await create().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(LimitExceededException);
  expect(error).toMatchObject({ $metadata: { httpStatusCode: 429 } });
  expect(keys.all()).toHaveLength(MAX_KEYS);
  await gateway.send(new DeleteApiKeyCommand({ apiKey: ids[0] }));
  await create();
});

it('adds one key at a time to a usage plan, and refuses a parallel call without a change', async () => {
  const ids = [(await create()).id, (await create()).id];
  const results = await Promise.allSettled(ids.map(addToPlan));
  const errors = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  );
  expect(errors).toEqual([expect.any(ConflictException)]);
  expect(errors[0]).toMatchObject({
    message: 'Unable to complete operation due to concurrent modification. Please try again later.',
  });
  expect(keys.planKeys('plan')).toHaveLength(1);
  const missing = ids.find((id) => !keys.planKeys('plan').some((key) => key.id === id));
  await addToPlan(missing);
  expect(keys.planKeys('plan')).toHaveLength(2);
});

it('accepts the next key after a call that failed', async () => {
  await expect(addToPlan('unknown')).rejects.toMatchObject({ name: 'NotFoundException' });
  await addToPlan((await create()).id);
  expect(keys.planKeys('plan')).toHaveLength(1);
});
