import type { ThrottleSettings } from 'aws-cdk-lib/aws-apigateway';
import type { RateLimit, RatePlans } from '../../../shared/rate-plan';

const SLOT_SECONDS = 10;
const SLOTS_PER_MINUTE = 6;

/** Requests in ten seconds; a limit of the minute may be smaller. */
const requestsPerSlot = ({ perMinute, perTenSeconds }: RateLimit): number =>
  Math.min(perMinute, perTenSeconds);

/**
 * The token bucket of API Gateway that stands before an exact limit, and refuses nothing that the limit allows: whoever uses ten
 * seconds up at their end and the next ones at their beginning sends twice as much at once, and then as much every ten seconds.
 * Where ten seconds may use the minute up, the same goes for minutes.
 */
export function rateShield(limit: RateLimit): ThrottleSettings {
  const requests = requestsPerSlot(limit);
  const seconds = requests === limit.perMinute ? SLOTS_PER_MINUTE * SLOT_SECONDS : SLOT_SECONDS;
  return { rateLimit: Math.ceil((requests / seconds) * 100) / 100, burstLimit: 2 * requests };
}

/**
 * Whole seconds after which a client that API Gateway has refused may come again, whatever its plan: its bucket has as much again
 * as ten seconds have, and the exact limit lets it through. A fixed text is all that a gateway response can hold.
 */
export function maxRetryAfterSeconds(plans: RatePlans): number {
  const limits = Object.values(plans).filter((limit): limit is RateLimit => limit !== null);
  return Math.max(SLOT_SECONDS, ...limits.map(retryAfterSeconds));
}

/** A minute can be used up at the beginning of one of its ten seconds at the earliest; what is left of it then. */
function retryAfterSeconds(limit: RateLimit): number {
  const used = Math.ceil(limit.perMinute / requestsPerSlot(limit));
  return used > SLOTS_PER_MINUTE ? SLOT_SECONDS : (SLOTS_PER_MINUTE - used + 1) * SLOT_SECONDS;
}
