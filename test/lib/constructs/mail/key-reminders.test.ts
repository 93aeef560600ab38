import { deployedFunctions, describeGrants } from '../../deployed-functions';
import { resourcesOf, synthesize } from '../../synthesize';

const template = synthesize({ alarmEmail: 'ops@example.com' }).ScimLicenses;

const reminders = deployedFunctions(template)['key-reminders'];
if (!reminders) throw new Error('There is no function that reminds of keys.');

const propertiesLike = (type: string, name: RegExp) =>
  Object.entries(resourcesOf(template, type)).find(([id]) => name.test(id))?.[1].Properties;

it('runs every hour, and is not retried in between', () => {
  expect(propertiesLike('AWS::Events::Rule', /^KeyReminders/)).toMatchObject({
    ScheduleExpression: 'rate(1 hour)',
    State: 'ENABLED',
    Targets: [{ RetryPolicy: { MaximumRetryAttempts: 0 } }],
  });
  expect(propertiesLike('AWS::Lambda::EventInvokeConfig', /^KeyReminders/)).toMatchObject({
    MaximumRetryAttempts: 0,
  });
  expect(reminders.properties).toMatchObject({ Timeout: 600 });
});

it('reads domains and keys, and writes only the state of reminders and of its check, and the counts of a day', () => {
  const id = '<d>';
  const onKeys = (...keys: string[]) =>
    `on Table.Arn if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":${JSON.stringify(keys)}}}`;
  expect(describeGrants(reminders)).toEqual([
    `dynamodb:DeleteItem, dynamodb:PutItem ${onKeys('KEY-CHECK')}`,
    `dynamodb:GetItem ${onKeys(`${id}#SUPPRESSED*`, 'KEY-CHECK', `DOMAIN#${id}`)}`,
    `dynamodb:PutItem ${onKeys(`${id}#USAGE`)}`,
    `dynamodb:Query ${onKeys(`${id}#COUNTS`, 'DOMAINS', `DOMAIN#${id}`, `${id}#MAIL`)}`,
    `dynamodb:UpdateItem ${onKeys(`${id}#MAIL`, `${id}#MAILBUDGET`)}`,
    // The stage of expiry that an event has announced.
    expect.stringMatching(/^dynamodb:UpdateItem on .*DOMAIN#<d>.*"expiryStage","expiryNoticedAt"/),
    expect.stringMatching(
      /^ses:SendEmail on .* if {"StringEquals":{"ses:FromAddress":"licenses@example\.com"}}$/,
    ),
    expect.stringMatching(/^ssm:GetParameter on [^*]*:parameter\/scim-provisioning\/admin$/),
  ]);
});

it('sends the reminders of all domains to the alarm address, if there is one', () => {
  expect(reminders.environment.ALARM_EMAIL).toBe('ops@example.com');
  const without = deployedFunctions(synthesize().ScimLicenses)['key-reminders'];
  expect(without?.environment).not.toHaveProperty('ALARM_EMAIL');
});
