import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  APIGatewayClient,
  BadRequestException,
  ConflictException,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  DeleteUsagePlanKeyCommand,
  FlushStageAuthorizersCacheCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetUsagePlanKeyCommand,
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
  NotFoundException,
  UpdateApiKeyCommand,
} from '@aws-sdk/client-api-gateway';
import { HOST } from '../../../../../local/cloud/callers';
import { JsonFile } from '../../../../../local/host/json-file';
import { ApiKeys, type StoredApiKeys } from '../../../../../local/services/api-gateway/control/api-keys';
import { ControlLimits } from '../../../../../local/services/api-gateway/control/limits';
import { controlOperations } from '../../../../../local/services/api-gateway/control/operations';
import { openEndpoint, type TestEndpoint } from '../../../cloud/endpoint/endpoint';

const PLANS = ['one', 'two'].map((id) => ({
  id,
  name: id,
  stages: [{ apiId: 'api', stage: 'scim' }],
  throttle: undefined,
}));

describe("API Gateway's control plane, called by the SDK", () => {
  let directory: string;
  let endpoint: TestEndpoint;
  let flushed: string[];
  let controlKeys: ApiKeys;

  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'control-'));
    flushed = [];
    controlKeys = new ApiKeys(PLANS, new JsonFile<StoredApiKeys>(path.join(directory, 'keys')));
    const flush = (apiId: string, stage: string) => flushed.push(`${apiId}/${stage}`) > 0 && apiId === 'api';
    endpoint = await openEndpoint(
      controlOperations(
        controlKeys,
        new ControlLimits({ keysPerSecond: 1000, planKeyMs: 0, maxKeys: 10_000 }),
        flush,
      ),
    );
  });
  afterAll(async () => {
    await endpoint.close();
    rmSync(directory, { recursive: true });
  });

  const gateway = () => new APIGatewayClient(endpoint.client);
  const create = (own: object = {}) =>
    gateway().send(new CreateApiKeyCommand({ name: 'key', enabled: true, ...own }));

  it('requires the permission to tag, and carries the tags of the request and of the key', async () => {
    const { id } = await create({ tags: { stage: 'prod' } });
    const operations = controlOperations(
      controlKeys,
      new ControlLimits({ keysPerSecond: 1000, planKeyMs: 0, maxKeys: 10_000 }),
      () => true,
    );
    const permissionsOf = (name: string, parameters: string[], input: unknown = {}) => {
      const call = { caller: HOST, query: new URLSearchParams(), parameters, input };
      return [operations[name]?.permission?.(call) ?? []].flat();
    };
    const arn = 'arn:aws:apigateway:us-east-1::';
    const requested = { 'aws:RequestTag/stage': 'prod', 'aws:TagKeys': ['stage'] };
    expect(permissionsOf('POST apikeys', [], { tags: { stage: 'prod' } })).toEqual([
      { action: 'apigateway:POST', resource: `${arn}/apikeys`, context: requested },
      {
        action: 'apigateway:PUT',
        resource: `${arn}/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Fapikeys%2F*`,
        context: requested,
      },
    ]);
    expect(permissionsOf('POST apikeys', [])).toEqual([
      { action: 'apigateway:POST', resource: `${arn}/apikeys` },
    ]);
    for (const method of ['DELETE', 'GET', 'PATCH'])
      expect(permissionsOf(`${method} apikeys/*`, [id ?? ''])).toEqual([
        {
          action: `apigateway:${method}`,
          resource: `${arn}/apikeys/${id}`,
          context: { 'aws:ResourceTag/stage': 'prod' },
        },
      ]);
    expect(permissionsOf('DELETE apikeys/*', ['gone'])).toMatchObject([{ context: {} }]);
  });

  it('creates, returns, updates and deletes keys', async () => {
    const made = await create({ description: 'mine', tags: { a: 'b' } });
    expect(made).toMatchObject({ name: 'key', enabled: true, description: 'mine', tags: { a: 'b' } });
    expect(made.value?.length).toBeGreaterThanOrEqual(20);
    expect(made.createdDate).toBeInstanceOf(Date);
    const apiKey = made.id ?? '';
    expect((await gateway().send(new GetApiKeyCommand({ apiKey }))).value).toBeUndefined();
    expect((await gateway().send(new GetApiKeyCommand({ apiKey, includeValue: true }))).value).toBe(
      made.value,
    );
    const patchOperations = [{ op: 'replace' as const, path: '/enabled', value: 'false' }];
    expect(await gateway().send(new UpdateApiKeyCommand({ apiKey, patchOperations }))).toMatchObject({
      enabled: false,
    });
    await gateway().send(new DeleteApiKeyCommand({ apiKey }));
    await expect(gateway().send(new GetApiKeyCommand({ apiKey }))).rejects.toThrow(NotFoundException);
    await expect(gateway().send(new DeleteApiKeyCommand({ apiKey }))).rejects.toThrow(NotFoundException);
  });

  it('refuses a value that is too short or already exists', async () => {
    await expect(create({ value: 'short' })).rejects.toThrow(BadRequestException);
    const value = 'a-value-of-more-than-20-characters';
    await create({ value });
    await expect(create({ value })).rejects.toThrow(ConflictException);
  });

  it('returns keys page by page', async () => {
    for (const index of [1, 2, 3]) await create({ name: `page-${index}` });
    const first = await gateway().send(new GetApiKeysCommand({ nameQuery: 'page-', limit: 2 }));
    const second = await gateway().send(
      new GetApiKeysCommand({ nameQuery: 'page-', limit: 2, position: first.position }),
    );
    expect([...(first.items ?? []), ...(second.items ?? [])].map(({ name }) => name)).toEqual([
      'page-1',
      'page-2',
      'page-3',
    ]);
    expect(second.position).toBeUndefined();
  });

  it('adds a key to only one plan of a stage, and removes it', async () => {
    const { id: keyId, value } = await create();
    const put = (usagePlanId: string) =>
      gateway().send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
    expect(await put('one')).toMatchObject({ id: keyId, value, type: 'API_KEY' });
    await expect(put('two')).rejects.toThrow(ConflictException);
    await expect(put('three')).rejects.toThrow(NotFoundException);
    const { items } = await gateway().send(new GetUsagePlanKeysCommand({ usagePlanId: 'one' }));
    expect(items?.map(({ id }) => id)).toContain(keyId);
    const plans = await gateway().send(new GetUsagePlansCommand({ keyId }));
    expect(plans.items?.map(({ id }) => id)).toEqual(['one']);
    await gateway().send(new DeleteUsagePlanKeyCommand({ usagePlanId: 'one', keyId }));
    await expect(gateway().send(new GetUsagePlanKeyCommand({ usagePlanId: 'one', keyId }))).rejects.toThrow(
      NotFoundException,
    );
    expect(await put('two')).toMatchObject({ id: keyId });
  });

  it('keeps keys and their plans after a restart', async () => {
    const { id: keyId, value = '' } = await create();
    await gateway().send(new CreateUsagePlanKeyCommand({ usagePlanId: 'one', keyId, keyType: 'API_KEY' }));
    const keys = new ApiKeys(PLANS, new JsonFile<StoredApiKeys>(path.join(directory, 'keys')));
    expect(keys.planOf(value, 'api', 'scim')?.id).toBe('one');
    expect(keys.planOf(value, 'api', 'other')).toBeUndefined();
  });

  it('removes a deleted key from its plan', async () => {
    const { id: keyId } = await create();
    await gateway().send(new CreateUsagePlanKeyCommand({ usagePlanId: 'one', keyId, keyType: 'API_KEY' }));
    await gateway().send(new DeleteApiKeyCommand({ apiKey: keyId }));
    const { items } = await gateway().send(new GetUsagePlanKeysCommand({ usagePlanId: 'one', limit: 500 }));
    expect(items?.map(({ id }) => id)).not.toContain(keyId);
  });

  it('flushes the authorizer caches of a stage', async () => {
    await gateway().send(new FlushStageAuthorizersCacheCommand({ restApiId: 'api', stageName: 'scim' }));
    expect(flushed).toContain('api/scim');
    const other = new FlushStageAuthorizersCacheCommand({ restApiId: 'other', stageName: 'scim' });
    await expect(gateway().send(other)).rejects.toThrow(NotFoundException);
  });
});
