import { type RestApi, type ThrottleSettings, UsagePlan } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { RATE_PLAN_NAMES, type RateLimit, type RatePlanName, type RatePlans } from '../../shared/rate-plan';

export interface RatePlanUsageProps {
  readonly api: RestApi;
  readonly ratePlans: RatePlans;
}

/** A usage plan on the API's stage for each rate plan. A domain's API key is made, and put on a plan, at run time. */
export class RatePlanUsage extends Construct {
  public readonly usagePlans: Readonly<Record<RatePlanName, UsagePlan>>;

  public constructor(scope: Construct, id: string, { api, ratePlans }: RatePlanUsageProps) {
    super(scope, id);
    const usagePlan = (name: RatePlanName): UsagePlan =>
      new UsagePlan(this, name, {
        description: `SCIM rate plan ${name}`,
        apiStages: [{ api, stage: api.deploymentStage }],
        throttle: throttleOf(ratePlans[name]),
      });
    this.usagePlans = Object.fromEntries(RATE_PLAN_NAMES.map((name) => [name, usagePlan(name)])) as Record<
      RatePlanName,
      UsagePlan
    >;
  }
}

/** API Gateway has token buckets only: the nearest to the exact limit is one that holds ten seconds' worth. */
function throttleOf(limit: RateLimit | null): ThrottleSettings | undefined {
  if (!limit) return undefined;
  return { rateLimit: Math.ceil((limit.perMinute * 100) / 60) / 100, burstLimit: limit.perTenSeconds };
}
