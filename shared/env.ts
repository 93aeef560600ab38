/** The names of the Lambdas' environment variables. Deploy time sets them where it grants, run time reads them here. */
export const ENV = {
  /** The one DynamoDB table. */
  tableName: 'TABLE_NAME',
  /** Secret that holds the pepper of the SCIM keys' hashes. */
  keyPepperSecretArn: 'KEY_PEPPER_SECRET_ARN',
  /** Secret from which license keys are derived. */
  licenseSecretArn: 'LICENSE_SECRET_ARN',
  /** Secret by which cursors of listings are sealed. */
  cursorSecretArn: 'CURSOR_SECRET_ARN',
  /** JSON of `RatePlans` (shared/rate-plan.ts). */
  ratePlans: 'RATE_PLANS',
  /** Whole days that audit events are kept. */
  auditRetentionDays: 'AUDIT_RETENTION_DAYS',
  /** JSON of `MailSettings` (shared/mail/settings.ts). */
  mailSettings: 'MAIL_SETTINGS',
  /** Beside the bundle: the file of the mails' templates, JSON of `TemplateFiles` (shared/mail/content/templates.ts). */
  mailTemplates: 'MAIL_TEMPLATES',
  /** Queue of mails that were given up: `MailFailure` (shared/mail/delivery/mail-failure.ts). */
  mailFailuresQueueUrl: 'MAIL_FAILURES_QUEUE_URL',
  /** The SES identity from which license mails go out: a domain or an address. */
  mailIdentity: 'MAIL_IDENTITY',
  /** Where docs/ is published: findings link into it. */
  docsUrl: 'DOCS_URL',
  /** JSON of `LicenseCheckCache` (shared/license-check-settings.ts). */
  licenseCheckCache: 'LICENSE_CHECK_CACHE',
  /** Secret that holds the admin token without its prefix. */
  adminTokenSecretArn: 'ADMIN_TOKEN_SECRET_ARN',
  /** Secret by which the portal's distribution shows that a request came through it. */
  portalOriginSecretArn: 'PORTAL_ORIGIN_SECRET_ARN',
  /** JSON of `IssuerSettings` (shared/service/credentials/portal-token-verifier.ts). */
  issuer: 'ISSUER',
  /** JSON of `Deployment` (shared/deployment.ts). */
  deployment: 'DEPLOYMENT',
  /** JSON of `LicensesDeployment` (shared/deployment.ts). */
  licenses: 'LICENSES',
} as const;

/** The namespace of the metrics that the functions emit. Each metric has its function's `service` as a dimension. */
export const METRICS_NAMESPACE = 'ScimProvisioning';

export type EnvironmentVariable = (typeof ENV)[keyof typeof ENV];

/** Reads a variable that the deployment always sets. */
export function requireEnv(name: EnvironmentVariable): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set.`);
  return value;
}
