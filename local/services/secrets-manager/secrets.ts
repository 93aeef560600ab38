import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { JsonFile } from '../../host/json-file';
import { UserError } from '../../host/user-error';
import type { Resource } from '../../cloud/template/resources';
import { GenerateSecretString, generateSecretString } from './random-password';
import { ServiceError } from '../../cloud/endpoint/service-error';

const SecretProperties = z.object({
  Name: z.string().optional(),
  SecretString: z.string().optional(),
  GenerateSecretString: GenerateSecretString.optional(),
});

interface StoredSecret {
  readonly value: string;
  readonly versionId: string;
  /** Epoch seconds. */
  readonly createdAt: number;
}

/** Secrets Manager with the secrets of the template; what is generated is generated once and kept. */
export class Secrets {
  private readonly stored: Record<string, StoredSecret>;

  constructor(
    resources: readonly Resource[],
    private readonly file: JsonFile<Record<string, StoredSecret>>,
  ) {
    this.stored = file.read() ?? {};
    for (const { ref, logicalId, properties } of resources) {
      const parsed = SecretProperties.safeParse(properties);
      if (!parsed.success)
        throw new UserError(`The local host cannot make ${logicalId}:\n${z.prettifyError(parsed.error)}`);
      const { SecretString, GenerateSecretString: generate } = parsed.data;
      this.stored[ref] ??= {
        value: SecretString ?? generateSecretString(generate ?? GenerateSecretString.parse({})),
        versionId: randomUUID(),
        createdAt: Math.floor(Date.now() / 1000),
      };
    }
    file.write(this.stored);
  }

  /** The text of a secret, by ARN or name. */
  textOf(id: string): string {
    return this.find(id).secret.value;
  }

  /** `secretsmanager.GetSecretValue`, by ARN or name. */
  getSecretValue({ SecretId }: { SecretId?: string }): object {
    const { arn, secret } = this.find(SecretId);
    return {
      ARN: arn,
      Name: nameOf(arn),
      SecretString: secret.value,
      VersionId: secret.versionId,
      VersionStages: ['AWSCURRENT'],
      CreatedDate: secret.createdAt,
    };
  }

  /** `secretsmanager.PutSecretValue`: a new version of a text. */
  putSecretValue({ SecretId, SecretString }: { SecretId?: string; SecretString?: string }): object {
    const { arn } = this.find(SecretId);
    if (!SecretString) throw new ServiceError(400, 'InvalidParameterException', 'There is no SecretString.');
    const versionId = randomUUID();
    this.stored[arn] = { value: SecretString, versionId, createdAt: Math.floor(Date.now() / 1000) };
    this.file.write(this.stored);
    return { ARN: arn, Name: nameOf(arn), VersionId: versionId, VersionStages: ['AWSCURRENT'] };
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

/** An ARN ends in the name and six characters of Secrets Manager's own. */
function nameOf(arn: string): string {
  return (arn.split(':').pop() ?? '').replace(/-\w{6}$/, '');
}
