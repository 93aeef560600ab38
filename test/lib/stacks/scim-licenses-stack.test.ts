import { deployedFunctions, describeGrants, forKeys, readableReference } from '../deployed-functions';
import { propertiesOf, resourcesOf, snapshotOf, synthesize } from '../synthesize';

const template = synthesize().ScimLicenses;
const licenseChangesFunction = deployedFunctions(template)['license-changes'];
if (!licenseChangesFunction) throw new Error('There is no function on license changes.');

/** Returns whether a value matches an event filter pattern. Supports only the patterns of this stack. */
function matchesFilter(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern)) {
    return pattern.some((rule: string | { suffix: string }) =>
      typeof rule === 'string' ? rule === value : typeof value === 'string' && value.endsWith(rule.suffix),
    );
  }
  return Object.entries(pattern as object).every(([key, inner]) =>
    matchesFilter(inner, (value as Record<string, unknown> | undefined)?.[key]),
  );
}

describe('the event source of license changes', () => {
  const sources = Object.values(resourcesOf(template, 'AWS::Lambda::EventSourceMapping'));
  const source = sources.find(({ Properties }) => 'StartingPosition' in Properties)?.Properties ?? {};
  const { Filters } = source.FilterCriteria as { Filters: { Pattern: string }[] };
  const passesFilter = (eventName: string, pk: string) =>
    Filters.some(({ Pattern }) =>
      matchesFilter(JSON.parse(Pattern), { eventName, dynamodb: { Keys: { pk: { S: pk } } } }),
    );

  it('misses no record, and sends a record that keeps failing to the dead-letter queue', () => {
    expect(source).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      BatchSize: 100,
      ParallelizationFactor: 10,
      MaximumRetryAttempts: 100,
      MaximumRecordAgeInSeconds: 23 * 3_600,
    });
    const { OnFailure } = source.DestinationConfig as { OnFailure: { Destination: unknown } };
    expect(readableReference(OnFailure.Destination)).toBe('LicenseChangesFailures.Arn');
    expect(readableReference(source.EventSourceArn)).toBe('Table.StreamArn');
  });

  it.each([
    ['INSERT', '0190a1b2-0000-7000-8000-000000000001#LICENSE', true],
    ['MODIFY', '0190a1b2-0000-7000-8000-000000000001#LICENSE', true],
    ['REMOVE', '0190a1b2-0000-7000-8000-000000000001#LICENSE', false],
    ['INSERT', '0190a1b2-0000-7000-8000-000000000001#USER', false],
    ['MODIFY', '0190a1b2-0000-7000-8000-000000000001#RATE', false],
    ['REMOVE', '0190a1b2-0000-7000-8000-000000000001#MAIL', false],
    ['INSERT', 'DOMAIN#0190a1b2-0000-7000-8000-000000000001', false],
  ])('passes on an %s of %s: %s', (eventName, pk, expected) => {
    expect(passesFilter(eventName, pk)).toBe(expected);
  });
});

describe('the queues', () => {
  it('are encrypted, keep failures for the maximum of 14 days, and refuse plain HTTP', () => {
    const queues = Object.entries(resourcesOf(template, 'AWS::SQS::Queue'));
    const policies = Object.values(resourcesOf(template, 'AWS::SQS::QueuePolicy'));
    expect([queues.length, policies.length]).toEqual([4, 4]);
    for (const [id, { Properties }] of queues) {
      // The schedule of the outbox does what a lost request for a run asked for.
      const MessageRetentionPeriod = id.startsWith('MailOutboxRequests') ? 300 : 1_209_600;
      expect(Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod });
    }
    for (const { Properties } of policies) {
      const { Statement } = Properties.PolicyDocument as { Statement: unknown[] };
      expect(Statement[0]).toMatchObject({
        Effect: 'Deny',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
    }
  });
});

describe('the function on license changes', () => {
  it('has a timeout of one minute', () => {
    expect(licenseChangesFunction.properties).toMatchObject({ Timeout: 60, MemorySize: 512 });
  });

  it('has these permissions', () => {
    expect(describeGrants(licenseChangesFunction)).toEqual([
      `dynamodb:DeleteItem on Table.Arn${forKeys('<d>#OUTBOX')}`,
      'dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator on Table.StreamArn',
      `dynamodb:GetItem on Table.Arn${forKeys('<d>#LICENSE', '<d>#MAIL', 'DOMAIN#<d>')}`,
      `dynamodb:GetItem, dynamodb:UpdateItem on Table.Arn${forKeys('<d>#MAILBUDGET')}`,
      `dynamodb:GetItem, dynamodb:UpdateItem on Table.Arn${forKeys('<d>#SUPPRESSED*')}`,
      'dynamodb:ListStreams on *',
      `dynamodb:PutItem on Table.Arn${forKeys('<d>#MAIL', '<d>#OUTBOX', 'OUTBOX-MINUTES', 'LICENSEKEY#*', '<d>#NOTICE')}`,
      `dynamodb:Query, dynamodb:UpdateItem on Table.Arn${forKeys('<d>#MAIL')}`,
      `dynamodb:UpdateItem on Table.Arn${forKeys('<d>#LICENSE')}`,
      'secretsmanager:GetSecretValue on LicenseSecret',
      'ses:SendEmail on arn:aws:ses:us-east-1:000000000000:configuration-set/MailConfigurationSet, ' +
        'arn:aws:ses:us-east-1:000000000000:identity/* ' +
        'if {"StringEquals":{"ses:FromAddress":"licenses@example.com"}}',
      'sqs:GetQueueAttributes, sqs:GetQueueUrl, sqs:SendMessage on LicenseChangesFailures.Arn',
      'sqs:SendMessage on DeliveryMailFailures.Arn, MailOutboxRequests.Arn',
    ]);
  });

  it('has the table, the secret, the dead-letter queue and the mail settings in its environment', () => {
    const { TABLE_NAME, LICENSE_SECRET_ARN, MAIL_SETTINGS, MAIL_TEMPLATES, ...others } =
      licenseChangesFunction.environment;
    const { MAIL_BUDGET, MAIL_FAILURES_QUEUE_URL, OUTBOX_QUEUE_URL, AUDIT_RETENTION_DAYS, ...unexpected } =
      others;
    expect(Object.keys(unexpected).filter((name) => !name.startsWith('POWERTOOLS_'))).toEqual([]);
    expect(readableReference(TABLE_NAME)).toBe('Table');
    expect(readableReference(LICENSE_SECRET_ARN)).toBe('LicenseSecret');
    expect(MAIL_TEMPLATES).toBe('mail-templates.json');
    expect(readableReference(MAIL_FAILURES_QUEUE_URL)).toBe('DeliveryMailFailures');
    expect(readableReference(OUTBOX_QUEUE_URL)).toBe('MailOutboxRequests');
    expect(AUDIT_RETENTION_DAYS).toBe('365');
    expect(MAIL_BUDGET).toBe('{"minutesPerAddress":10,"emailsPerHour":10000}');
    const parts = (MAIL_SETTINGS as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
    const text = parts.map((part) => (typeof part === 'string' ? part : readableReference(part))).join('');
    expect(JSON.parse(text)).toEqual({
      sender: 'licenses@example.com',
      productName: 'Example Product',
      color: '#0b5cab',
      supportAddress: 'support@example.com',
      language: 'en',
      configurationSet: 'MailConfigurationSet',
    });
  });
});

describe('the identity of the sender', () => {
  const identityFor = (mailIdentity: string) => {
    const stack = synthesize({ mailSender: 'keys@mail.example.com', mailIdentity }).ScimLicenses;
    const identities = Object.values(resourcesOf(stack, 'AWS::SES::EmailIdentity'));
    return {
      identities: identities.map(({ Properties }) => Properties.EmailIdentity),
      dkim: Object.keys(stack.findOutputs('*')).filter((name) => name.startsWith('DkimRecord')),
    };
  };

  it('is the domain of the sender, with its DKIM records as outputs', () => {
    const { identities, dkim } = identityFor('domain');
    expect(identities).toEqual(['mail.example.com']);
    expect(dkim).toEqual(['DkimRecord1', 'DkimRecord2', 'DkimRecord3']);
  });

  it('can be the address of the sender', () => {
    expect(identityFor('address')).toMatchObject({ identities: ['keys@mail.example.com'], dkim: [] });
  });

  it('is not created if it exists', () => {
    expect(identityFor('existing')).toEqual({ identities: [], dkim: [] });
  });

  it('sends over TLS only', () => {
    expect(propertiesOf(template, 'AWS::SES::ConfigurationSet')).toMatchObject({
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
    });
  });
});

describe('the licenses stack', () => {
  it('matches the snapshot', () => {
    expect(snapshotOf(template)).toMatchSnapshot();
  });
});
