import { deployedFunctions, describeGrants, forKeys, readableReference } from '../../deployed-functions';
import { propertiesOf, type Resource, resourcesOf, synthesize } from '../../synthesize';

const template = synthesize().ScimLicenses;
const handler = deployedFunctions(template)['mail-events'];
if (!handler) throw new Error('There is no function for email events.');

const onlyResource = (type: string): Resource => {
  const [resource, ...others] = Object.entries(resourcesOf(template, type))
    .filter(([id]) => id.startsWith('MailEvents'))
    .map(([, each]) => each);
  if (!resource || others.length > 0) throw new Error(`Not exactly one ${type}.`);
  return resource;
};

describe('the delivery events of SES', () => {
  it('are published for bounces, complaints, deliveries and rejections', () => {
    const { EventDestination } = propertiesOf(template, 'AWS::SES::ConfigurationSetEventDestination');
    expect(EventDestination).toMatchObject({
      Enabled: true,
      MatchingEventTypes: ['bounce', 'complaint', 'delivery', 'reject'],
    });
  });

  it('go through a topic that is encrypted with a key for SES and refuses plain HTTP', () => {
    expect(readableReference(propertiesOf(template, 'AWS::SNS::Topic').KmsMasterKeyId)).toBe(
      'MailEventsKey.Arn',
    );
    const { EnableKeyRotation, KeyPolicy } = propertiesOf(template, 'AWS::KMS::Key');
    expect(EnableKeyRotation).toBe(true);
    expect((KeyPolicy as { Statement: unknown[] }).Statement).toContainEqual(
      expect.objectContaining({
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Principal: { Service: 'ses.amazonaws.com' },
      }),
    );
    const { Statement } = propertiesOf(template, 'AWS::SNS::TopicPolicy').PolicyDocument as {
      Statement: { Effect: string; Condition: Record<string, Record<string, unknown>> }[];
    };
    expect(Statement).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
      expect.objectContaining({ Effect: 'Allow', Principal: { Service: 'ses.amazonaws.com' } }),
    ]);
    const condition = Statement[1]?.Condition.StringEquals ?? {};
    expect(readableReference(condition['AWS:SourceArn'])).toContain(
      ':configuration-set/MailConfigurationSet',
    );
  });

  it('are not lost if the function fails or cannot be invoked', () => {
    const { DestinationConfig, MaximumRetryAttempts } = onlyResource(
      'AWS::Lambda::EventInvokeConfig',
    ).Properties;
    const { OnFailure } = DestinationConfig as { OnFailure: { Destination: unknown } };
    expect(readableReference(OnFailure.Destination)).toBe('MailEventsFailures.Arn');
    expect(MaximumRetryAttempts).toBe(2);
    const { RedrivePolicy } = onlyResource('AWS::SNS::Subscription').Properties;
    const { deadLetterTargetArn } = RedrivePolicy as { deadLetterTargetArn: unknown };
    expect(readableReference(deadLetterTargetArn)).toBe('MailEventsFailures.Arn');
  });

  it('are recorded by a function with these permissions', () => {
    expect(describeGrants(handler)).toEqual([
      `dynamodb:ConditionCheckItem on Table.Arn${forKeys('DOMAIN#<d>')}`,
      `dynamodb:GetItem, dynamodb:UpdateItem on Table.Arn${forKeys('<d>#MAIL')}`,
      `dynamodb:UpdateItem on Table.Arn${forKeys('<d>#SUPPRESSED*', '<d>#LICENSE')}`,
      'sqs:GetQueueAttributes, sqs:GetQueueUrl, sqs:SendMessage on MailEventsFailures.Arn',
    ]);
  });

  it('alone decide which addresses are suppressed; the account’s suppression list is off', () => {
    expect(propertiesOf(template, 'AWS::SES::ConfigurationSet')).toMatchObject({
      SuppressionOptions: { SuppressedReasons: [] },
    });
  });
});
