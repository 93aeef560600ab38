import type { CloudContext } from '../../cloud/context';
import type { Service } from '../../cloud/service';
import { arn } from '../../cloud/template/account';
import { type ResourceTypes, shortId } from '../../cloud/template/identity';
import type { Resource } from '../../cloud/template/resources';
import { EncryptionKeys, NO_KEYS } from './encryption-keys';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::KMS::Key': (naming) => {
    const id = shortId(naming);
    return { ref: id, attributes: { Arn: arn('kms', `key/${id}`), KeyId: id } };
  },
};

/** KMS, as far as the policies of roles and keys decide who may use encrypted data. Nothing is encrypted. */
export class KmsService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  /** The keys of the template. Set by `start`. */
  keys: EncryptionKeys = NO_KEYS;

  start(_: CloudContext, resources: readonly Resource[]): void {
    this.keys = new EncryptionKeys(resources);
  }
}
