import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { customerKeyOf } from './customer-key';

/** The uses of encrypted data, each with the service that uses the key for a caller, and its permissions. */
const USES = {
  // DynamoDB decrypts the key of the table for each caller, for writes and for the stream too.
  table: { service: 'dynamodb', actions: ['kms:Decrypt'] },
  readSecret: { service: 'secretsmanager', actions: ['kms:Decrypt'] },
  receive: { service: 'sqs', actions: ['kms:Decrypt'] },
  // SQS verifies a new data key by decrypting it.
  send: { service: 'sqs', actions: ['kms:Decrypt', 'kms:GenerateDataKey'] },
  writeFiles: { service: 's3', actions: ['kms:Decrypt', 'kms:GenerateDataKey'] },
} as const;

type KeyUse = keyof typeof USES;

/**
 * Returns the permission for the key of the stage that a use of encrypted data needs: only through the
 * service that encrypts the data, never directly. Returns undefined if the stage has no key of its own.
 */
export function keyPermission(scope: Construct, use: KeyUse): PolicyStatement | undefined {
  const key = customerKeyOf(scope)?.key;
  if (!key) return undefined;
  const { service, actions } = USES[use];
  return new PolicyStatement({
    actions: [...actions],
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `${service}.${Aws.REGION}.amazonaws.com` } },
  });
}

/** Adds this permission to a holder of permissions, such as a function. */
export function allowKeyUse(
  holder: Construct & { readonly grant: (statement: PolicyStatement) => void },
  use: KeyUse,
): void {
  const permission = keyPermission(holder, use);
  if (permission) holder.grant(permission);
}
