import * as z from 'zod';
import {
  MAX_ACCESS_TOKEN_MINUTES,
  MIN_ACCESS_TOKEN_MINUTES,
} from '../../shared/credentials/access-token-minutes';
import { DEFAULT_SETUP_LINK_DAYS, MAX_SETUP_LINK_DAYS } from '../../shared/credentials/setup-link';
import { DEFAULT_LICENSE_CHECK } from '../../shared/limits/license-check-limits';
import { MAX_LEASE_DAYS, MAX_LEASE_KEYS } from '../../shared/license-lease';
import { concurrencySchema, DEFAULT_CONCURRENCY } from './concurrency';
import { CUSTOMER_KEY_MODES } from './encryption';
import { DEFAULT_LOG_RETENTION, isLogRetention, LOG_LEVELS } from './operations';
import {
  ORGANIZATIONS,
  organizationsSchema,
  USER_EXTENSION,
  userExtensionSchema,
  USER_TYPES,
  userTypesSchema,
} from './product';
import { FORMER_TABLE } from './restored-table';
import { ROLLOUTS } from './rollout';
import {
  arn,
  defineSetting,
  HOST_NAME,
  licenseLease,
  mailBudget,
  MAX_KEY_GRACE_DAYS,
  origins,
  positiveInteger,
  rateLimit,
  REGION,
  TAGS,
  tags,
} from './schemas';

/**
 * The settings of a stage. docs/settings.md explains each one. A setting without a default is required or
 * optional.
 */
export const SETTINGS = {
  account: defineSetting(
    z
      .string()
      .regex(/^\d{12}$/)
      .optional(),
    'the 12 digits of an AWS account, as text',
  ),
  region: defineSetting(z.string().regex(REGION).optional(), 'an AWS region such as eu-west-1'),
  tags: defineSetting(tags.default({}), TAGS),
  mailSender: defineSetting(z.email(), 'an email address'),
  mailIdentity: defineSetting(
    z.enum(['domain', 'address', 'existing']).default('domain'),
    'domain, address or existing',
  ),
  productName: defineSetting(
    z.string().regex(/^(?=.*\S)\P{Cc}{1,64}$/u),
    'a name of 1 to 64 characters on one line',
  ),
  color: defineSetting(
    z
      .string()
      .regex(/^#[0-9a-fA-F]{6}$/)
      .default('#0b5cab'),
    'a color such as #0b5cab',
  ),
  supportAddress: defineSetting(z.email(), 'an email address'),
  mailLanguage: defineSetting(z.string().default('en'), 'a language that has email templates'),
  mailTemplates: defineSetting(z.string().min(1).optional(), 'a directory with email templates'),
  mailBudget: defineSetting(
    mailBudget,
    'an object with any of "minutesPerAddress": n (up to 1440) and "emailsPerHour": n (up to 1000000) with whole ' +
      'numbers above 0',
  ),
  domainName: defineSetting(
    z.string().regex(HOST_NAME).optional(),
    'a lowercase host name such as scim.example.com',
  ),
  certificateArn: defineSetting(
    arn('acm', 'certificate/[A-Za-z0-9-]+').optional(),
    'the ARN of an ACM certificate in the region of the API',
  ),
  removalPolicy: defineSetting(z.enum(['retain', 'destroy']).default('retain'), 'retain or destroy'),
  protect: defineSetting(z.boolean().optional(), 'true or false'),
  logLevel: defineSetting(z.enum(LOG_LEVELS).default('INFO'), LOG_LEVELS.join(', ')),
  logRetentionDays: defineSetting(
    positiveInteger.refine(isLogRetention).default(DEFAULT_LOG_RETENTION),
    'a number of days that CloudWatch Logs accepts, such as 30, 90 or 365',
  ),
  tracing: defineSetting(z.boolean().default(false), 'true or false'),
  rollout: defineSetting(z.enum(ROLLOUTS).default('none'), ROLLOUTS.join(', ')),
  webAcl: defineSetting(z.boolean().default(false), 'true or false'),
  backup: defineSetting(z.boolean().default(false), 'true or false'),
  restoredTable: defineSetting(
    z
      .string()
      .regex(/^[a-zA-Z0-9_.-]{3,255}$/)
      .optional(),
    'the name of a DynamoDB table',
  ),
  formerTable: defineSetting(z.enum(FORMER_TABLE).default('keep'), FORMER_TABLE.join(' or ')),
  customerKey: defineSetting(z.enum(CUSTOMER_KEY_MODES).default('none'), CUSTOMER_KEY_MODES.join(', ')),
  secretReplicaRegion: defineSetting(
    z.string().regex(REGION).optional(),
    'another AWS region such as eu-central-1',
  ),
  secretReplicaKeyArn: defineSetting(
    arn('kms', 'key/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})').optional(),
    'the ARN of a KMS key in the region of secretReplicaRegion',
  ),
  permissionsBoundaryArn: defineSetting(
    z
      .string()
      .regex(/^arn:aws[a-z-]*:iam::[0-9]{12}:policy\/[\w+=,.@/-]+$/)
      .optional(),
    'the ARN of a managed policy',
  ),
  userTypes: defineSetting(userTypesSchema, USER_TYPES),
  userExtension: defineSetting(userExtensionSchema, USER_EXTENSION),
  organizations: defineSetting(organizationsSchema, ORGANIZATIONS),
  ratePlans: defineSetting(
    z.strictObject({ standard: rateLimit, gallery: rateLimit, unmetered: rateLimit }).default({}),
    'an object with any of standard, gallery and unmetered. Each one is null (no limit) or ' +
      '{"perMinute": n, "perTenSeconds": n, "bulkOperationsPerRequest": n} with whole numbers above 0',
  ),
  licenseCheck: defineSetting(
    z
      .strictObject({
        cacheSeconds: z
          .strictObject({ active: positiveInteger, other: positiveInteger })
          .partial()
          .default({}),
        requestsPerSecond: positiveInteger.default(DEFAULT_LICENSE_CHECK.requestsPerSecond),
      })
      .prefault({}),
    'an object with any of "cacheSeconds": {"active": n, "other": n} and "requestsPerSecond": n ' +
      'with whole numbers above 0',
  ),
  licenseLease: defineSetting(
    licenseLease,
    `an object with any of "days": n (a whole number from 1 to ${MAX_LEASE_DAYS}) and "keys": a list of 1 to ` +
      `${MAX_LEASE_KEYS} different names of up to 20 lowercase letters and digits, such as ["1"]`,
  ),
  concurrency: defineSetting(
    concurrencySchema,
    'null, or an object with any of "accountLimit": n and of "<function>": n with whole numbers above 0; the ' +
      `functions are ${Object.keys(DEFAULT_CONCURRENCY).join(', ')}`,
  ),
  jwksOrigins: defineSetting(
    origins,
    'a list of up to 20 different origins such as ["https://id.example.com"], each with its scheme, in lowercase, without ' +
      'a path, and without the port 443 or 80',
  ),
  webhookOrigins: defineSetting(
    origins,
    'a list of up to 20 different origins such as ["https://10.0.0.5:8443"], each with its scheme, in lowercase, without ' +
      'a path, and without the port 443 or 80',
  ),
  eventBus: defineSetting(z.boolean().default(false), 'true or false'),
  scimRequestsPerSecond: defineSetting(positiveInteger.default(2_000), 'a whole number above 0'),
  auditRetentionDays: defineSetting(positiveInteger.default(365), 'a whole number of days above 0'),
  keyGraceDays: defineSetting(
    z.int().nonnegative().max(MAX_KEY_GRACE_DAYS).default(30),
    `a whole number of days from 0 to ${MAX_KEY_GRACE_DAYS}`,
  ),
  setupLinkDays: defineSetting(
    positiveInteger.max(MAX_SETUP_LINK_DAYS).default(DEFAULT_SETUP_LINK_DAYS),
    `a whole number of days from 1 to ${MAX_SETUP_LINK_DAYS}`,
  ),
  requireMailAddress: defineSetting(z.boolean().default(false), 'true or false'),
  accessTokenMinutes: defineSetting(
    z.int().min(MIN_ACCESS_TOKEN_MINUTES).max(MAX_ACCESS_TOKEN_MINUTES).default(MIN_ACCESS_TOKEN_MINUTES),
    `a whole number of minutes from ${MIN_ACCESS_TOKEN_MINUTES} to ${MAX_ACCESS_TOKEN_MINUTES}`,
  ),
  alarmTopicArn: defineSetting(arn('sns', '[A-Za-z0-9_-]+').optional(), 'the ARN of an SNS topic'),
  alarmEmail: defineSetting(z.email().optional(), 'an email address'),
  docsUrl: defineSetting(
    z
      .string()
      .regex(/^[^\s?#]*[^\s?#/]\/*$/)
      .default('docs')
      .transform((url) => url.replace(/\/+$/, '')),
    'the URL or path of the documents, such as https://docs.example.com/scim or https://docs.example.com/{page}.html',
  ),
  contactText: defineSetting(
    z
      .string()
      .regex(/^(?=.*\S)\P{Cc}{1,300}$/u)
      .optional(),
    'a text of 1 to 300 characters on one line',
  ),
  oidcIssuer: defineSetting(
    z.url({ protocol: /^https$/ }).optional(),
    "the https URL of an OpenID issuer, exactly as in the 'iss' claim of its tokens",
  ),
  oidcClientId: defineSetting(z.string().min(1).optional(), "the portal's client ID at the issuer"),
  oidcRolesClaim: defineSetting(
    z.string().min(1).default('cognito:groups'),
    'the name of the ID token claim that contains the roles',
  ),
  portal: defineSetting(z.boolean().default(true), 'true or false'),
  publicHelp: defineSetting(z.boolean().default(true), 'true or false'),
  portalDomainName: defineSetting(
    z.string().regex(HOST_NAME).optional(),
    'a lowercase host name such as licenses.example.com',
  ),
  portalCertificateArn: defineSetting(
    arn('acm', 'certificate/[A-Za-z0-9-]+').optional(),
    'the ARN of an ACM certificate in us-east-1, the region that CloudFront requires',
  ),
  apiGatewayAccountRole: defineSetting(z.boolean().default(true), 'true or false'),
};

export type Settings = { [Key in keyof typeof SETTINGS]: z.output<(typeof SETTINGS)[Key]['schema']> };
export type SettingName = keyof typeof SETTINGS;

/** The settings that are not text. `-c name=value` passes them as text. */
export const JSON_SETTINGS: ReadonlySet<SettingName> = new Set<SettingName>([
  'tags',
  'protect',
  'logRetentionDays',
  'tracing',
  'webAcl',
  'backup',
  'userTypes',
  'userExtension',
  'organizations',
  'ratePlans',
  'licenseCheck',
  'licenseLease',
  'concurrency',
  'jwksOrigins',
  'webhookOrigins',
  'eventBus',
  'scimRequestsPerSecond',
  'mailBudget',
  'auditRetentionDays',
  'keyGraceDays',
  'setupLinkDays',
  'requireMailAddress',
  'accessTokenMinutes',
  'portal',
  'publicHelp',
  'apiGatewayAccountRole',
]);
