import type { RatePlanName } from './rate-plan';

/**
 * Name of the SSM parameter in which a deployment describes itself, as the JSON of `Deployment`; what administers the
 * deployment from outside (the CLI, the local host) needs no other setting than the SDK's own.
 */
export const DEPLOYMENT_PARAMETER = '/scim-provisioning/deployment';

export interface Deployment {
  /** Ends in `/scim/v2`. */
  readonly baseUrl: string;
  /** Ends in `/license/v1/check`. */
  readonly licenseCheckUrl: string;
  readonly tableName: string;
  readonly restApiId: string;
  readonly stageName: string;
  readonly keyPepperSecretArn: string;
  /** Whole days that audit events are kept. */
  readonly auditRetentionDays: number;
  readonly usagePlanIds: Readonly<Record<RatePlanName, string>>;
}

/** Name of the SSM parameter that says how the deployment is administered, as the JSON of `AdminDeployment`. */
export const ADMIN_PARAMETER = '/scim-provisioning/admin';

export interface AdminDeployment {
  /** Ends in `/admin/v1`. */
  readonly adminUrl: string;
  /** Holds the admin token without its prefix. */
  readonly adminTokenSecretArn: string;
  /** Origin of the portal. */
  readonly portalUrl: string;
  /** The OpenID issuer at which portal users sign in. */
  readonly issuer: string;
  /** The portal's client there. */
  readonly clientId: string;
}

/** Name of the SSM parameter with the JSON of `LicensesDeployment`: of what follows from changes of licenses. */
export const LICENSES_PARAMETER = '/scim-provisioning/licenses';

export interface LicensesDeployment {
  /** Queue of changes of licenses that were given up: Lambda's messages about records of the stream. */
  readonly failureQueueUrl: string;
  /** Queue of mails that were given up: `MailFailure` (shared/mail/delivery/mail-failure.ts). */
  readonly mailFailuresQueueUrl: string;
}

/** The header in which the portal's distribution shows the admin API, by a secret, that a request came through it. */
export const ORIGIN_SECRET_HEADER = 'x-portal-origin-secret';
