import type { UsagePlanDefinition } from './api';
import { Fault } from './fault';

/** Finds the usage plan of an API key's value on a stage; undefined where the key is unknown, off, or on no plan. */
export type FindPlan = (keyValue: string, apiId: string, stage: string) => UsagePlanDefinition | undefined;

/** The token buckets of the usage plans, one for each API key and plan. */
export class UsagePlans {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(
    private readonly find: FindPlan,
    private readonly now: () => number = Date.now,
  ) {}

  /** Takes one request from the key's bucket; throws a `Fault` where the key is not valid or the bucket is empty. */
  take(keyValue: string | undefined, apiId: string, stage: string): void {
    const plan = keyValue === undefined ? undefined : this.find(keyValue, apiId, stage);
    if (!plan) throw new Fault('INVALID_API_KEY');
    if (!plan.throttle) return;
    const { rate, burst } = plan.throttle;
    const id = `${plan.id} ${keyValue}`;
    const now = this.now();
    const bucket = this.buckets.get(id) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * rate);
    this.buckets.set(id, { tokens: tokens < 1 ? tokens : tokens - 1, at: now });
    if (tokens < 1) throw new Fault('THROTTLED');
  }
}
