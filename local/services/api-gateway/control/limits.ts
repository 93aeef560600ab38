import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceError } from '../../../cloud/endpoint/service-error';
import type { CloudSettings } from '../../../cloud/settings';
import { TokenBuckets } from '../gateway/token-buckets';

/** The limits of API Gateway's control plane, which hold for an account and a region. */
export class ControlLimits {
  private readonly buckets: TokenBuckets;
  private isAddingToPlan = false;

  constructor(
    private readonly settings: CloudSettings['controlPlane'],
    now: () => number = Date.now,
  ) {
    this.buckets = new TokenBuckets(now);
  }

  /** Throws a `ServiceError` if `existing` keys are all, or if too many were created in the last second. */
  assertMayCreateKey(existing: number): void {
    if (existing >= this.settings.maxKeys)
      throw new ServiceError(429, 'LimitExceededException', 'API Keys limit exceeded for account');
    const rate = this.settings.keysPerSecond;
    if (rate === Infinity) return;
    try {
      this.buckets.take('CreateApiKey', { rate, burst: rate });
    } catch {
      throw new ServiceError(429, 'TooManyRequestsException', 'Too Many Requests', { 'retry-after': '1' });
    }
  }

  /**
   * Runs `add`, and then holds the control plane. Throws a `ServiceError` if another call holds it: the call
   * then changes nothing.
   */
  async addToPlan<T>(add: () => T): Promise<T> {
    if (this.settings.planKeyMs === 0) return add();
    if (this.isAddingToPlan) {
      throw new ServiceError(
        409,
        'ConflictException',
        'Unable to complete operation due to concurrent modification. Please try again later.',
      );
    }
    this.isAddingToPlan = true;
    try {
      const added = add();
      await sleep(this.settings.planKeyMs);
      return added;
    } finally {
      this.isAddingToPlan = false;
    }
  }
}
