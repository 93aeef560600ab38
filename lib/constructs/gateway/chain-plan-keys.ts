import { CfnUsagePlanKey, type UsagePlan } from 'aws-cdk-lib/aws-apigateway';

/** Lets CloudFormation put one key at a time on the plans: API Gateway refuses a parallel one with a 409. */
export function chainPlanKeys(plans: readonly UsagePlan[]): void {
  const keys = plans.flatMap((plan) =>
    plan.node.children.filter((child) => child instanceof CfnUsagePlanKey),
  );
  for (const [at, key] of keys.slice(1).entries()) key.addResourceDependency(keys[at] as CfnUsagePlanKey);
}
