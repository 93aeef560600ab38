import * as z from 'zod';
import { DEFAULT_LICENSE_CHECK, type LicenseCheckSettings } from '../shared/license-check-limits';
import type { MailSettings } from '../shared/mail/settings';
import type { TemplateFiles } from '../shared/mail/content/templates';
import type { IssuerSettings } from '../shared/service/credentials/portal-token-verifier';
import { DEFAULT_BULK_OPERATIONS_PER_REQUEST, DEFAULT_RATE_PLANS, type RatePlans } from '../shared/rate-plan';
import { loadMailTemplates } from './mail-templates/load-templates';

/** What a deployment may choose, read from the CDK context; docs/deploy.md explains each value. */
export interface Config {
  readonly mail: Omit<MailSettings, 'configurationSet'>;
  readonly mailTemplates: TemplateFiles;
  /** The SES identity that sends: made for the sender's domain or address, or the domain's, which exists. */
  readonly mailIdentity: 'domain' | 'address' | 'existing';
  readonly customDomain?: { readonly domainName: string; readonly certificateArn: string };
  /** What happens to table and secrets when their stack is deleted. */
  readonly removalPolicy: 'retain' | 'destroy';
  readonly ratePlans: RatePlans;
  readonly licenseCheck: LicenseCheckSettings;
  readonly auditRetentionDays: number;
  /** A name of one's own for the portal. */
  readonly portalDomain?: { readonly domainName: string; readonly certificateArn: string };
  readonly alarmTopicArn?: string;
  readonly alarmEmail?: string;
  /** Where docs/ is published, without a slash at the end: what readiness finds links into it. */
  readonly docsUrl: string;
  /** Where the portal's users sign in, unless the deployment makes a user pool. */
  readonly issuer?: IssuerSettings;
  /** Whether this deployment sets API Gateway's role for logs, which the whole account and region share. */
  readonly apiGatewayAccountRole: boolean;
}

/** Lists all that is wrong with the context, one line for each problem. */
export class ConfigError extends Error {
  public constructor(public readonly problems: readonly string[]) {
    super(['The context values of this deployment are not valid:', ...problems].join('\n- '));
    this.name = 'ConfigError';
  }
}

const defineSetting = <T extends z.ZodType>(schema: T, expected: string) => ({ schema, expected });

const positiveInteger = z.int().positive();
const rateLimit = z
  .strictObject({
    perMinute: positiveInteger,
    perTenSeconds: positiveInteger,
    bulkOperationsPerRequest: positiveInteger.default(DEFAULT_BULK_OPERATIONS_PER_REQUEST),
  })
  .nullable()
  .optional();
const arn = (service: string, resource: string) =>
  z.string().regex(new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]+:[0-9]{12}:${resource}$`));

const HOST_NAME = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;

const SETTINGS = {
  mailSender: defineSetting(z.email().default('licenses@example.com'), 'a mail address'),
  mailIdentity: defineSetting(
    z.enum(['domain', 'address', 'existing']).default('domain'),
    'domain, address or existing',
  ),
  productName: defineSetting(
    z
      .string()
      .regex(/^(?=.*\S)\P{Cc}{1,64}$/u)
      .default('Example Product'),
    'a name of 1 to 64 characters in one line',
  ),
  colour: defineSetting(
    z
      .string()
      .regex(/^#[0-9a-f]{6}$/i)
      .default('#0b5cab'),
    'a colour such as #0b5cab',
  ),
  supportAddress: defineSetting(z.email().default('support@example.com'), 'a mail address'),
  mailLanguage: defineSetting(z.string().default('en'), 'a language of which there are templates'),
  mailTemplates: defineSetting(z.string().min(1).optional(), 'a directory with templates of the mails'),
  domainName: defineSetting(
    z.string().regex(HOST_NAME).optional(),
    'a host name in lower case such as scim.example.com',
  ),
  certificateArn: defineSetting(
    arn('acm', 'certificate/[A-Za-z0-9-]+').optional(),
    'the ARN of an ACM certificate in the region of the API',
  ),
  removalPolicy: defineSetting(z.enum(['retain', 'destroy']).default('retain'), 'retain or destroy'),
  ratePlans: defineSetting(
    z.strictObject({ standard: rateLimit, gallery: rateLimit, unmetered: rateLimit }).default({}),
    'an object with any of standard, gallery and unmetered, each null (no limit) or ' +
      '{"perMinute": n, "perTenSeconds": n, "bulkOperationsPerRequest": n} in whole numbers above 0',
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
    'an object with any of "cacheSeconds": {"active": n, "other": n} and "requestsPerSecond": n in whole numbers above 0',
  ),
  auditRetentionDays: defineSetting(positiveInteger.default(365), 'a whole number of days above 0'),
  alarmTopicArn: defineSetting(arn('sns', '[A-Za-z0-9_-]+').optional(), 'the ARN of an SNS topic'),
  alarmEmail: defineSetting(z.email().optional(), 'a mail address'),
  docsUrl: defineSetting(
    z
      .string()
      .regex(/^[^\s?#]*[^\s?#/]\/*$/)
      .default('docs')
      .transform((url) => url.replace(/\/+$/, '')),
    'the URL or path of the folder docs, such as https://docs.example.com/scim',
  ),
  oidcIssuer: defineSetting(
    z.url({ protocol: /^https$/ }).optional(),
    "the https URL of an OpenID issuer, as its tokens have it in 'iss'",
  ),
  oidcClientId: defineSetting(z.string().min(1).optional(), "the id of the portal's client at the issuer"),
  oidcRolesClaim: defineSetting(
    z.string().min(1).default('cognito:groups'),
    'the name of the claim of ID tokens that holds the roles',
  ),
  portalDomainName: defineSetting(
    z.string().regex(HOST_NAME).optional(),
    'a host name in lower case such as licenses.example.com',
  ),
  portalCertificateArn: defineSetting(
    arn('acm', 'certificate/[A-Za-z0-9-]+').optional(),
    'the ARN of an ACM certificate in us-east-1, where CloudFront looks for it',
  ),
  apiGatewayAccountRole: defineSetting(z.boolean().default(true), 'true or false'),
};

type Settings = { [Key in keyof typeof SETTINGS]: z.output<(typeof SETTINGS)[Key]['schema']> };

/** Settings that are no text; `-c key=value` gives nothing but text. */
const JSON_SETTINGS = new Set<string>([
  'ratePlans',
  'licenseCheck',
  'auditRetentionDays',
  'apiGatewayAccountRole',
]);

const PAIRED_SETTINGS = [
  ['domainName', 'certificateArn', 'a custom domain needs both'],
  ['portalDomainName', 'portalCertificateArn', 'a name of its own needs both'],
  ['oidcIssuer', 'oidcClientId', 'an issuer knows the portal by its client id'],
] as const;

/** Reads the settings out of the context; throws `ConfigError`. Keys with a colon, slash or @ are the CDK's own. */
export function readConfig(context: Readonly<Record<string, unknown>>): Config {
  const problems: string[] = [];
  for (const key of Object.keys(context)) {
    if (/^\w+$/.test(key) && !Object.hasOwn(SETTINGS, key)) {
      problems.push(`${key}: there is no such setting. There are ${Object.keys(SETTINGS).join(', ')}.`);
    }
  }
  const values = Object.fromEntries(
    Object.entries(SETTINGS).map(([key, { schema, expected }]) => {
      const given = context[key];
      const result = schema.safeParse(JSON_SETTINGS.has(key) ? parseJson(given) : given);
      if (!result.success) problems.push(`${key}: given ${JSON.stringify(given)}, expected ${expected}.`);
      return [key, result.data];
    }),
  ) as Settings;
  for (const [one, other, why] of PAIRED_SETTINGS) {
    if ((context[one] === undefined) === (context[other] === undefined)) continue;
    const [given, missing] = context[one] === undefined ? [other, one] : [one, other];
    problems.push(`${missing}: given nothing, expected with ${given}: ${why}.`);
  }
  const templates = loadMailTemplates(values.mailTemplates);
  problems.push(...templates.problems.map((problem) => `mailTemplates: ${problem}`));
  if (values.mailLanguage !== undefined && !templates.languages.includes(values.mailLanguage)) {
    const { mailLanguage } = values;
    problems.push(
      `mailLanguage: given ${JSON.stringify(mailLanguage)}, expected one of ${templates.languages.join(', ')}, ` +
        'or one that mailTemplates adds.',
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
  ...rest
}: Settings) {
  return {
    ...rest,
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
    ratePlans: { ...DEFAULT_RATE_PLANS, ...rest.ratePlans },
    licenseCheck: {
      ...rest.licenseCheck,
      cacheSeconds: { ...DEFAULT_LICENSE_CHECK.cacheSeconds, ...rest.licenseCheck.cacheSeconds },
    },
  };
}

function parseJson(given: unknown): unknown {
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
}
