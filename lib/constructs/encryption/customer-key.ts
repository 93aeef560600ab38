import type { RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct, type IConstruct } from 'constructs';
import type { CustomerKeyMode } from '../../settings/encryption';
import { allowServices } from './key-policy';

export interface CustomerKeyProps {
  readonly mode: Exclude<CustomerKeyMode, 'none'>;
  /** Whether the portal's distribution reads files that are encrypted with the key. */
  readonly portal: boolean;
  /** Whether the events of an event bus are encrypted with the key. */
  readonly eventBus: boolean;
  readonly removalPolicy: RemovalPolicy;
}

/** The key of the account that encrypts the data of a stage. */
export class CustomerKey extends Construct {
  public readonly key: Key;
  /** False if resources keep the keys of AWS. */
  public readonly encrypts: boolean;

  public constructor(
    scope: Construct,
    id: string,
    { mode, portal, eventBus, removalPolicy }: CustomerKeyProps,
  ) {
    super(scope, id);
    this.encrypts = mode === 'encrypt';
    this.key = new Key(this, 'Key', {
      description: 'Encrypts the data of the SCIM provisioning service',
      enableKeyRotation: true,
      removalPolicy,
    });
    allowServices(this.key, { portal, eventBus });
  }
}

const keys = new WeakMap<IConstruct, CustomerKey>();

/** Sets the key for everything in a scope. */
export const setCustomerKey = (scope: IConstruct, key: CustomerKey): void => void keys.set(scope, key);

/**
 * Returns the key that the functions in the stage of a construct may use; undefined if the stage has none.
 */
export function customerKeyOf(construct: IConstruct): CustomerKey | undefined {
  const scope = [...construct.node.scopes].reverse().find((each) => keys.has(each));
  return scope && keys.get(scope);
}

/** Returns the key that encrypts the data of a construct; undefined if AWS's own keys do. */
export function encryptionKeyOf(construct: IConstruct): Key | undefined {
  const key = customerKeyOf(construct);
  return key?.encrypts ? key.key : undefined;
}
