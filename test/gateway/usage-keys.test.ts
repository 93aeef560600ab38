import {
  APIGatewayClient,
  BadRequestException,
  ConflictException,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetUsagePlanKeyCommand,
  LimitExceededException,
  NotFoundException,
} from '@aws-sdk/client-api-gateway';
import type { Deployment } from '../../shared/deployment';
import { ApiKeyQuotaError } from '../../shared/gateway/api-key-quota';
import { UsageKeys } from '../../shared/gateway/usage-keys';

interface Key {
  readonly id: string;
  readonly name?: string;
  readonly value?: string;
  readonly tags?: Record<string, string>;
}

const deployment = { stage: 'prod', usagePlanIds: { gallery: 'plan' } } as unknown as Deployment;
let keys: Key[];
let planKeys: string[];
/** The errors that replace the responses of the next creations. */
let lost: Error[];
/** The same for the next additions to a plan. */
let lostAdditions: Error[];
/** The errors of the next creations, which create nothing. */
let limited: Error[];
/** The errors of the next additions to a plan, which add nothing. */
let refused: Error[];

beforeEach(() => {
  keys = [];
  planKeys = [];
  lost = [];
  lostAdditions = [];
  refused = [];
  limited = [];
  const send = (command: unknown) => new Promise<object>((resolve) => resolve(respond(command)));
  jest.spyOn(APIGatewayClient.prototype, 'send').mockImplementation(send as never);
});
afterEach(() => jest.restoreAllMocks());

/** Creates keys as AWS does: a value exists once. */
function respond(command: unknown): object {
  if (command instanceof CreateApiKeyCommand) {
    const limit = limited.shift();
    if (limit) throw limit;
    const { name, value, tags } = command.input;
    if (keys.some((key) => key.value === value))
      throw new ConflictException({ message: 'API Key already exists', $metadata: {} });
    const key = { id: `id-${keys.length}`, name, value: value ?? `value-${keys.length}`, tags };
    keys.push(key);
    const error = lost.shift();
    if (error) throw error;
    return key;
  }
  if (command instanceof GetApiKeysCommand) return { items: keys };
  if (command instanceof CreateUsagePlanKeyCommand) {
    const refusal = refused.shift();
    if (refusal) throw refusal;
    const { keyId = '' } = command.input;
    if (planKeys.includes(keyId))
      throw new ConflictException({ message: 'The API key is on the usage plan.', $metadata: {} });
    planKeys.push(keyId);
    const error = lostAdditions.shift();
    if (error) throw error;
  }
  if (command instanceof GetUsagePlanKeyCommand && !planKeys.includes(command.input.keyId ?? ''))
    throw new NotFoundException({ message: 'Invalid API key', $metadata: {} });
  if (
    command instanceof DeleteApiKeyCommand &&
    !keys.some(({ id, tags }) => id === command.input.apiKey && tags?.stage === 'prod')
  )
    throw Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
  if (command instanceof GetApiKeyCommand && !keys.some(({ id }) => id === command.input.apiKey))
    throw new NotFoundException({ message: 'Invalid API Key identifier specified', $metadata: {} });
  if (command instanceof DeleteApiKeyCommand) keys = keys.filter(({ id }) => id !== command.input.apiKey);
  return {};
}

const create = () => new UsageKeys(deployment).create('domain', 'gallery');
const connectionReset = () => Object.assign(new Error('reset'), { code: 'ECONNRESET' });

it('uses the first key if the response of its creation is lost', async () => {
  lost = [connectionReset()];
  const { id, value } = await create();
  expect(keys).toMatchObject([{ id, name: 'scim-domain', value }]);
  expect(planKeys).toEqual([id]);
});

it('knows that its key is on the plan if that response is lost', async () => {
  lostAdditions = [connectionReset()];
  const { id } = await create();
  expect(planKeys).toEqual([id]);
  expect(keys).toHaveLength(1);
});

it('puts a key on its plan after other additions that API Gateway carries out one at a time', async () => {
  refused = [
    new ConflictException({ message: 'concurrent modification', $metadata: { httpStatusCode: 409 } }),
    Object.assign(new Error('Too Many Requests'), { name: 'TooManyRequestsException' }),
  ];
  const { id } = await create();
  expect(planKeys).toEqual([id]);
  expect(keys).toHaveLength(1);
});

it('creates keys with different values', async () => {
  expect((await create()).value).not.toBe((await create()).value);
  expect(keys).toHaveLength(2);
});

it('deletes only its own key if the creation fails although it was carried out', async () => {
  const other = { id: 'other', name: 'scim-domain', value: 'of another command' };
  keys = [other];
  lost = [new BadRequestException({ message: 'no', $metadata: {} })];
  await expect(create()).rejects.toThrow('no');
  expect(keys).toEqual([other]);
});

it('reports why a key was not put on its plan, even if the key cannot be deleted', async () => {
  refused = [new BadRequestException({ message: 'no such plan', $metadata: {} })];
  const deletion = jest.spyOn(UsageKeys.prototype, 'delete').mockRejectedValue(new Error('not authorized'));
  await expect(create()).rejects.toThrow('no such plan');
  expect(deletion).toHaveBeenCalledTimes(1);
});

it('tags a key with the service and its stage, which the permission to delete it requires', async () => {
  await create();
  expect(keys.map(({ tags }) => tags)).toEqual([{ application: 'scim-provisioning', stage: 'prod' }]);
});

it('takes a key that does not exist as deleted, although AWS denies access to it', async () => {
  await new UsageKeys(deployment).delete('gone');
});

it('reports that it may not delete a key of another stage', async () => {
  keys = [{ id: 'other', tags: { stage: 'trial' } }];
  await expect(new UsageKeys(deployment).delete('other')).rejects.toThrow('not authorized');
  expect(keys).toHaveLength(1);
});

describe('if API Gateway says that a limit is exceeded', () => {
  const exceeded = () =>
    new LimitExceededException({ message: 'limit exceeded', $metadata: { httpStatusCode: 429 } });

  it('creates the key again while the account has keys left', async () => {
    limited = [exceeded(), exceeded()];
    const { id } = await create();
    expect(keys).toMatchObject([{ id }]);
  });

  it('gives up at once if the account has all keys that it can have', async () => {
    keys = ['a', 'b', 'c'].map((id) => ({ id, name: 'of another product', value: id }));
    limited = [exceeded(), exceeded()];
    const usageKeys = new UsageKeys(deployment, 3);
    await expect(usageKeys.create('domain', 'gallery')).rejects.toThrow(ApiKeyQuotaError);
    // The second error is left: there was no second attempt.
    expect(limited).toHaveLength(1);
    expect(keys).toHaveLength(3);
  });
});

it('counts the keys of all pages', async () => {
  const pages: (string | undefined)[] = [];
  jest.spyOn(APIGatewayClient.prototype, 'send').mockImplementation(((command: GetApiKeysCommand) => {
    const { position, limit } = command.input;
    pages.push(position);
    const isLast = position === '2';
    const items = Array.from({ length: isLast ? 7 : (limit ?? 25) }, (_, at) => ({ id: String(at) }));
    return Promise.resolve({ items, position: isLast ? undefined : String(Number(position ?? 0) + 1) });
  }) as never);
  expect(await new UsageKeys(deployment).count()).toBe(1_007);
  expect(pages).toEqual([undefined, '1', '2']);
});
