import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import cdk from '../../cdk.json';
import { ConfigError, readConfig } from '../../lib/config';
import { loadMailTemplates } from '../../lib/mail-templates/load-templates';
import { DEFAULT_LICENSE_CHECK } from '../../shared/license-check-limits';
import { DEFAULT_RATE_PLANS } from '../../shared/rate-plan';

/** The problems that a context is rejected with. */
function problemsOf(context: Record<string, unknown>): readonly string[] {
  try {
    readConfig(context);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/6b8f2c1e-aaaa-bbbb-cccc-1234567890ab';
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alarms';

describe('readConfig', () => {
  it('has a default for every setting, and takes no notice of the CDK’s own context', () => {
    expect(readConfig(cdk.context)).toEqual({
      mail: {
        sender: 'licenses@example.com',
        productName: 'Example Product',
        colour: '#0b5cab',
        supportAddress: 'support@example.com',
        language: 'en',
      },
      mailTemplates: loadMailTemplates().files,
      mailIdentity: 'domain',
      customDomain: undefined,
      removalPolicy: 'retain',
      ratePlans: DEFAULT_RATE_PLANS,
      licenseCheck: DEFAULT_LICENSE_CHECK,
      auditRetentionDays: 365,
      alarmTopicArn: undefined,
      alarmEmail: undefined,
      docsUrl: 'docs',
      apiGatewayAccountRole: true,
    });
  });

  it('takes every setting', () => {
    const config = readConfig({
      mailSender: 'keys@mail.example.com',
      mailIdentity: 'existing',
      productName: 'Acme Observer',
      colour: '#AA0000',
      supportAddress: 'help@example.com',
      mailLanguage: 'de',
      domainName: 'scim.example.com',
      certificateArn: CERTIFICATE,
      removalPolicy: 'destroy',
      ratePlans: {
        standard: { perMinute: 600, perTenSeconds: 200, bulkOperationsPerRequest: 1 },
        gallery: null,
      },
      licenseCheck: { cacheSeconds: { active: 60, other: 5 }, requestsPerSecond: 200 },
      auditRetentionDays: 30,
      alarmTopicArn: TOPIC,
      alarmEmail: 'ops@example.com',
      docsUrl: 'https://docs.example.com/scim/',
      apiGatewayAccountRole: false,
    });
    expect(config).toEqual({
      mail: {
        sender: 'keys@mail.example.com',
        productName: 'Acme Observer',
        colour: '#AA0000',
        supportAddress: 'help@example.com',
        language: 'de',
      },
      mailTemplates: loadMailTemplates().files,
      mailIdentity: 'existing',
      customDomain: { domainName: 'scim.example.com', certificateArn: CERTIFICATE },
      removalPolicy: 'destroy',
      ratePlans: {
        standard: { perMinute: 600, perTenSeconds: 200, bulkOperationsPerRequest: 1 },
        gallery: null,
        unmetered: null,
      },
      licenseCheck: { cacheSeconds: { active: 60, other: 5 }, requestsPerSecond: 200 },
      auditRetentionDays: 30,
      alarmTopicArn: TOPIC,
      alarmEmail: 'ops@example.com',
      docsUrl: 'https://docs.example.com/scim',
      apiGatewayAccountRole: false,
    });
  });

  it('reads numbers, booleans and objects from the text that the command line gives', () => {
    const config = readConfig({
      auditRetentionDays: '30',
      apiGatewayAccountRole: 'false',
      ratePlans: '{"unmetered":{"perMinute":60000,"perTenSeconds":10000}}',
    });
    expect(config.auditRetentionDays).toBe(30);
    expect(config.apiGatewayAccountRole).toBe(false);
    expect(config.ratePlans).toEqual({
      ...DEFAULT_RATE_PLANS,
      unmetered: { perMinute: 60_000, perTenSeconds: 10_000, bulkOperationsPerRequest: 10 },
    });
  });

  it('reads the templates of the mails, laid over the built-in ones, and names what is wrong with them', () => {
    const mailTemplates = mkdtempSync(path.join(tmpdir(), 'overlay-'));
    writeFileSync(path.join(mailTemplates, 'key-box.html'), '<b>{{key}}</b>');
    expect(readConfig({ mailTemplates }).mailTemplates['key-box.html']).toBe('<b>{{key}}</b>');
    writeFileSync(path.join(mailTemplates, 'key-box.html'), '<b>{{{key}}}</b>');
    expect(problemsOf({ mailTemplates })).toEqual([
      'mailTemplates: key-box.html: {{{key}}} is not escaped. Write {{key}}.',
    ]);
  });

  it('rejects a language of which there are no templates', () => {
    expect(problemsOf({ mailLanguage: 'fr' })).toEqual([
      'mailLanguage: given "fr", expected one of de, en, or one that mailTemplates adds.',
    ]);
  });

  it('takes an issuer of portal users with its client, and the claim of roles that it calls otherwise', () => {
    const oidc = { oidcIssuer: 'https://login.example.com/tenant', oidcClientId: 'portal' };
    const issuer = { issuer: oidc.oidcIssuer, clientId: 'portal', rolesClaim: 'cognito:groups' };
    expect(readConfig(oidc).issuer).toEqual(issuer);
    expect(readConfig({ ...oidc, oidcRolesClaim: 'roles' }).issuer).toEqual({
      ...issuer,
      rolesClaim: 'roles',
    });
    expect(readConfig({}).issuer).toBeUndefined();
  });

  it.each([
    ['oidcIssuer', 'https://login.example.com', 'oidcClientId'],
    ['oidcClientId', 'portal', 'oidcIssuer'],
  ])('wants what belongs to %s', (given, value, missing) => {
    expect(problemsOf({ [given]: value })).toEqual([
      `${missing}: given nothing, expected with ${given}: an issuer knows the portal by its client id.`,
    ]);
  });

  it('leaves text that looks like JSON alone where a setting is text', () => {
    expect(readConfig({ productName: '365' }).mail.productName).toBe('365');
  });

  it.each([
    ['mailSender', 'licenses', 'a mail address'],
    ['mailSender', '', 'a mail address'],
    ['mailIdentity', 'none', 'domain, address or existing'],
    ['productName', ' ', 'a name of 1 to 64 characters in one line'],
    ['productName', 'Two\nlines', 'a name of 1 to 64 characters in one line'],
    ['productName', 'x'.repeat(65), 'a name of 1 to 64 characters in one line'],
    ['colour', 'red', 'a colour such as #0b5cab'],
    ['supportAddress', 42, 'a mail address'],
    ['removalPolicy', 'snapshot', 'retain or destroy'],
    ['auditRetentionDays', '0', 'a whole number of days above 0'],
    ['auditRetentionDays', '1.5', 'a whole number of days above 0'],
    ['auditRetentionDays', 'a year', 'a whole number of days above 0'],
    ['alarmTopicArn', 'alarms', 'the ARN of an SNS topic'],
    ['alarmEmail', 'ops', 'a mail address'],
    [
      'docsUrl',
      'https://docs.example.com/?page=',
      'the URL or path of the folder docs, such as https://docs.example.com/scim',
    ],
    ['apiGatewayAccountRole', 'yes', 'true or false'],
  ])('rejects %s = %j and says what it takes', (key, given, expected) => {
    expect(problemsOf({ [key]: given })).toEqual([
      `${key}: given ${JSON.stringify(given)}, expected ${expected}.`,
    ]);
  });

  it.each([
    ['a plan that does not exist', { premium: null }],
    ['a limit without a burst', { standard: { perMinute: 100 } }],
    ['a limit of nothing', { standard: { perMinute: 0, perTenSeconds: 1 } }],
    ['no operation of a bulk', { standard: { perMinute: 1, perTenSeconds: 1, bulkOperationsPerRequest: 0 } }],
    ['a limit with a further key', { standard: { perMinute: 1, perTenSeconds: 1, perHour: 1 } }],
    ['text that is no JSON', 'standard=100'],
    ['a list', []],
  ])('rejects rate plans with %s', (_, ratePlans) => {
    expect(problemsOf({ ratePlans })).toEqual([
      expect.stringMatching(
        /^ratePlans: given .*, expected an object with any of standard, gallery and unmetered/,
      ),
    ]);
  });

  it('takes of the license check what is given, and has a default for the rest', () => {
    const licenseCheck = '{"cacheSeconds":{"other":60}}';
    expect(readConfig({ licenseCheck }).licenseCheck).toEqual({
      ...DEFAULT_LICENSE_CHECK,
      cacheSeconds: { active: DEFAULT_LICENSE_CHECK.cacheSeconds.active, other: 60 },
    });
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

  it('rejects a setting that does not exist and names those that do', () => {
    expect(problemsOf({ mailSendr: 'licenses@example.com' })).toEqual([
      expect.stringMatching(/^mailSendr: there is no such setting\. There are mailSender, .*\.$/),
    ]);
  });

  it.each([
    [{ domainName: 'scim.example.com' }, 'certificateArn: given nothing, expected with domainName'],
    [{ certificateArn: CERTIFICATE }, 'domainName: given nothing, expected with certificateArn'],
  ])('rejects half of a custom domain: %j', (context, problem) => {
    expect(problemsOf(context)).toEqual([`${problem}: a custom domain needs both.`]);
  });

  it.each(['scim', 'SCIM.example.com', 'https://scim.example.com', 'scim.example.com/scim'])(
    'rejects the domain name %j',
    (domainName) => {
      expect(problemsOf({ domainName, certificateArn: CERTIFICATE })).toEqual([
        expect.stringMatching(/^domainName: given .*, expected a host name in lower case/),
      ]);
    },
  );

  it('tells of all problems at once, one a line', () => {
    const context = { mailSender: 'x', auditRetentionDays: 'y', removalPolicy: 'z' };
    expect(() => readConfig(context)).toThrow(
      /^[^\n]+not valid:\n- mailSender.*\n- removalPolicy.*\n- auditRetentionDays.*$/,
    );
  });
});
