import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { AwsOperations, Call } from '../../cloud/endpoint/operation';
import { ServiceError } from '../../cloud/endpoint/service-error';
import type { Permission } from '../../cloud/iam/permission';
import { arn as arnOf } from '../../cloud/template/account';
import { readProperties } from '../../cloud/template/properties';
import type { Resource } from '../../cloud/template/resources';
import type { JsonFile } from '../../host/json-file';
import { type EncryptionKeys, NO_KEYS } from '../kms/encryption-keys';
import { GenerateSecretString, generateSecretString } from './random-password';

const SecretProperties = z.object({
  Name: z.string().optional(),
  SecretString: z.string().optional(),
  GenerateSecretString: GenerateSecretString.optional(),
});

interface SecretVersion {
  readonly value: string;
  readonly versionId: string;
  /** Epoch seconds. */
  readonly createdAt: number;
}

interface StoredSecret extends SecretVersion {
  /** The version before this one. */
  readonly previous?: SecretVersion;
}

/** The secrets of the template. A generated secret is generated once, and then stored. */
export class Secrets {
  private readonly stored: Record<string, StoredSecret>;

  constructor(
    resources: readonly Resource[],
    private readonly file: JsonFile<Record<string, StoredSecret>>,
  ) {
    this.stored = file.read() ?? {};
    for (const resource of resources) {
      const { SecretString, GenerateSecretString: generate } = readProperties(SecretProperties, resource);
      this.stored[resource.ref] ??= {
        value: SecretString ?? generateSecretString(generate ?? GenerateSecretString.parse({})),
        versionId: randomUUID(),
        createdAt: Math.floor(Date.now() / 1000),
      };
    }
    file.write(this.stored);
  }

  operations(keys: EncryptionKeys = NO_KEYS): AwsOperations {
    return {
      'secretsmanager.GetSecretValue': {
        permission: (call) => this.permissions(keys, 'GetSecretValue', ['kms:Decrypt'], call),
        run: ({ input }) => this.getSecretValue(input as object),
      },
      'secretsmanager.PutSecretValue': {
        permission: (call) =>
          this.permissions(keys, 'PutSecretValue', ['kms:Decrypt', 'kms:GenerateDataKey'], call),
        run: ({ input }) => this.putSecretValue(input as object),
      },
    };
  }

  /** Returns the text of a secret, by ARN or name. */
  textOf(id: string): string {
    return this.find(id).secret.value;
  }

  /** Implements `secretsmanager.GetSecretValue`, by ARN or name. */
  getSecretValue(input: { SecretId?: string; VersionStage?: string }): object {
    const { arn, secret } = this.find(input.SecretId);
    const stage = input.VersionStage ?? 'AWSCURRENT';
    const versions: Record<string, SecretVersion | undefined> = {
      AWSCURRENT: secret,
      AWSPREVIOUS: secret.previous,
    };
    const version = versions[stage];
    if (!version)
      throw new ServiceError(
        400,
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret value for staging label: ${stage}`,
      );
    return {
      ARN: arn,
      Name: nameOf(arn),
      SecretString: version.value,
      VersionId: version.versionId,
      VersionStages: [stage],
      CreatedDate: version.createdAt,
    };
  }

  /** Implements `secretsmanager.PutSecretValue`: stores a new version of the text. */
  putSecretValue({ SecretId, SecretString }: { SecretId?: string; SecretString?: string }): object {
    const { arn, secret } = this.find(SecretId);
    if (!SecretString)
      throw new ServiceError(400, 'InvalidParameterException', 'You must provide SecretString.');
    const versionId = randomUUID();
    const { previous: _former, ...previous } = secret;
    this.stored[arn] = { value: SecretString, versionId, createdAt: Math.floor(Date.now() / 1000), previous };
    this.file.write(this.stored);
    return { ARN: arn, Name: nameOf(arn), VersionId: versionId, VersionStages: ['AWSCURRENT'] };
  }

  /** AWS checks the permissions before it tells whether the secret exists. */
  private permissions(
    keys: EncryptionKeys,
    operation: string,
    actions: readonly string[],
    { input }: Call,
  ): Permission[] {
    const { SecretId = '' } = input as { SecretId?: string };
    const known = Object.keys(this.stored).find((arn) => arn === SecretId || nameOf(arn) === SecretId);
    const named = SecretId.startsWith('arn:') ? SecretId : arnOf('secretsmanager', `secret:${SecretId}`);
    const resource = known ?? named;
    const context = { 'kms:EncryptionContext:SecretARN': resource } as const;
    return [
      { action: `secretsmanager:${operation}`, resource },
      ...keys.permissionsFor({ resource, actions, via: 'secretsmanager', context }),
    ];
  }

  private find(id: string | undefined): { arn: string; secret: StoredSecret } {
    const arn = Object.keys(this.stored).find((known) => known === id || nameOf(known) === id);
    const secret = arn === undefined ? undefined : this.stored[arn];
    if (arn !== undefined && secret) return { arn, secret };
    throw new ServiceError(
      400,
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret.",
    );
  }
}

/** An ARN ends with the name and six characters that Secrets Manager adds. */
function nameOf(arn: string): string {
  return (arn.split(':').pop() ?? '').replace(/-\w{6}$/, '');
}
