import type { RestApi, UsagePlan } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { RATE_PLAN_NAMES, type RateLimit, type RatePlanName, type RatePlans } from '../../shared/rate-plan';

export interface RatePlanUsageProps {
  readonly api: RestApi;
  readonly ratePlans: RatePlans;
}

/** A usage plan on the API's stage for each rate plan. Each domain's API key is made, and put on a plan, at run time. */
export class RatePlanUsage extends Construct {
  public readonly usagePlans: Readonly<Record<RatePlanName, UsagePlan>>;

  public constructor(scope: Construct, id: string, { api, ratePlans }: RatePlanUsageProps) {
    super(scope, id);
    const planOf = (name: RatePlanName): UsagePlan =>
      api.addUsagePlan(`Plan-${name}`, {
        description: `Rate plan ${name}`,
        apiStages: [{ api, stage: api.deploymentStage }],
        throttle: throttleOf(ratePlans[name]),
      });
    this.usagePlans = Object.fromEntries(RATE_PLAN_NAMES.map((name) => [name, planOf(name)])) as Record<
      RatePlanName,
      UsagePlan
    >;
  }
}

/** A token bucket is the nearest to the exact limit that API Gateway has: it holds ten seconds' worth. */
function throttleOf(limit: RateLimit | null): { rateLimit: number; burstLimit: number } | undefined {
  if (!limit) return undefined;
  return { rateLimit: Math.ceil((limit.perMinute * 100) / 60) / 100, burstLimit: limit.perTenSeconds };
}
