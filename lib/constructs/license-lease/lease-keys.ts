import { CrossStackReferences, ReferenceStrength, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import type { ScimFunction } from '../common/scim-function';

export interface LeaseKeysProps {
  /** The names of the keys. The first one signs, and the public keys of all are published. */
  readonly names: readonly string[];
  readonly removalPolicy: RemovalPolicy;
}

/**
 * The keys that sign leases. They never leave KMS. AWS does not rotate asymmetric keys: the operator adds a
 * name to the setting, which adds a key.
 */
export class LeaseKeys extends Construct {
  public readonly keys: readonly Key[];

  public constructor(scope: Construct, id: string, { names, removalPolicy }: LeaseKeysProps) {
    super(scope, id);
    this.keys = names.map((name) => {
      const key = new Key(this, `Key-${name}`, {
        description: `Signs license leases of the SCIM provisioning service (${name})`,
        keySpec: KeySpec.ECC_NIST_P256,
        keyUsage: KeyUsage.SIGN_VERIFY,
        removalPolicy,
      });
      // So that a key can be removed while the function of another stack still names it.
      CrossStackReferences.of(key).produce(ReferenceStrength.WEAK);
      return key;
    });
  }

  /** Allows the function to sign with the first key, and to read the public keys of all. */
  public grantSigning(fn: ScimFunction): void {
    const arns = this.keys.map(({ keyArn }) => keyArn);
    fn.grant(
      new PolicyStatement({
        actions: ['kms:Sign'],
        resources: arns.slice(0, 1),
        conditions: { StringEquals: { 'kms:SigningAlgorithm': 'ECDSA_SHA_256' } },
      }),
      { [ENV.leaseKeyArns]: Stack.of(fn).toJsonString(arns) },
    );
    fn.grant(new PolicyStatement({ actions: ['kms:GetPublicKey'], resources: arns }));
  }
}
