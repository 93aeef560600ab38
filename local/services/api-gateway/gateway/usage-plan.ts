import type { UsagePlanDefinition } from '../api';
import { Fault } from './fault';
import { TokenBuckets } from './token-buckets';

/**
 * Finds the usage plan for a key value on a stage. Undefined if the key is unknown, disabled, or in no plan.
 */
export type FindPlan = (keyValue: string, apiId: string, stage: string) => UsagePlanDefinition | undefined;

/** The limits of usage plans, with one token bucket for each API key and plan. */
export class UsagePlans {
  private readonly buckets: TokenBuckets;

  constructor(
    private readonly find: FindPlan,
    now?: () => number,
  ) {
    this.buckets = new TokenBuckets(now);
  }

  /**
   * Takes one token from the bucket of a key. Throws a `Fault` if the key is not valid or the bucket is
   * empty.
   */
  take(keyValue: string | undefined, apiId: string, stage: string): void {
    const plan = keyValue === undefined ? undefined : this.find(keyValue, apiId, stage);
    if (!plan) throw new Fault('INVALID_API_KEY');
    if (plan.throttle) this.buckets.take(`${plan.id} ${keyValue}`, plan.throttle);
  }
}
