import * as z from 'zod';
import { DEFAULT_LICENSE_CHECK, type LicenseCheckSettings } from '../shared/license-check-limits';
import type { MailSettings } from '../shared/mail/settings';
import type { TemplateFiles } from '../shared/mail/content/templates';
import type { IssuerSettings } from '../shared/service/credentials/portal-token-verifier';
import { DEFAULT_MAIL_BUDGET, type MailBudgetLimits } from '../shared/mail-budget';
import { DEFAULT_RATE_PLANS, type RatePlans } from '../shared/rate-plan';
import {
  arn,
  defineSetting,
  HOST_NAME,
  mailBudget,
  MAX_KEY_GRACE_DAYS,
  positiveInteger,
  rateLimit,
} from './setting-schemas';
import { loadMailTemplates } from './template-check/load-templates';

/** The settings of a deployment, read from the CDK context. docs/deploy.md explains each one. */
export interface Config {
  readonly mail: Omit<MailSettings, 'configurationSet'>;
  readonly mailTemplates: TemplateFiles;
  /** The limits on the emails of a domain, unless an operator sets others for it. */
  readonly mailBudget: MailBudgetLimits;
  /** The SES identity of the sender: a new one for its domain or address, or the domain's existing one. */
  readonly mailIdentity: 'domain' | 'address' | 'existing';
  readonly customDomain?: { readonly domainName: string; readonly certificateArn: string };
  /** `retain` keeps the table and the secrets when their stack is deleted; `destroy` deletes them. */
  readonly removalPolicy: 'retain' | 'destroy';
  readonly ratePlans: RatePlans;
  readonly licenseCheck: LicenseCheckSettings;
  readonly auditRetentionDays: number;
  /** A license that becomes active again within this number of days keeps its key; 0 if it never does. */
  readonly keyGraceDays: number;
  /** Whether an active user needs an address for license emails. */
  readonly requireMailAddress: boolean;
  /** A custom domain name for the portal. @default - CloudFront's name */
  readonly portalDomain?: { readonly domainName: string; readonly certificateArn: string };
  readonly alarmTopicArn?: string;
  readonly alarmEmail?: string;
  /** The URL or path of the published docs/, without a trailing slash. Readiness findings link to it. */
  readonly docsUrl: string;
  /** Tells the owners of a domain how to get SCIM if it is not available to it. @default - a general text */
  readonly contactText?: string;
  /** The OpenID issuer of the portal's users. @default - the deployment creates a Cognito user pool */
  readonly issuer?: IssuerSettings;
  /** If true, the deployment sets API Gateway's log role, which the whole account and region share. */
  readonly apiGatewayAccountRole: boolean;
}

/** Lists every problem of the context, one per line. */
export class ConfigError extends Error {
  public constructor(public readonly problems: readonly string[]) {
    super(['The context values of this deployment are not valid:', ...problems].join('\n- '));
    this.name = 'ConfigError';
  }
}

const SETTINGS = {
  mailSender: defineSetting(z.email().default('licenses@example.com'), 'an email address'),
  mailIdentity: defineSetting(
    z.enum(['domain', 'address', 'existing']).default('domain'),
    'domain, address or existing',
  ),
  productName: defineSetting(
    z
      .string()
      .regex(/^(?=.*\S)\P{Cc}{1,64}$/u)
      .default('Example Product'),
    'a name of 1 to 64 characters on one line',
  ),
  colour: defineSetting(
    z
      .string()
      .regex(/^#[0-9a-f]{6}$/i)
      .default('#0b5cab'),
    'a color such as #0b5cab',
  ),
  supportAddress: defineSetting(z.email().default('support@example.com'), 'an email address'),
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
  auditRetentionDays: defineSetting(positiveInteger.default(365), 'a whole number of days above 0'),
  keyGraceDays: defineSetting(
    z.int().nonnegative().max(MAX_KEY_GRACE_DAYS).default(30),
    `a whole number of days from 0 to ${MAX_KEY_GRACE_DAYS}`,
  ),
  requireMailAddress: defineSetting(z.boolean().default(false), 'true or false'),
  alarmTopicArn: defineSetting(arn('sns', '[A-Za-z0-9_-]+').optional(), 'the ARN of an SNS topic'),
  alarmEmail: defineSetting(z.email().optional(), 'an email address'),
  docsUrl: defineSetting(
    z
      .string()
      .regex(/^[^\s?#]*[^\s?#/]\/*$/)
      .default('docs')
      .transform((url) => url.replace(/\/+$/, '')),
    'the URL or path of the docs folder, such as https://docs.example.com/scim',
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

type Settings = { [Key in keyof typeof SETTINGS]: z.output<(typeof SETTINGS)[Key]['schema']> };

/** The settings that are not text. `-c key=value` passes them as text. */
const JSON_SETTINGS = new Set<string>([
  'ratePlans',
  'licenseCheck',
  'mailBudget',
  'auditRetentionDays',
  'keyGraceDays',
  'requireMailAddress',
  'apiGatewayAccountRole',
]);

const PAIRED_SETTINGS = [
  ['domainName', 'certificateArn', 'a custom domain needs both'],
  ['portalDomainName', 'portalCertificateArn', 'a custom portal domain needs both'],
  ['oidcIssuer', 'oidcClientId', 'the issuer identifies the portal by its client ID'],
] as const;

/**
 * Reads the settings from the context. Throws `ConfigError`. Keys with a colon, slash or @ belong to the CDK.
 */
export function readConfig(context: Readonly<Record<string, unknown>>): Config {
  const problems: string[] = [];
  for (const key of Object.keys(context)) {
    if (/^\w+$/.test(key) && !Object.hasOwn(SETTINGS, key)) {
      problems.push(
        `${key}: this setting does not exist. The settings are ${Object.keys(SETTINGS).join(', ')}.`,
      );
    }
  }
  const values = Object.fromEntries(
    Object.entries(SETTINGS).map(([key, { schema, expected }]) => {
      const value = context[key];
      const result = schema.safeParse(JSON_SETTINGS.has(key) ? parseJson(value) : value);
      if (!result.success) problems.push(`${key}: given ${JSON.stringify(value)}, expected ${expected}.`);
      return [key, result.data];
    }),
  ) as Settings;
  for (const [first, second, reason] of PAIRED_SETTINGS) {
    if ((context[first] === undefined) === (context[second] === undefined)) continue;
    const [present, missing] = context[first] === undefined ? [second, first] : [first, second];
    problems.push(`${missing}: missing, but required by ${present}: ${reason}.`);
  }
  const templates = loadMailTemplates(values.mailTemplates);
  problems.push(...templates.problems.map((problem) => `mailTemplates: ${problem}`));
  if (values.mailLanguage !== undefined && !templates.languages.includes(values.mailLanguage)) {
    const { mailLanguage } = values;
    problems.push(
      `mailLanguage: given ${JSON.stringify(mailLanguage)}, expected one of ${templates.languages.join(', ')}, ` +
        'or a language that mailTemplates adds.',
    );
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return { ...toConfig(values), mailTemplates: templates.files };
}

function toConfig({
  mailSender,
  productName,
  colour,
  supportAddress,
  mailLanguage,
  domainName,
  certificateArn,
  portalDomainName,
  portalCertificateArn,
  oidcIssuer,
  oidcClientId,
  oidcRolesClaim,
  ...settings
}: Settings) {
  return {
    ...settings,
    mail: { sender: mailSender, productName, colour, supportAddress, language: mailLanguage },
    portalDomain:
      portalDomainName && portalCertificateArn
        ? { domainName: portalDomainName, certificateArn: portalCertificateArn }
        : undefined,
    issuer:
      oidcIssuer && oidcClientId
        ? { issuer: oidcIssuer, clientId: oidcClientId, rolesClaim: oidcRolesClaim }
        : undefined,
    customDomain: domainName && certificateArn ? { domainName, certificateArn } : undefined,
    ratePlans: { ...DEFAULT_RATE_PLANS, ...settings.ratePlans },
    mailBudget: { ...DEFAULT_MAIL_BUDGET, ...settings.mailBudget },
    licenseCheck: {
      ...settings.licenseCheck,
      cacheSeconds: { ...DEFAULT_LICENSE_CHECK.cacheSeconds, ...settings.licenseCheck.cacheSeconds },
    },
  };
}

function parseJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
