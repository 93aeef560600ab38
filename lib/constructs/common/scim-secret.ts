import { type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type ReplicaRegion, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { EnvironmentVariable } from '../../../shared/env';
import { encryptSecret } from '../encryption/encrypt';
import { allowKeyUse } from '../encryption/key-grants';
import type { ScimFunction } from './scim-function';

export interface ScimSecretProps {
  /** The purpose of the secret. */
  readonly description: string;
  /** The environment variable that contains the secret's ARN. */
  readonly environmentVariable: EnvironmentVariable;
  readonly removalPolicy: RemovalPolicy;
  /** A region that gets a replica of the secret, and the key that encrypts it there. @default - none */
  readonly replica?: { readonly region: string; readonly keyArn?: string };
}

/**
 * A random secret of the service. It is generated once. `scim secret rotate` adds a version to it, and what
 * is derived from the former ones stays valid.
 */
export class ScimSecret extends Construct {
  public readonly secret: Secret;
  private readonly environmentVariable: EnvironmentVariable;

  public constructor(scope: Construct, id: string, props: ScimSecretProps) {
    super(scope, id);
    this.environmentVariable = props.environmentVariable;
    this.secret = new Secret(this, 'Secret', {
      description: props.description,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: props.removalPolicy,
      ...(props.replica && { replicaRegions: [this.replicaIn(props.replica)] }),
    });
    encryptSecret(this.secret);
    Validations.of(this.secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Operators rotate it with a command.',
    });
  }

  private replicaIn({ region, keyArn }: NonNullable<ScimSecretProps['replica']>): ReplicaRegion {
    const encryptionKey = keyArn === undefined ? undefined : Key.fromKeyArn(this, 'ReplicaKey', keyArn);
    return { region, encryptionKey };
  }

  public grantRead(fn: ScimFunction): void {
    fn.grant(
      new PolicyStatement({
        actions: ['secretsmanager:GetSecretValue'],
        resources: [this.secret.secretArn],
      }),
      { [this.environmentVariable]: this.secret.secretArn },
    );
    allowKeyUse(fn, 'readSecret');
  }
}
