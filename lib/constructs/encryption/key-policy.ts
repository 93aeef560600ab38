import { Aws, Stack } from 'aws-cdk-lib';
import { type Conditions, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { eventBusName } from '../events/event-bus-name';

/** The beginnings of the names of all logs: those of the stacks, and API Gateway's own for execution logs. */
const LOG_GROUPS = ['Scim*', 'API-Gateway-Execution-Logs_*'];

/**
 * Allows the services of AWS to use the key that do so without a role. The first statement of the policy lets
 * the roles of the account use the key as far as their own policies allow it. A statement cannot name a
 * resource of another stack, because that stack depends on the key. So it names the account.
 */
export function allowServices(
  key: Key,
  { portal, eventBus }: { readonly portal: boolean; readonly eventBus: boolean },
): void {
  const allow = (service: string, actions: string[], conditions: Conditions) =>
    key.addToResourcePolicy(
      new PolicyStatement({
        actions,
        principals: [new ServicePrincipal(service)],
        resources: ['*'],
        conditions,
      }),
    );
  const { account } = Stack.of(key);
  const sameAccount = { StringEquals: { 'aws:SourceAccount': account } };
  const messages = ['kms:Decrypt', 'kms:GenerateDataKey*'];
  allow(
    `logs.${Aws.REGION}.amazonaws.com`,
    ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': LOG_GROUPS.map(
          (name) => `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${account}:log-group:${name}`,
        ),
      },
    },
  );
  // Alarms, and delivery events of SES, are published to topics.
  allow('cloudwatch.amazonaws.com', messages, sameAccount);
  allow('ses.amazonaws.com', messages, sameAccount);
  // The topic of delivery events has a dead-letter queue.
  allow('sns.amazonaws.com', messages, sameAccount);
  if (eventBus) {
    const bus = `arn:${Aws.PARTITION}:events:${Aws.REGION}:${account}:event-bus/${eventBusName(key)}`;
    allow('events.amazonaws.com', [...messages, 'kms:DescribeKey'], {
      StringEquals: {
        'aws:SourceAccount': account,
        'aws:SourceArn': bus,
        'kms:EncryptionContext:aws:events:event-bus:arn': bus,
      },
    });
  }
  if (portal)
    allow('cloudfront.amazonaws.com', ['kms:Decrypt'], {
      ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:cloudfront::${account}:distribution/*` },
    });
}
