import type { Service } from '../../cloud/service';
import { arn } from '../../cloud/template/account';
import { type ResourceTypes, shortId } from '../../cloud/template/identity';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::KMS::Key': (naming) => {
    const id = shortId(naming);
    return { ref: id, attributes: { Arn: arn('kms', `key/${id}`), KeyId: id } };
  },
};

/** KMS, as far as the policy of a key decides who may use a topic. Nothing is encrypted. */
export class KmsService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
}
