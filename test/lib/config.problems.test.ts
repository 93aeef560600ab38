import { readConfig } from '../../lib/config';
import { problemsOf } from './config-problems';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/6b8f2c1e-aaaa-bbbb-cccc-1234567890ab';

const MAIL_BUDGET =
  'an object with any of "minutesPerAddress": n (up to 1440) and "emailsPerHour": n (up to 1000000) with whole numbers above 0';

describe('readConfig', () => {
  it.each([
    ['account', '1234', 'the 12 digits of an AWS account, as text'],
    ['account', 111122223333, 'the 12 digits of an AWS account, as text'],
    ['region', 'Ireland', 'an AWS region such as eu-west-1'],
    ['mailSender', 'licenses', 'an email address'],
    ['mailSender', '', 'an email address'],
    ['mailIdentity', 'none', 'domain, address or existing'],
    ['productName', ' ', 'a name of 1 to 64 characters on one line'],
    ['productName', 'Two\nlines', 'a name of 1 to 64 characters on one line'],
    ['productName', 'x'.repeat(65), 'a name of 1 to 64 characters on one line'],
    ['color', 'red', 'a color such as #0b5cab'],
    ['supportAddress', 42, 'an email address'],
    ['removalPolicy', 'snapshot', 'retain or destroy'],
    ['auditRetentionDays', '0', 'a whole number of days above 0'],
    ['auditRetentionDays', '1.5', 'a whole number of days above 0'],
    ['auditRetentionDays', 'a year', 'a whole number of days above 0'],
    ['keyGraceDays', '-1', 'a whole number of days from 0 to 3650'],
    ['keyGraceDays', '0.5', 'a whole number of days from 0 to 3650'],
    ['keyGraceDays', '3651', 'a whole number of days from 0 to 3650'],
    ['setupLinkDays', '0', 'a whole number of days from 1 to 30'],
    ['setupLinkDays', '31', 'a whole number of days from 1 to 30'],
    ['keyGraceDays', '', 'a whole number of days from 0 to 3650'],
    ['logLevel', 'info', 'DEBUG, INFO, WARN, ERROR'],
    ['logRetentionDays', '91', 'a number of days that CloudWatch Logs accepts, such as 30, 90 or 365'],
    ['logRetentionDays', '9999', 'a number of days that CloudWatch Logs accepts, such as 30, 90 or 365'],
    ['tracing', 'on', 'true or false'],
    ['webAcl', 'on', 'true or false'],
    ['backup', 'on', 'true or false'],
    ['restoredTable', 'a b', 'the name of a DynamoDB table'],
    ['formerTable', 'delete', 'keep or remove'],
    ['secretReplicaRegion', 'Ohio', 'another AWS region such as eu-central-1'],
    ['permissionsBoundaryArn', 'boundary', 'the ARN of a managed policy'],
    ['requireMailAddress', 'maybe', 'true or false'],
    ['accessTokenMinutes', '59', 'a whole number of minutes from 60 to 360'],
    ['accessTokenMinutes', '361', 'a whole number of minutes from 60 to 360'],
    ['accessTokenMinutes', '90.5', 'a whole number of minutes from 60 to 360'],
    ['mailBudget', '{"minutesPerAddress":0}', MAIL_BUDGET],
    ['mailBudget', '{"minutesPerAddress":1441}', MAIL_BUDGET],
    ['mailBudget', '{"emailsPerHour":0}', MAIL_BUDGET],
    ['mailBudget', '{"perDay":1}', MAIL_BUDGET],
    ['alarmTopicArn', 'alarms', 'the ARN of an SNS topic'],
    ['alarmEmail', 'ops', 'an email address'],
    [
      'docsUrl',
      'https://docs.example.com/?page=',
      'the URL or path of the documents, such as https://docs.example.com/scim or https://docs.example.com/{page}.html',
    ],
    ['apiGatewayAccountRole', 'yes', 'true or false'],
    ['contactText', ' ', 'a text of 1 to 300 characters on one line'],
    ['contactText', 'Two\nlines', 'a text of 1 to 300 characters on one line'],
    ['contactText', 'x'.repeat(301), 'a text of 1 to 300 characters on one line'],
  ])('rejects %s = %j and says what it expects', (key, given, expected) => {
    expect(problemsOf({ [key]: given })).toEqual([
      `${key}: given ${JSON.stringify(given)}, expected ${expected}.`,
    ]);
  });

  it('rejects a stage without a table', () => {
    expect(problemsOf({ formerTable: 'remove' })).toEqual([
      'formerTable: given "remove", expected "keep", because there is no restoredTable. The stage needs its own table.',
    ]);
    expect(problemsOf({ formerTable: 'remove', restoredTable: 'scim-restored' })).toEqual([]);
  });

  it.each([
    [{ requestsPerSecond: 0 }],
    [{ requestsPerMinute: 1 }],
    [{ cacheSeconds: 60 }],
    [{ cacheSeconds: { unknown: 60 } }],
    ['50'],
  ])('rejects the license check %j', (licenseCheck) => {
    expect(problemsOf({ licenseCheck })).toEqual([
      expect.stringMatching(/^licenseCheck: given .*, expected an object with any of "cacheSeconds"/),
    ]);
  });

  it.each([
    [{ days: 0 }],
    [{ days: 31 }],
    [{ days: 1.5 }],
    [{ keys: [] }],
    [{ keys: ['1', '1'] }],
    [{ keys: ['1', '2', '3', '4'] }],
    [{ keys: ['A'] }],
    [{ key: '1' }],
    ['30'],
  ])('rejects the lease %j', (licenseLease) => {
    expect(problemsOf({ licenseLease })).toEqual([
      expect.stringMatching(/^licenseLease: given .*, expected an object with any of "days"/),
    ]);
  });

  it.each([
    ['https://id.example.com'],
    [['id.example.com']],
    [['https://id.example.com/']],
    [['https://id.example.com/keys']],
    [['https://ID.example.com']],
    [['https://id.example.com:443']],
    [['https://user@id.example.com']],
    [['https://*.example.com']],
    [['ftp://id.example.com']],
    [['http://0x7f000001']],
    [['https://id.example.com', 'https://id.example.com']],
    [Array.from({ length: 21 }, (_, index) => `https://id${index}.example.com`)],
  ])('rejects the origins of keys and of receivers %j', (origins) => {
    for (const setting of ['jwksOrigins', 'webhookOrigins'])
      expect(problemsOf({ [setting]: origins })).toEqual([
        expect.stringMatching(
          new RegExp(`^${setting}: given .*, expected a list of up to 20 different origins`),
        ),
      ]);
  });

  it('rejects an unknown setting and lists the settings', () => {
    expect(problemsOf({ mailSendr: 'licenses@example.com' })).toEqual([
      expect.stringMatching(/^mailSendr: this setting does not exist\. The settings are account, .*\.$/),
    ]);
  });

  it('rejects a setting that has another name now, and says its name', () => {
    expect(problemsOf({ colour: '#0b5cab' })).toEqual([
      'colour: this setting is now called color. Rename it in the settings file.',
    ]);
  });

  it.each([
    [{ domainName: 'scim.example.com' }, 'certificateArn: missing, but required by domainName'],
    [{ certificateArn: CERTIFICATE }, 'domainName: missing, but required by certificateArn'],
  ])('rejects an incomplete custom domain: %j', (context, problem) => {
    expect(problemsOf(context)).toEqual([`${problem}: a custom domain needs both.`]);
  });

  it.each(['scim', 'SCIM.example.com', 'https://scim.example.com', 'scim.example.com/scim'])(
    'rejects the domain name %j',
    (domainName) => {
      expect(problemsOf({ domainName, certificateArn: CERTIFICATE })).toEqual([
        expect.stringMatching(/^domainName: given .*, expected a lowercase host name/),
      ]);
    },
  );

  it('reports all problems at once, one per line', () => {
    const context = { mailSender: 'x', auditRetentionDays: 'y', removalPolicy: 'z' };
    expect(() => readConfig(context)).toThrow(
      /^[^\n]+not valid:\n- mailSender.*\n- removalPolicy.*\n- auditRetentionDays.*$/,
    );
  });
});
