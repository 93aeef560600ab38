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
import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { ApiGatewayControl } from '../../../../local/services/api-gateway/control/operations';
import { ApiKeys, type StoredApiKeys } from '../../../../local/services/api-gateway/control/api-keys';
import { Parameters } from '../../../../local/services/ssm/parameters';
import { Secrets } from '../../../../local/services/secrets-manager/secrets';
import { serveControl } from '../../../../local/cloud/endpoint/server';
import { Sqs } from '../../../../local/services/sqs/operations';
import type { Listening } from '../../../../local/host/http';
import { JsonFile } from '../../../../local/host/json-file';
import { Queues } from '../../../../local/services/sqs/queues';
import { resolved } from '../../services/api-gateway/fixture-template';

const PLANS = ['one', 'two'].map((id) => ({
  id,
  name: id,
  stages: [{ apiId: 'api', stage: 'scim' }],
  throttle: undefined,
}));
const RESOURCES = resolved({
  Made: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } },
  },
  Object: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: {
      Name: 'object',
      GenerateSecretString: { SecretStringTemplate: '{"user":"a"}', GenerateStringKey: 'password' },
    },
  },
  Given: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: 'given' } },
  Parameter: {
    Type: 'AWS::SSM::Parameter',
    Properties: { Name: '/app/parameter', Type: 'String', Value: 'value' },
  },
});
const ofType = (type: string) => RESOURCES.filter((resource) => resource.type === type);
const arnOf = (logicalId: string) =>
  RESOURCES.find((resource) => resource.logicalId === logicalId)?.ref ?? '';

describe('the control plane, asked by the SDK', () => {
  let directory: string;
  let listening: Listening;
  let flushed: string[];
  let client: {
    region: string;
    endpoint: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  };

  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'control-'));
    flushed = [];
    const parts = open();
    listening = await serveControl(() => parts);
    client = {
      region: 'us-east-1',
      endpoint: listening.url,
      credentials: { accessKeyId: 'A', secretAccessKey: 'b' },
    };
  });
  afterAll(async () => {
    await listening.close();
    rmSync(directory, { recursive: true });
  });

  /** As the host does at each start. */
  function open() {
    const keys = new ApiKeys(PLANS, new JsonFile<StoredApiKeys>(path.join(directory, 'keys')));
    const flush = (apiId: string, stage: string) => flushed.push(`${apiId}/${stage}`) > 0 && apiId === 'api';
    return {
      secrets: new Secrets(
        ofType('AWS::SecretsManager::Secret'),
        new JsonFile(path.join(directory, 'secrets')),
      ),
      parameters: new Parameters(ofType('AWS::SSM::Parameter')),
      sqs: new Sqs(new Queues([], new JsonFile(path.join(directory, 'queues')))),
      apiGateway: new ApiGatewayControl(keys, flush),
      local: { 'GET hello': () => ({ hello: 'world' }) },
    };
  }

  describe('Secrets Manager', () => {
    const value = async (SecretId: string) =>
      (await new SecretsManagerClient(client).send(new GetSecretValueCommand({ SecretId }))).SecretString ??
      '';

    it('generates a secret as the template says, by ARN and by name', async () => {
      const made = await value(arnOf('Made'));
      expect(made).toMatch(/^[A-Za-z0-9]{64}$/);
      expect(await value('App-Made')).toBe(made);
      expect(JSON.parse(await value('object'))).toEqual({
        user: 'a',
        password: expect.stringMatching(/^.{32}$/) as string,
      });
      expect(await value(arnOf('Given'))).toBe('given');
    });

    it('generates it once', async () => {
      expect(open().secrets.getSecretValue({ SecretId: 'App-Made' })).toMatchObject({
        SecretString: await value('App-Made'),
      });
    });

    it('does not know other secrets', async () => {
      await expect(value('other')).rejects.toThrow(ResourceNotFoundException);
    });
  });

  it('gives the parameters of the template', async () => {
    const ssm = new SSMClient(client);
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/app/parameter' }));
    expect(Parameter).toMatchObject({ Name: '/app/parameter', Type: 'String', Value: 'value' });
    await expect(ssm.send(new GetParameterCommand({ Name: '/other' }))).rejects.toThrow(ParameterNotFound);
  });

  describe('API Gateway', () => {
    const gateway = () => new APIGatewayClient(client);
    const create = (own: object = {}) =>
      gateway().send(new CreateApiKeyCommand({ name: 'key', enabled: true, ...own }));

    it('makes, shows, changes and deletes keys', async () => {
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

    it('refuses a value that is too short or taken', async () => {
      await expect(create({ value: 'short' })).rejects.toThrow(BadRequestException);
      const value = 'a-value-of-more-than-20-characters';
      await create({ value });
      await expect(create({ value })).rejects.toThrow(ConflictException);
    });

    it('lists keys page by page', async () => {
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

    it('puts a key on one plan of a stage, and takes it off', async () => {
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

    it('keeps keys and their plans over a restart', async () => {
      const { id: keyId, value = '' } = await create();
      await gateway().send(new CreateUsagePlanKeyCommand({ usagePlanId: 'one', keyId, keyType: 'API_KEY' }));
      const keys = new ApiKeys(PLANS, new JsonFile<StoredApiKeys>(path.join(directory, 'keys')));
      expect(keys.planOf(value, 'api', 'scim')?.id).toBe('one');
      expect(keys.planOf(value, 'api', 'other')).toBeUndefined();
    });

    it('takes a deleted key off its plan', async () => {
      const { id: keyId } = await create();
      await gateway().send(new CreateUsagePlanKeyCommand({ usagePlanId: 'one', keyId, keyType: 'API_KEY' }));
      await gateway().send(new DeleteApiKeyCommand({ apiKey: keyId }));
      const { items } = await gateway().send(new GetUsagePlanKeysCommand({ usagePlanId: 'one', limit: 500 }));
      expect(items?.map(({ id }) => id)).not.toContain(keyId);
    });

    it('flushes the cache of a stage', async () => {
      await gateway().send(new FlushStageAuthorizersCacheCommand({ restApiId: 'api', stageName: 'scim' }));
      expect(flushed).toContain('api/scim');
      const other = new FlushStageAuthorizersCacheCommand({ restApiId: 'other', stageName: 'scim' });
      await expect(gateway().send(other)).rejects.toThrow(NotFoundException);
    });
  });

  it('serves the operations of the host, and is not for web pages', async () => {
    const local = `${listening.url}/_local/hello`;
    expect(await (await fetch(local)).json()).toEqual({ hello: 'world' });
    expect((await fetch(`${listening.url}/_local/other`)).status).toBe(404);
    expect((await fetch(local, { headers: { origin: 'http://evil.example.com' } })).status).toBe(403);
  });

  it('says what it does not do', async () => {
    expect((await fetch(`${listening.url}/restapis`)).status).toBe(501);
    const unknown = await fetch(listening.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'secretsmanager.DeleteSecret' },
      body: '{}',
    });
    expect(await unknown.json()).toMatchObject({ __type: 'UnknownOperationException' });
  });
});
