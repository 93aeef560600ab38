import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { JsonFile } from '../../../../local/host/json-file';
import { Secrets } from '../../../../local/services/secrets-manager/secrets';
import { openEndpoint, type TestEndpoint } from '../../cloud/endpoint/endpoint';
import { resolved } from '../../resources';

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
});
const arnOf = (logicalId: string) =>
  RESOURCES.find((resource) => resource.logicalId === logicalId)?.ref ?? '';

describe('Secrets Manager, called by the SDK', () => {
  let directory: string;
  let endpoint: TestEndpoint;

  const open = () => new Secrets(RESOURCES, new JsonFile(path.join(directory, 'secrets')));
  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'secrets-'));
    endpoint = await openEndpoint(open().operations());
  });
  afterAll(async () => {
    await endpoint.close();
    rmSync(directory, { recursive: true });
  });

  const client = () => new SecretsManagerClient(endpoint.client);
  const value = async (SecretId: string) =>
    (await client().send(new GetSecretValueCommand({ SecretId }))).SecretString ?? '';

  it('generates secrets as the template says, and finds them by ARN and by name', async () => {
    const made = await value(arnOf('Made'));
    expect(made).toMatch(/^[A-Za-z0-9]{64}$/);
    expect(await value('App-Made')).toBe(made);
    expect(JSON.parse(await value('object'))).toEqual({
      user: 'a',
      password: expect.stringMatching(/^.{32}$/) as string,
    });
    expect(await value(arnOf('Given'))).toBe('given');
  });

  it('generates a secret only once', async () => {
    expect(open().getSecretValue({ SecretId: 'App-Made' })).toMatchObject({
      SecretString: await value('App-Made'),
    });
  });

  it('stores a new version, which survives a restart', async () => {
    await client().send(new PutSecretValueCommand({ SecretId: 'object', SecretString: 'new' }));
    expect(await value('object')).toBe('new');
    expect(open().textOf('object')).toBe('new');
  });

  it('keeps the version before the current one', async () => {
    const previous = (from: Secrets) =>
      from.getSecretValue({ SecretId: arnOf('Made'), VersionStage: 'AWSPREVIOUS' });
    const read = (VersionStage: string) =>
      client().send(new GetSecretValueCommand({ SecretId: arnOf('Made'), VersionStage }));
    const first = await value(arnOf('Made'));
    await expect(read('AWSPREVIOUS')).rejects.toThrow(ResourceNotFoundException);
    for (const SecretString of ['second', 'third']) {
      const before = await read('AWSCURRENT');
      await client().send(new PutSecretValueCommand({ SecretId: arnOf('Made'), SecretString }));
      expect(await read('AWSPREVIOUS')).toMatchObject({
        SecretString: SecretString === 'second' ? first : 'second',
        VersionId: before.VersionId,
        CreatedDate: before.CreatedDate,
      });
    }
    expect(previous(open())).toMatchObject({ SecretString: 'second', VersionStages: ['AWSPREVIOUS'] });
  });

  it('refuses a secret that does not exist', async () => {
    await expect(value('other')).rejects.toThrow(ResourceNotFoundException);
  });
});
