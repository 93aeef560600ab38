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
