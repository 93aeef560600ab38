import { DEFAULT_RATE_PLANS } from '../../../shared/rate-plan';
import { deployedFunctions, describeGrants } from '../deployed-functions';
import { filterResources, resourcesOf, synthesize } from '../synthesize';

// license-check-api.test.ts tests the license check API.
const template = filterResources(synthesize().ScimApi, (logicalId) => !logicalId.startsWith('LicenseCheck'));
const functions = deployedFunctions(template);

describe('the permissions of the functions of the API', () => {
  const RESOURCE_GRANTS = [
    'dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:Query on Table.Arn, Table.Arn/index/byExternalId, Table.Arn/index/byUserName',
    'dynamodb:ConditionCheckItem, dynamodb:DeleteItem, dynamodb:PutItem, dynamodb:UpdateItem on Table.Arn',
  ];
  const CURSOR_GRANT = 'secretsmanager:GetSecretValue on CursorSecret';
  const EVENTS =
    'dynamodb:PutItem on Table.Arn if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["*#AUDIT"]}}';
  const COUNTERS = [
    'dynamodb:UpdateItem on Table.Arn if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["*#RATE","*#NOTICE"]}}',
  ];

  const KEY_LOOKUP = [
    'dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:UpdateItem on Table.Arn if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["DOMAIN#*"]}}',
    'secretsmanager:GetSecretValue on KeyPepperSecret',
  ];

  it.each([
    ['authorizer', KEY_LOOKUP],
    ['users', [...RESOURCE_GRANTS, CURSOR_GRANT]],
    ['groups', [...RESOURCE_GRANTS, CURSOR_GRANT]],
    ['bulk', RESOURCE_GRANTS],
    [
      'search',
      [
        RESOURCE_GRANTS[0],
        EVENTS,
        'dynamodb:PutItem on Table.Arn if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["*#PAGE#*","????????-????-????-????-????????????#EMAIL"]}}',
        ...COUNTERS,
        CURSOR_GRANT,
      ],
    ],
    ['discovery', [KEY_LOOKUP[0], EVENTS, ...COUNTERS, KEY_LOOKUP[1]]],
    [
      'readiness',
      [
        'dynamodb:BatchGetItem on Table.Arn if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["????????-????-????-????-????????????#LICENSE"]}}',
        'dynamodb:GetItem on Table.Arn if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["DOMAIN#*"]}}',
        EVENTS,
        expect.stringMatching(
          /^dynamodb:Query on Table\.Arn if .*\["DOMAIN#\*",".*#NOTICE",".*#RATE",".*#PENDING",".*#SUPPRESSED"\]/,
        ),
        ...COUNTERS,
        'ses:GetAccount on *',
        'ses:GetEmailIdentity on arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:identity/example.com',
      ],
    ],
    ['not-found', [EVENTS, ...COUNTERS]],
  ])('%s', (name, grants) => {
    expect(functions[name] && describeGrants(functions[name])).toEqual(grants);
  });

  it('cover all functions, and include no managed policies', () => {
    expect(Object.keys(functions).sort()).toEqual([
      'authorizer',
      'bulk',
      'discovery',
      'groups',
      'not-found',
      'readiness',
      'search',
      'users',
    ]);
    for (const [id, { Properties }] of Object.entries(resourcesOf(template, 'AWS::IAM::Role'))) {
      if (!id.includes('CloudWatchRole')) expect(Properties).not.toHaveProperty('ManagedPolicyArns');
    }
  });
});

describe('the environment of each function of the API', () => {
  const API = ['TABLE_NAME', 'RATE_PLANS', 'AUDIT_RETENTION_DAYS'];

  it.each([
    ['authorizer', ['TABLE_NAME', 'KEY_PEPPER_SECRET_ARN']],
    ['users', [...API, 'CURSOR_SECRET_ARN', 'KEY_GRACE_DAYS', 'REQUIRE_MAIL_ADDRESS']],
    ['groups', [...API, 'CURSOR_SECRET_ARN']],
    ['bulk', [...API, 'KEY_GRACE_DAYS', 'REQUIRE_MAIL_ADDRESS']],
    ['search', [...API, 'CURSOR_SECRET_ARN']],
    ['discovery', [...API, 'DOCS_URL', 'KEY_PEPPER_SECRET_ARN']],
    ['readiness', [...API, 'MAIL_IDENTITY', 'DOCS_URL']],
    ['not-found', [...API, 'DOCS_URL']],
  ])('%s has %j', (name, variables) => {
    const names = Object.keys(functions[name]?.environment ?? {});
    expect(names.filter((variable) => !variable.startsWith('POWERTOOLS_')).sort()).toEqual(
      [...variables].sort(),
    );
  });

  it('contains the settings', () => {
    const docsUrl = 'https://docs.example.com/scim';
    const ratePlans = { gallery: null };
    const context = { auditRetentionDays: 7, keyGraceDays: 0, ratePlans, docsUrl: `${docsUrl}/` };
    const { users, discovery, 'not-found': notFound } = deployedFunctions(synthesize(context).ScimApi);
    for (const fn of [discovery, notFound]) expect(fn?.environment.DOCS_URL).toBe(docsUrl);
    expect(users?.environment.AUDIT_RETENTION_DAYS).toBe('7');
    expect(users?.environment.KEY_GRACE_DAYS).toBe('0');
    expect(JSON.parse(users?.environment.RATE_PLANS as string)).toEqual({
      ...DEFAULT_RATE_PLANS,
      gallery: null,
    });
  });

  it('contains the contact text only if the setting is present, where readiness is checked', () => {
    const contactText = 'Write to sales@example.com.';
    const { ScimApi, ScimAdmin } = synthesize({ contactText });
    for (const fn of [deployedFunctions(ScimApi).readiness, deployedFunctions(ScimAdmin).admin])
      expect(fn?.environment.CONTACT_TEXT).toBe(contactText);
    expect(functions.readiness?.environment).not.toHaveProperty('CONTACT_TEXT');
  });

  it('names the sender’s identity as the licenses stack creates it', () => {
    const identityFor = (mailIdentity: string): unknown =>
      deployedFunctions(synthesize({ mailSender: 'keys@mail.example.com', mailIdentity }).ScimApi).readiness
        ?.environment.MAIL_IDENTITY;
    expect(['domain', 'existing', 'address'].map(identityFor)).toEqual([
      'mail.example.com',
      'mail.example.com',
      'keys@mail.example.com',
    ]);
  });
});
