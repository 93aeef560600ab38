import { DEFAULT_RATE_PLANS } from '../../../shared/limits/rate-plan';
import { deployedFunctions, describeGrants, forKeys } from '../deployed-functions';
import { filterResources, resourcesOf, synthesize } from '../synthesize';

// license-check-api.test.ts and license-lease.test.ts test the license API.
const template = filterResources(
  synthesize().ScimApi,
  (logicalId) => !/^License(Check|Lease)/.test(logicalId),
);
const functions = deployedFunctions(template);

describe('the permissions of the functions of the API', () => {
  const INDEXES = 'Table.Arn, Table.Arn/index/byExternalId, Table.Arn/index/byUserName';
  const READS = [
    `dynamodb:BatchGetItem on Table.Arn${forKeys('<d>#*')}`,
    `dynamodb:GetItem on Table.Arn${forKeys('<d>#*', 'DOMAIN#<d>')}`,
  ];
  const QUERIES = `dynamodb:Query on ${INDEXES}${forKeys('<d>#*')}`;
  const PAGE_MARKS = `dynamodb:PutItem on Table.Arn${forKeys('<d>#PAGE#*')}`;
  const RECORDS = [
    `dynamodb:PutItem on Table.Arn${forKeys('<d>#AUDIT', '<d>#REQUEST#*')}`,
    `dynamodb:UpdateItem on Table.Arn${forKeys('<d>#RATE', '<d>#NOTICE')}`,
  ];
  const FORMER_COUNTS =
    'dynamodb:UpdateItem on Table.Arn if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["DOMAIN#<d>"]},' +
    '"ForAllValues:StringEquals":{"dynamodb:Attributes":["pk","sk","users","groups","activeLicenses",' +
    '"pendingLicenses","seats","seatPolicy","deletedAt","v"]}}';
  const COUNTS = [
    `dynamodb:ConditionCheckItem, dynamodb:PutItem, dynamodb:UpdateItem on Table.Arn${forKeys('<d>#COUNTS')}`,
    FORMER_COUNTS,
  ];
  const CURSOR = 'secretsmanager:GetSecretValue on CursorSecret';
  const put = (...keys: string[]) => `dynamodb:PutItem on Table.Arn${forKeys(...keys)}`;
  const update = (...keys: string[]) => `dynamodb:UpdateItem on Table.Arn${forKeys(...keys)}`;
  const check = (...keys: string[]) => `dynamodb:ConditionCheckItem on Table.Arn${forKeys(...keys)}`;
  const remove = (...keys: string[]) => `dynamodb:DeleteItem on Table.Arn${forKeys(...keys)}`;

  const KEY_LOOKUP = [
    `dynamodb:GetItem, dynamodb:UpdateItem on Table.Arn${forKeys('DOMAIN#<d>')}`,
    'secretsmanager:GetSecretValue on AccessTokenSecret, KeyPepperSecret',
  ];

  it.each([
    ['authorizer', [...KEY_LOOKUP, put('<d>#REQUEST#*')]],
    [
      'users',
      [
        ...[...READS, QUERIES, PAGE_MARKS, ...RECORDS, ...COUNTS, CURSOR],
        put(
          ...['<d>#USER', '<d>#NAME#USER#*', '<d>#EMAIL', '<d>#EMAIL#*'],
          ...['<d>#GROUP#*', '<d>#HEAD#*', '<d>#PENDING', '<d>#NOTICE'],
        ),
        update('<d>#USER', '<d>#GROUP', '<d>#HEAD#*', '<d>#LICENSE'),
        remove(
          ...['<d>#USER', '<d>#NAME#USER#*', '<d>#EMAIL', '<d>#EMAIL#*'],
          ...['<d>#GROUP#*', '<d>#PENDING', '<d>#MANAGED'],
        ),
        check('<d>#NAME#USER#*'),
      ],
    ],
    [
      'groups',
      [
        ...[...READS, QUERIES, PAGE_MARKS, ...RECORDS, ...COUNTS, CURSOR],
        `dynamodb:DeleteItem, dynamodb:PutItem on Table.Arn${forKeys('<d>#GROUP', '<d>#HEAD#*', '<d>#NAME#GROUP#*', '<d>#GROUP#*')}`,
        update('<d>#GROUP', '<d>#HEAD#*', '<d>#USER'),
        check('<d>#NAME#GROUP#*', '<d>#HEAD#*'),
      ],
    ],
    [
      'bulk',
      [
        `dynamodb:BatchGetItem, dynamodb:Query on Table.Arn${forKeys('<d>#*')}`,
        ...[READS[1] ?? '', ...RECORDS, ...COUNTS],
        put(
          ...['<d>#USER', '<d>#NAME#USER#*', '<d>#EMAIL', '<d>#EMAIL#*'],
          ...['<d>#GROUP#*', '<d>#HEAD#*', '<d>#PENDING', '<d>#NOTICE'],
          ...['<d>#GROUP', '<d>#NAME#GROUP#*'],
        ),
        update('<d>#USER', '<d>#GROUP', '<d>#HEAD#*', '<d>#LICENSE'),
        remove(
          ...['<d>#USER', '<d>#NAME#USER#*', '<d>#EMAIL', '<d>#EMAIL#*'],
          ...['<d>#GROUP#*', '<d>#PENDING', '<d>#MANAGED', '<d>#GROUP', '<d>#HEAD#*', '<d>#NAME#GROUP#*'],
        ),
        check('<d>#NAME#USER#*', '<d>#NAME#GROUP#*', '<d>#HEAD#*'),
      ],
    ],
    ['search', [...READS, QUERIES, PAGE_MARKS, put('<d>#EMAIL'), ...RECORDS, CURSOR]],
    // Discovery lists the roles that mappings name.
    ['discovery', [...KEY_LOOKUP, ...RECORDS, `dynamodb:GetItem on Table.Arn${forKeys('<d>#MAPPINGS')}`]],
    [
      'readiness',
      [
        `dynamodb:BatchGetItem on Table.Arn${forKeys('<d>#LICENSE', '<d>#USER')}`,
        `dynamodb:GetItem on Table.Arn${forKeys('DOMAIN#<d>')}`,
        `dynamodb:Query on Table.Arn${forKeys('<d>#COUNTS', 'DOMAIN#<d>', '<d>#MAILBUDGET', '<d>#NOTICE', '<d>#RATE', '<d>#PENDING', '<d>#SUPPRESSED*', '<d>#MAPPED-ADMINISTRATORS', '<d>#MANAGED', '<d>#SUBSCRIPTIONS', '<d>#WEBHOOK*')}`,
        ...RECORDS,
        'ses:GetAccount on *',
        'ses:GetEmailIdentity on arn:aws:ses:us-east-1:000000000000:identity/example.com',
        'ssm:GetParameter on arn:aws:ssm:us-east-1:000000000000:parameter/scim-provisioning/admin',
      ],
    ],
    ['not-found', RECORDS],
    [
      'token',
      [
        `dynamodb:BatchGetItem, dynamodb:GetItem on Table.Arn${forKeys('DOMAIN#<d>')}`,
        update('<d>#RATE', '<d>#NOTICE'),
        // The new hash of a client secret after a rotation of the pepper.
        `dynamodb:UpdateItem on Table.Arn if ${JSON.stringify({
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['DOMAIN#<d>'] },
          'ForAllValues:StringEquals': {
            'dynamodb:Attributes': ['pk', 'sk', 'hash', 'pepperId', 'revokedAt', 'v'],
          },
        })}`,
        put('<d>#ASSERTION', '<d>#AUDIT'),
        'secretsmanager:GetSecretValue on AccessTokenSecret, KeyPepperSecret',
      ],
    ],
  ])('%s', (name, grants) => {
    expect(functions[name] && describeGrants(functions[name])).toEqual([...grants].sort());
  });

  it.each(['users', 'groups', 'bulk'])(
    '%s can write no license keys, domains, SCIM keys, emails, or outbox entries',
    (name) => {
      const writes = functions[name]
        ? describeGrants(functions[name]).filter((grant) => /(Put|Update|Delete)Item/.test(grant))
        : [];
      expect(writes.length).toBeGreaterThan(3);
      for (const grant of writes) {
        expect(grant).toContain('"dynamodb:LeadingKeys"');
        expect(grant).not.toMatch(/LICENSEKEY|#MAIL|#SUPPRESSED|OUTBOX|DOMAINS|<d>#\*/);
        if (grant.includes('DOMAIN#')) expect(grant).toBe(FORMER_COUNTS);
      }
    },
  );

  it('cover all functions, and include no managed policies', () => {
    expect(Object.keys(functions).sort()).toEqual([
      'authorizer',
      'bulk',
      'discovery',
      'groups',
      'not-found',
      'readiness',
      'search',
      'token',
      'users',
    ]);
    for (const [id, { Properties }] of Object.entries(resourcesOf(template, 'AWS::IAM::Role'))) {
      if (!id.includes('CloudWatchRole')) expect(Properties).not.toHaveProperty('ManagedPolicyArns');
    }
  });
});

describe('the environment of each function of the API', () => {
  const API = ['TABLE_NAME', 'RATE_PLANS', 'AUDIT_RETENTION_DAYS'];
  const TOKENS = ['KEY_PEPPER_SECRET_ARN', 'ACCESS_TOKEN_SECRET_ARN'];

  it.each([
    ['authorizer', ['TABLE_NAME', ...TOKENS]],
    ['users', [...API, 'CURSOR_SECRET_ARN', 'KEY_GRACE_DAYS', 'REQUIRE_MAIL_ADDRESS']],
    ['groups', [...API, 'CURSOR_SECRET_ARN']],
    ['bulk', [...API, 'KEY_GRACE_DAYS', 'REQUIRE_MAIL_ADDRESS']],
    ['search', [...API, 'CURSOR_SECRET_ARN']],
    ['discovery', [...API, 'DOCS_URL', ...TOKENS]],
    ['token', ['TABLE_NAME', ...TOKENS, 'ACCESS_TOKEN_MINUTES', 'AUDIT_RETENTION_DAYS', 'JWKS_ORIGINS']],
    ['readiness', [...API, 'ADMIN_PARAMETER', 'MAIL_BUDGET', 'MAIL_IDENTITY', 'DOCS_URL']],
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

  it('links discovery to the help pages if the portal has a custom domain', () => {
    const portal = {
      portalDomainName: 'licenses.example.com',
      portalCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/one',
    };
    const { discovery } = deployedFunctions(synthesize(portal).ScimApi);
    expect(discovery?.environment.DOCS_URL).toBe('https://licenses.example.com/help/{page}');
  });

  it('lets readiness read the address of the portal only if there is one', () => {
    const { readiness } = deployedFunctions(synthesize({ portal: false }).ScimApi);
    expect(readiness?.environment).not.toHaveProperty('ADMIN_PARAMETER');
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
