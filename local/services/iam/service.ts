import type { CloudContext } from '../../cloud/context';
import type { Operations } from '../../cloud/endpoint/operation';
import type { Iam } from '../../cloud/iam/iam';
import type { Service } from '../../cloud/service';
import { ACCOUNT, PARTITION } from '../../cloud/template/account';
import { byId, nameOf, type ResourceTypes } from '../../cloud/template/identity';
import type { Resource } from '../../cloud/template/resources';

const iamArn = (resource: string) => `arn:${PARTITION}:iam::${ACCOUNT}:${resource}`;

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::IAM::Role': (naming) => {
    const name = nameOf('RoleName', naming);
    return { ref: name, attributes: { Arn: iamArn(`role/${name}`) } };
  },
  'AWS::IAM::ManagedPolicy': (naming) => ({
    ref: iamArn(`policy/${nameOf('ManagedPolicyName', naming)}`),
    attributes: {},
  }),
  'AWS::IAM::Policy': byId,
  'AWS::IAM::RolePolicy': byId,
  'AWS::Lambda::Permission': byId,
  'AWS::S3::BucketPolicy': byId,
  'AWS::SNS::TopicPolicy': byId,
  'AWS::SQS::QueuePolicy': byId,
  'AWS::SecretsManager::ResourcePolicy': byId,
};

/** IAM. It reads the policies of the template before other services ask it, so it is the first service. */
export class IamService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;

  /** Set by `start`. */
  private iam!: Iam;

  start({ iam }: CloudContext, resources: readonly Resource[]): void {
    iam.load(resources);
    this.iam = iam;
  }

  localOperations(): Operations {
    return {
      /**
       * Returns which action each function used on which resource and partition key, and what was refused.
       */
      'GET iam-usage': () => this.iam.uses(),
    };
  }
}
