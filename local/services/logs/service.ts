import type { CloudContext } from '../../cloud/context';
import type { Service } from '../../cloud/service';
import { arn, REGION } from '../../cloud/template/account';
import { nameOf, type ResourceTypes } from '../../cloud/template/identity';
import { ofType, type Resource } from '../../cloud/template/resources';
import { UserError } from '../../host/user-error';
import type { KmsService } from '../kms/service';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::Logs::LogGroup': (naming) => {
    const name = nameOf('LogGroupName', naming);
    return { ref: name, attributes: { Arn: arn('logs', `log-group:${name}:*`) } };
  },
};

/** CloudWatch Logs. The log of a function is a file, if the function's role may write to its log group. */
export class LogsService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;

  constructor(private readonly kms: KmsService) {}

  /** Throws the error with which AWS refuses to create a log group if CloudWatch Logs may not use its key. */
  start({ iam }: Pick<CloudContext, 'iam'>, resources: readonly Resource[]): void {
    for (const { ref, attributes } of ofType(resources, 'AWS::Logs::LogGroup')) {
      const group = arn('logs', `log-group:${ref}`);
      const source = { service: `logs.${REGION}.amazonaws.com`, sourceArn: group };
      const use = {
        resource: attributes.Arn ?? '',
        actions: KEY_ACTIONS,
        via: 'logs',
        context: { 'kms:EncryptionContext:aws:logs:arn': group } as const,
      };
      if (!this.kms.keys.allowService(iam, source, use))
        throw new UserError(
          `The specified KMS key does not exist or is not allowed to be used with Arn '${group}'.`,
        );
    }
  }
}

/** The actions that CloudWatch Logs needs for the key of a log group. */
const KEY_ACTIONS = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptTo',
];
