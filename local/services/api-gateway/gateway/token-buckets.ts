import type { Throttle } from '../api';
import { Fault } from './fault';

/** Token buckets by name. A bucket is full when it is first used. */
export class TokenBuckets {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Takes one token. Throws a `Fault` if the bucket is empty. */
  take(id: string, { rate, burst }: Throttle): void {
    const now = this.now();
    const bucket = this.buckets.get(id) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * rate);
    this.buckets.set(id, { tokens: tokens < 1 ? tokens : tokens - 1, at: now });
    if (tokens < 1) throw new Fault('THROTTLED');
  }
}
