/**
 * The environment variables of the Lambda functions. Each grant of a permission in `lib` sets its variable.
 */
export const ENV = {
  /** Name of the DynamoDB table. */
  tableName: 'TABLE_NAME',
  /** Secret that contains the pepper of the hashes of SCIM keys. */
  keyPepperSecretArn: 'KEY_PEPPER_SECRET_ARN',
  /** Secret from which access tokens are derived. */
  accessTokenSecretArn: 'ACCESS_TOKEN_SECRET_ARN',
  /**
   * The time in seconds after which a function reads its secrets again. Only rehearsals set it, because they
   * cannot wait for minutes.
   */
  secretRefreshSeconds: 'SECRET_REFRESH_SECONDS',
  /** The number of whole minutes for which an access token is valid. */
  accessTokenMinutes: 'ACCESS_TOKEN_MINUTES',
  /** Secret from which license keys are derived. */
  licenseSecretArn: 'LICENSE_SECRET_ARN',
  /** Secret that encrypts the cursors of lists. */
  cursorSecretArn: 'CURSOR_SECRET_ARN',
  /** JSON of the origins of the setting `jwksOrigins`: a list of texts. */
  jwksOrigins: 'JWKS_ORIGINS',
  /** Secret from which the signing secrets of webhooks are derived. */
  webhookSecretArn: 'WEBHOOK_SECRET_ARN',
  /** JSON of the origins of the setting `webhookOrigins`: a list of texts. */
  webhookOrigins: 'WEBHOOK_ORIGINS',
  /**
   * Queue of webhooks that have something to deliver: JSON of `WebhookMessage`
   * (shared/service/webhooks/webhook-lanes.ts).
   */
  webhookQueueUrl: 'WEBHOOK_QUEUE_URL',
  /** The same, for endpoints that are slow or fail. */
  slowWebhookQueueUrl: 'SLOW_WEBHOOK_QUEUE_URL',
  /** JSON of `RatePlans` (shared/limits/rate-plan.ts). */
  ratePlans: 'RATE_PLANS',
  /** The number of whole days for which audit events are kept. */
  auditRetentionDays: 'AUDIT_RETENTION_DAYS',
  /** The number of whole days for which an ended license keeps its key. */
  keyGraceDays: 'KEY_GRACE_DAYS',
  /** `true` or `false`: whether an active user needs an address for license emails. */
  requireMailAddress: 'REQUIRE_MAIL_ADDRESS',
  /**
   * The settings of the product (shared/product/product-variable.ts). Not set if they have their defaults.
   */
  productSchema: 'PRODUCT_SCHEMA',
  /** JSON of `MailBudgetLimits` (shared/limits/mail-budget.ts). */
  mailBudget: 'MAIL_BUDGET',
  /** JSON of `MailSettings` (shared/mail/settings.ts). */
  mailSettings: 'MAIL_SETTINGS',
  /**
   * File of the email templates, next to the bundle: JSON of `TemplateFiles`
   * (shared/mail/content/templates.ts).
   */
  mailTemplates: 'MAIL_TEMPLATES',
  /** Queue of emails that failed for good: JSON of `MailFailure` (shared/mail/delivery/delivery.ts). */
  mailFailuresQueueUrl: 'MAIL_FAILURES_QUEUE_URL',
  /** Queue of the tasks of the function sweep: JSON of `SweepTask` (shared/service/sweep/sweep-task.ts). */
  sweepQueueUrl: 'SWEEP_QUEUE_URL',
  /** Queue of promotions: JSON of `PromotionTask` (shared/service/licenses/promotion-task.ts). */
  promotionQueueUrl: 'PROMOTION_QUEUE_URL',
  /** Queue of evaluations of mappings: JSON of `MappingTask` (shared/service/mappings/mapping-task.ts). */
  mappingQueueUrl: 'MAPPING_QUEUE_URL',
  /** Queue of changes that become events: JSON of `EventWork` (shared/service/events/event-work.ts). */
  eventQueueUrl: 'EVENT_QUEUE_URL',
  /** Name of the event bus (shared/event-bus/event-bus.ts). Optional. */
  eventBusName: 'EVENT_BUS_NAME',
  /** Queue of requests to send the due emails of the outbox. */
  outboxQueueUrl: 'OUTBOX_QUEUE_URL',
  /** The SES identity that sends license emails: a domain or an address. */
  mailIdentity: 'MAIL_IDENTITY',
  /** The address that gets the reminders of SCIM keys of all domains. Optional. */
  alarmEmail: 'ALARM_EMAIL',
  /** The topic to which alarms are published, whose subscriptions the function may read. Optional. */
  alarmTopicArn: 'ALARM_TOPIC_ARN',
  /** URL or path at which docs/ is published. Findings and `/ServiceProviderConfig` link to it. */
  docsUrl: 'DOCS_URL',
  /**
   * Tells owners how to get SCIM if it is not available to their domain. Not set if the setting is absent.
   */
  contactText: 'CONTACT_TEXT',
  /** JSON of `LicenseCheckCache` (shared/limits/license-check-limits.ts). */
  licenseCheckCache: 'LICENSE_CHECK_CACHE',
  /** JSON of `LeaseIssuer` (shared/license-lease.ts). */
  licenseLease: 'LICENSE_LEASE',
  /** The keys that sign leases: JSON of a list of ARNs. The first one signs. */
  leaseKeyArns: 'LEASE_KEY_ARNS',
  /** Secret that contains the admin token without its prefix. */
  adminTokenSecretArn: 'ADMIN_TOKEN_SECRET_ARN',
  /** Secret by which the portal's distribution proves that a request came through it. Optional. */
  portalOriginSecretArn: 'PORTAL_ORIGIN_SECRET_ARN',
  /** The origin of the portal, to which emails and setup links lead. Optional. */
  portalUrl: 'PORTAL_URL',
  /** The number of whole days after which a setup link expires. */
  setupLinkDays: 'SETUP_LINK_DAYS',
  /** JSON of `IssuerSettings` (shared/service/credentials/portal-token-verifier.ts). Optional. */
  issuer: 'ISSUER',
  /** ID of the user pool whose accounts the service creates for administrators. Optional. */
  userPoolId: 'USER_POOL_ID',
  /** Name of the SSM parameter with the JSON of `AdminDeployment` (shared/deployment.ts). */
  adminParameter: 'ADMIN_PARAMETER',
  /** The beginning of the values of API keys on the usage plans of the admin API. */
  adminKeyPrefix: 'ADMIN_KEY_PREFIX',
  /** The beginning of the values of API keys on the usage plan of license checks. */
  licenseCheckKeyPrefix: 'LICENSE_CHECK_KEY_PREFIX',
  /** JSON of `Deployment` (shared/deployment.ts). */
  deployment: 'DEPLOYMENT',
  /** JSON of `LicensesDeployment` (shared/deployment.ts). */
  licenses: 'LICENSES',
} as const;

/**
 * The namespace of the metrics that the functions emit, without the stage. Each metric has its function's
 * `service` as a dimension.
 */
export const METRICS_NAMESPACE = 'ScimProvisioning';

export type EnvironmentVariable = (typeof ENV)[keyof typeof ENV];

/** Returns the value of a variable that the deployment always sets. Throws if it is missing. */
export function requireEnv(name: EnvironmentVariable): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set.`);
  return value;
}
