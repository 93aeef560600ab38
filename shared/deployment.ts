import { TOKEN_PATH } from './credentials/oauth-paths';
import type { MailBudgetLimits } from './limits/mail-budget';
import type { RatePlanName } from './limits/rate-plan';
import type { SecretName } from './credentials/secret-names';
import { stagePath } from './stage';

const parameter = (name: string, stage: string): string =>
  `${stagePath('/scim-provisioning', stage)}/${name}`;

/**
 * Returns the name of the SSM parameter in which a stage describes itself, as the JSON of `Deployment`. With
 * it, tools that administer the deployment from outside (the CLI, the local host) need no other settings than
 * the stage and those of the AWS SDK.
 */
export const deploymentParameter = (stage: string): string => parameter('deployment', stage);

export interface Deployment {
  /** The stage of the settings. */
  readonly stage: string;
  /** Ends in `/scim/v2`. */
  readonly baseUrl: string;
  /** Ends in `/license/v1/check`. */
  readonly licenseCheckUrl: string;
  readonly tableName: string;
  readonly restApiId: string;
  readonly stageName: string;
  readonly keyPepperSecretArn: string;
  /** The secret from which access tokens are derived. */
  readonly accessTokenSecretArn: string;
  /** The number of whole days for which audit events are kept. */
  readonly auditRetentionDays: number;
  /** The number of whole days for which an ended license keeps its key; 0 if it never does. */
  readonly keyGraceDays: number;
  /** Whether an active user needs an address for license emails. */
  readonly requireMailAddress: boolean;
  /** The limits on the emails of a domain, unless it has others. */
  readonly mailBudget: MailBudgetLimits;
  readonly usagePlanIds: Readonly<Record<RatePlanName, string>>;
}

/** Returns the URL of the token endpoint, which is next to the base URL of SCIM. */
export const tokenUrlOf = ({ baseUrl }: Pick<Deployment, 'baseUrl'>): string =>
  baseUrl.replace(/\/v2$/, TOKEN_PATH);

/** Returns the URL of the public keys of leases and SETs, which is next to that of the license check. */
export const jwksUrlOf = ({ licenseCheckUrl }: Pick<Deployment, 'licenseCheckUrl'>): string =>
  licenseCheckUrl.replace(/\/check$/, '/jwks');

/**
 * Returns the name of the SSM parameter that describes how to administer the stage, as the JSON of
 * `AdminDeployment`.
 */
export const adminParameter = (stage: string): string => parameter('admin', stage);

export interface AdminDeployment {
  /** Ends in `/admin/v1`. */
  readonly adminUrl: string;
  /** The secret contains the admin token without its prefix. */
  readonly adminTokenSecretArn: string;
  /** Origin of the portal; undefined if the stage has none. */
  readonly portalUrl?: string;
  /** The OpenID issuer whose ID tokens the admin API accepts; undefined if it accepts none. */
  readonly issuer?: string;
  /** The client ID at the issuer. */
  readonly clientId?: string;
}

/**
 * Returns the name of the SSM parameter that describes the processing of license changes, as the JSON of
 * `LicensesDeployment`.
 */
export const licensesParameter = (stage: string): string => parameter('licenses', stage);

export interface LicensesDeployment {
  /** Queue of license changes that failed for good: Lambda's messages about records of the stream. */
  readonly failureQueueUrl: string;
  /**
   * Queue of emails that failed for good, as the JSON of `MailFailure` (shared/mail/delivery/delivery.ts).
   */
  readonly mailFailuresQueueUrl: string;
}

/**
 * Returns the name of the SSM parameter that contains the ARNs of the secrets, as the JSON of
 * `SecretsDeployment`. It is created when every function can read a secret with several versions. So an
 * operator can rotate no secret before.
 */
export const secretsParameter = (stage: string): string => parameter('secrets', stage);

/** The ARNs of the secrets. Without a portal, it has no `portal-origin`. */
export type SecretsDeployment = Readonly<Partial<Record<SecretName, string>>>;

/** The header with the secret by which the portal's distribution proves that a request came through it. */
export const ORIGIN_SECRET_HEADER = 'x-portal-origin-secret';
