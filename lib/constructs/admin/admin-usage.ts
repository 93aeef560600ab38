import { ApiKey, type RestApi, UsagePlan } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import {
  ADMIN_CALLERS,
  type AdminCallerKind,
  adminUsageKeyOf,
  adminUsageKeyPrefix,
} from '../../../shared/limits/admin-limits';
import { chainPlanKeys } from '../gateway/chain-plan-keys';
import { stageOf } from '../stage/stage';

export interface AdminUsageProps {
  readonly api: RestApi;
}

/** The usage plans of the admin API: one for each kind of caller, with an API key for each share of them. */
export class AdminUsage extends Construct {
  public constructor(scope: Construct, id: string, { api }: AdminUsageProps) {
    super(scope, id);
    const plans = Object.keys(ADMIN_CALLERS).map((kind) => this.addPlan(api, kind as AdminCallerKind));
    chainPlanKeys(plans);
  }

  private addPlan(api: RestApi, kind: AdminCallerKind): UsagePlan {
    const { shares, requestsPerSecond, burst } = ADMIN_CALLERS[kind];
    const plan = new UsagePlan(this, kind, {
      description: `Admin API, callers of the kind ${kind}`,
      apiStages: [{ api, stage: api.deploymentStage }],
      throttle: { rateLimit: requestsPerSecond, burstLimit: burst },
    });
    const prefix = adminUsageKeyPrefix(stageOf(this));
    for (let share = 0; share < shares; share++) {
      plan.addApiKey(
        new ApiKey(this, `${kind}${share}`, {
          value: adminUsageKeyOf(kind, share, prefix),
          description: `Admin API, share ${share} of the callers of the kind ${kind}`,
        }),
      );
    }
    return plan;
  }
}
