import { ApiKey, type RestApi, UsagePlan } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { SHARE_COUNT, usageKeyOf, usageKeyPrefix } from '../../../shared/limits/license-check-limits';
import { chainPlanKeys } from '../gateway/chain-plan-keys';
import { stageOf } from '../stage/stage';

export interface LicenseCheckUsageProps {
  readonly api: RestApi;
  /** The limit for all callers together. */
  readonly requestsPerSecond: number;
}

/** The usage plan of license checks, with an API key for each share of the callers' addresses. */
export class LicenseCheckUsage extends Construct {
  public readonly usagePlan: UsagePlan;
  /** The API key of each share. */
  public readonly keys: readonly ApiKey[];

  public constructor(scope: Construct, id: string, { api, requestsPerSecond }: LicenseCheckUsageProps) {
    super(scope, id);
    this.usagePlan = new UsagePlan(this, 'Plan', {
      description: "License checks, by share of the callers' addresses",
      apiStages: [{ api, stage: api.deploymentStage }],
      // Allows a burst of ten seconds' worth, because a whole office can start its day behind one address.
      throttle: { rateLimit: requestsPerSecond / 10, burstLimit: requestsPerSecond },
    });
    const prefix = usageKeyPrefix(stageOf(this));
    this.keys = Array.from(
      { length: SHARE_COUNT },
      (_, share) =>
        new ApiKey(this, `Share${share}`, {
          value: usageKeyOf(share, prefix),
          description: `Share ${share} of the addresses of license checks and of requests for access tokens`,
        }),
    );
    for (const key of this.keys) this.usagePlan.addApiKey(key);
    chainPlanKeys([this.usagePlan]);
  }
}
