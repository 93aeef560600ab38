import { type RestApi, UsagePlan } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { RATE_PLAN_NAMES, type RatePlanName, type RatePlans } from '../../../shared/limits/rate-plan';
import { rateShield } from './rate-shield';

export interface RateUsagePlansProps {
  readonly api: RestApi;
  readonly ratePlans: RatePlans;
}

/** One usage plan per rate plan. The API key of a domain is created and added to a plan at run time. */
export class RateUsagePlans extends Construct {
  public readonly usagePlans: Readonly<Record<RatePlanName, UsagePlan>>;

  public constructor(scope: Construct, id: string, { api, ratePlans }: RateUsagePlansProps) {
    super(scope, id);
    const usagePlan = (name: RatePlanName): UsagePlan => {
      const limit = ratePlans[name];
      return new UsagePlan(this, name, {
        description: `SCIM rate plan ${name}`,
        apiStages: [{ api, stage: api.deploymentStage }],
        throttle: limit ? rateShield(limit) : undefined,
      });
    };
    this.usagePlans = Object.fromEntries(RATE_PLAN_NAMES.map((name) => [name, usagePlan(name)])) as Record<
      RatePlanName,
      UsagePlan
    >;
  }
}
