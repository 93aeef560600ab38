import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import cdk from '../../cdk.json';
import { readConfig } from '../../lib/config';
import { DEFAULT_CONCURRENCY } from '../../lib/settings/concurrency';
import { loadMailTemplates } from '../../lib/template-check/load-templates';
import { DEFAULT_LICENSE_CHECK } from '../../shared/limits/license-check-limits';
import { DEFAULT_RATE_PLANS } from '../../shared/limits/rate-plan';
import { problemsOf } from './config-problems';
import { DEFAULT_PRODUCT_SETTINGS } from '../../shared/scim/schemas/product-user';
import { ACME } from '../support/scim/acme-settings';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/6b8f2c1e-aaaa-bbbb-cccc-1234567890ab';
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alarms';

describe('readConfig', () => {
  it('has a default for every setting, and ignores the CDK’s own context', () => {
    expect(readConfig({ ...cdk.context, stage: 'local' })).toEqual({
      stage: 'local',
      product: DEFAULT_PRODUCT_SETTINGS,
      account: '000000000000',
      region: 'us-east-1',
      tags: {},
      mail: {
        sender: 'licenses@example.com',
        productName: 'Example Product',
        color: '#0b5cab',
        supportAddress: 'support@example.com',
        language: 'en',
      },
      mailTemplates: loadMailTemplates().files,
      mailIdentity: 'domain',
      customDomain: undefined,
      removalPolicy: 'retain',
      protect: false,
      logLevel: 'INFO',
      logRetentionDays: 90,
      tracing: false,
      rollout: 'none',
      webAcl: false,
      backup: false,
      formerTable: 'keep',
      portal: true,
      publicHelp: true,
      customerKey: 'none',
      ratePlans: DEFAULT_RATE_PLANS,
      licenseCheck: DEFAULT_LICENSE_CHECK,
      licenseLease: { days: 1, keys: ['1'] },
      concurrency: null,
      jwksOrigins: ['http://127.0.0.1:3002'],
      webhookOrigins: ['http://127.0.0.1:3003'],
      eventBus: true,
      scimRequestsPerSecond: 2_000,
      auditRetentionDays: 365,
      keyGraceDays: 30,
      setupLinkDays: 7,
      requireMailAddress: false,
      accessTokenMinutes: 60,
      mailBudget: { minutesPerAddress: 10, emailsPerHour: 10_000 },
      alarmTopicArn: undefined,
      alarmEmail: undefined,
      docsUrl: 'docs',
      apiGatewayAccountRole: true,
    });
  });

  it('accepts every setting', () => {
    const config = readConfig({
      tags: { 'cost-center': '4711' },
      account: '111122223333',
      region: 'eu-west-1',
      mailSender: 'keys@mail.example.com',
      mailIdentity: 'existing',
      productName: 'Acme Observer',
      color: '#AA0000',
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
      licenseLease: { days: 30, keys: ['2027', '2026'] },
      concurrency: { accountLimit: 2_000, users: 300 },
      jwksOrigins: ['https://id.example.com', 'http://127.0.0.1:8080', 'https://[2001:db8::1]'],
      webhookOrigins: ['https://10.0.0.5:8443'],
      eventBus: true,
      scimRequestsPerSecond: 500,
      auditRetentionDays: 30,
      keyGraceDays: 7,
      setupLinkDays: 7,
      requireMailAddress: true,
      accessTokenMinutes: 120,
      portal: false,
      customerKey: 'encrypt',
      mailBudget: { minutesPerAddress: 30 },
      alarmTopicArn: TOPIC,
      alarmEmail: 'ops@example.com',
      docsUrl: 'https://docs.example.com/scim/',
      userTypes: JSON.stringify(ACME.userTypes),
      userExtension: JSON.stringify(ACME.userExtension),
      organizations: JSON.stringify(ACME.organizations),
      apiGatewayAccountRole: false,
    });
    expect(config).toEqual({
      stage: 'local',
      product: ACME,
      tags: { 'cost-center': '4711' },
      account: '111122223333',
      region: 'eu-west-1',
      mail: {
        sender: 'keys@mail.example.com',
        productName: 'Acme Observer',
        color: '#AA0000',
        supportAddress: 'help@example.com',
        language: 'de',
      },
      mailTemplates: loadMailTemplates().files,
      mailIdentity: 'existing',
      customDomain: { domainName: 'scim.example.com', certificateArn: CERTIFICATE },
      removalPolicy: 'destroy',
      protect: false,
      logLevel: 'INFO',
      logRetentionDays: 90,
      tracing: false,
      rollout: 'none',
      webAcl: false,
      backup: false,
      formerTable: 'keep',
      ratePlans: {
        standard: { perMinute: 600, perTenSeconds: 200, bulkOperationsPerRequest: 1 },
        gallery: null,
        unmetered: null,
      },
      licenseCheck: { cacheSeconds: { active: 60, other: 5 }, requestsPerSecond: 200 },
      licenseLease: { days: 30, keys: ['2027', '2026'] },
      concurrency: { ...DEFAULT_CONCURRENCY, accountLimit: 2_000, users: 300 },
      jwksOrigins: ['https://id.example.com', 'http://127.0.0.1:8080', 'https://[2001:db8::1]'],
      webhookOrigins: ['https://10.0.0.5:8443'],
      eventBus: true,
      scimRequestsPerSecond: 500,
      auditRetentionDays: 30,
      keyGraceDays: 7,
      setupLinkDays: 7,
      requireMailAddress: true,
      accessTokenMinutes: 120,
      portal: false,
      publicHelp: true,
      customerKey: 'encrypt',
      mailBudget: { minutesPerAddress: 30, emailsPerHour: 10_000 },
      alarmTopicArn: TOPIC,
      alarmEmail: 'ops@example.com',
      docsUrl: 'https://docs.example.com/scim',
      apiGatewayAccountRole: false,
    });
  });

  it('parses numbers, booleans and objects from command line text', () => {
    const config = readConfig({
      tags: '{"team":"identity"}',
      auditRetentionDays: '30',
      keyGraceDays: '0',
      requireMailAddress: 'true',
      apiGatewayAccountRole: 'false',
      ratePlans: '{"unmetered":{"perMinute":60000,"perTenSeconds":10000}}',
    });
    expect(config.tags).toEqual({ team: 'identity' });
    expect(config.auditRetentionDays).toBe(30);
    expect(config.keyGraceDays).toBe(0);
    expect(config.requireMailAddress).toBe(true);
    expect(config.apiGatewayAccountRole).toBe(false);
    expect(config.ratePlans).toEqual({
      ...DEFAULT_RATE_PLANS,
      unmetered: { perMinute: 60_000, perTenSeconds: 10_000, bulkOperationsPerRequest: 10 },
    });
  });

  it('replaces built-in email templates with custom ones, and reports their problems', () => {
    const mailTemplates = mkdtempSync(path.join(tmpdir(), 'overlay-'));
    writeFileSync(path.join(mailTemplates, 'key-box.html'), '<b>{{key}}</b>');
    expect(readConfig({ mailTemplates }).mailTemplates['key-box.html']).toBe('<b>{{key}}</b>');
    writeFileSync(path.join(mailTemplates, 'key-box.html'), '<b>{{{key}}}</b>');
    expect(problemsOf({ mailTemplates })).toEqual([
      'mailTemplates: key-box.html: {{{key}}} is not escaped. Write {{key}}.',
    ]);
  });

  it('rejects a language without templates', () => {
    expect(problemsOf({ mailLanguage: 'fr' })).toEqual([
      'mailLanguage: given "fr", expected one of de, en, or a language that mailTemplates adds.',
    ]);
  });

  it('accepts an OpenID issuer with its client ID and roles claim', () => {
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
  ])('rejects %s without its counterpart', (given, value, missing) => {
    expect(problemsOf({ [given]: value })).toEqual([
      `${missing}: missing, but required by ${given}: the issuer identifies the portal by its client ID.`,
    ]);
  });

  it('keeps the contact text as it is written', () => {
    const contactText = 'Write to "sales@example.com" (in English) to get SCIM. Größe: 5';
    expect(readConfig({ contactText }).contactText).toBe(contactText);
    expect(readConfig({})).not.toHaveProperty('contactText', expect.anything());
  });

  it('does not parse text settings as JSON', () => {
    expect(readConfig({ productName: '365' }).mail.productName).toBe('365');
  });

  it.each([
    ['an unknown plan', { premium: null }],
    ['a limit without a burst', { standard: { perMinute: 100 } }],
    ['a limit of 0', { standard: { perMinute: 0, perTenSeconds: 1 } }],
    ['no bulk operations', { standard: { perMinute: 1, perTenSeconds: 1, bulkOperationsPerRequest: 0 } }],
    ['a limit with an unknown key', { standard: { perMinute: 1, perTenSeconds: 1, perHour: 1 } }],
    ['text that is not JSON', 'standard=100'],
    ['a list', []],
  ])('rejects rate plans with %s', (_, ratePlans) => {
    expect(problemsOf({ ratePlans })).toEqual([
      expect.stringMatching(
        /^ratePlans: given .*, expected an object with any of standard, gallery and unmetered/,
      ),
    ]);
  });

  it.each([
    [{ stage: 'prod' }],
    [{ application: 'other' }],
    [{ 'aws:team': 'identity' }],
    [{ team: 4711 }],
    [{ team: 'a\nb' }],
    [{ 'team?': 'identity' }],
    [{ team: 'x'.repeat(257) }],
    [{ '': 'identity' }],
    ['identity'],
  ])('rejects the tags %j', (tags) => {
    expect(problemsOf({ tags })).toEqual([
      expect.stringMatching(/^tags: given .*, expected an object with up to 40 names and texts/),
    ]);
  });

  it('cannot protect data that is deleted with its stack', () => {
    expect(problemsOf({ protect: 'true', removalPolicy: 'destroy' })).toEqual([
      'protect: given true, expected false, because removalPolicy is destroy.',
    ]);
    expect(readConfig({ protect: 'true' }).protect).toBe(true);
  });

  it('uses defaults for omitted license check settings', () => {
    const licenseCheck = '{"cacheSeconds":{"other":60}}';
    expect(readConfig({ licenseCheck }).licenseCheck).toEqual({
      ...DEFAULT_LICENSE_CHECK,
      cacheSeconds: { active: DEFAULT_LICENSE_CHECK.cacheSeconds.active, other: 60 },
    });
  });
});
