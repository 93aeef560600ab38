import type { UsagePlanDefinition } from '../api';
import { Fault } from './fault';
import { TokenBuckets } from './token-buckets';

/** Finds the usage plan of an API key's value on a stage; undefined where the key is unknown, off, or on no plan. */
export type FindPlan = (keyValue: string, apiId: string, stage: string) => UsagePlanDefinition | undefined;

/** The token buckets of the usage plans, one for each API key and plan. */
export class UsagePlans {
  private readonly buckets: TokenBuckets;

  constructor(
    private readonly find: FindPlan,
    now?: () => number,
  ) {
    this.buckets = new TokenBuckets(now);
  }

  /** Takes one request from the key's bucket; throws a `Fault` where the key is not valid or the bucket is empty. */
  take(keyValue: string | undefined, apiId: string, stage: string): void {
    const plan = keyValue === undefined ? undefined : this.find(keyValue, apiId, stage);
    if (!plan) throw new Fault('INVALID_API_KEY');
    if (plan.throttle) this.buckets.take(`${plan.id} ${keyValue}`, plan.throttle);
  }
}
