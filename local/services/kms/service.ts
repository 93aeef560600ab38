import type { CloudContext } from '../../cloud/context';
import type { AwsOperations } from '../../cloud/endpoint/operation';
import type { Service } from '../../cloud/service';
import { arn } from '../../cloud/template/account';
import { type ResourceTypes, shortId } from '../../cloud/template/identity';
import type { Resource } from '../../cloud/template/resources';
import { EncryptionKeys, NO_KEYS } from './encryption-keys';
import { SigningKeys } from './signing-keys';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::KMS::Key': (naming) => {
    const id = shortId(naming);
    return { ref: id, attributes: { Arn: arn('kms', `key/${id}`), KeyId: id } };
  },
};

/**
 * KMS. Asymmetric keys sign. Nothing is encrypted: the policies of roles and keys decide who may use
 * encrypted data.
 */
export class KmsService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  /** The keys of the template. Set by `start`. */
  keys: EncryptionKeys = NO_KEYS;
  /** Set by `start`. */
  private signing!: SigningKeys;

  start({ state }: CloudContext, resources: readonly Resource[]): void {
    this.keys = new EncryptionKeys(resources);
    this.signing = new SigningKeys(resources, state.file('kms-keys.json'));
  }

  environment(context: CloudContext): Record<string, string> {
    return { AWS_ENDPOINT_URL_KMS: context.endpointUrl() };
  }

  operations(): AwsOperations {
    return this.signing.operations();
  }
}
