import type { Iam } from '../../cloud/iam/iam';
import { arn, REGION } from '../../cloud/template/account';
import { ofType, type Resource } from '../../cloud/template/resources';
import { UserError } from '../../host/user-error';
import type { EncryptionKeys } from '../kms/encryption-keys';

/** The actions that CloudWatch Logs needs for the key of a log group. */
const ACTIONS = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptTo'];

/** Throws the error with which AWS refuses to create a log group if CloudWatch Logs may not use its key. */
export function assertLogKeys(
  iam: Pick<Iam, 'allowsService'>,
  keys: EncryptionKeys,
  resources: readonly Resource[],
): void {
  for (const { ref, attributes } of ofType(resources, 'AWS::Logs::LogGroup')) {
    const group = arn('logs', `log-group:${ref}`);
    const source = { service: `logs.${REGION}.amazonaws.com`, sourceArn: group };
    const use = {
      resource: attributes.Arn ?? '',
      actions: ACTIONS,
      via: 'logs',
      context: { 'kms:EncryptionContext:aws:logs:arn': group } as const,
    };
    if (!keys.allowService(iam, source, use))
      throw new UserError(
        `The specified KMS key does not exist or is not allowed to be used with Arn '${group}'.`,
      );
  }
}
