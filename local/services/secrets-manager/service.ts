import type { CloudContext } from '../../cloud/context';
import type { AwsOperations } from '../../cloud/endpoint/operation';
import type { Service } from '../../cloud/service';
import { arn } from '../../cloud/template/account';
import { nameOf, type ResourceTypes, shortId } from '../../cloud/template/identity';
import { ofType, type Resource } from '../../cloud/template/resources';
import type { Rewrite } from '../../cloud/template/rewrite';
import type { KmsService } from '../kms/service';
import { resolveSecrets } from './dynamic-references';
import { Secrets } from './secrets';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::SecretsManager::Secret': (naming) => {
    const secretArn = arn('secretsmanager', `secret:${nameOf('Name', naming)}-${shortId(naming, 6)}`);
    return { ref: secretArn, attributes: { Id: secretArn } };
  },
};

/** Secrets Manager. It generates secrets before other resources refer to them. */
export class SecretsManagerService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  /** Set by `prepare`. */
  private secrets!: Secrets;

  constructor(private readonly kms: KmsService) {}

  prepare({ state }: CloudContext, resources: readonly Resource[]): Rewrite {
    this.secrets = new Secrets(ofType(resources, 'AWS::SecretsManager::Secret'), state.file('secrets.json'));
    return resolveSecrets((secretArn) => this.secrets.textOf(secretArn));
  }

  environment(context: CloudContext): Record<string, string> {
    return { AWS_ENDPOINT_URL_SECRETS_MANAGER: context.endpointUrl() };
  }

  operations(): AwsOperations {
    return this.secrets.operations(this.kms.keys);
  }
}
