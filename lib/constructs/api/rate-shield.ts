import type { ThrottleSettings } from 'aws-cdk-lib/aws-apigateway';
import type { RateLimit, RatePlans } from '../../../shared/limits/rate-plan';

const SLOT_SECONDS = 10;
const SLOTS_PER_MINUTE = 6;

/** Returns how many requests ten seconds allow. The limit per minute may be smaller. */
const requestsPerSlot = ({ perMinute, perTenSeconds }: RateLimit): number =>
  Math.min(perMinute, perTenSeconds);

/**
 * Returns API Gateway's token bucket in front of an exact limit. It refuses nothing that the limit allows.
 *
 * A client may use one window of ten seconds at its end and the next one at its start. That is a burst of
 * twice the window, followed by one window every ten seconds. If ten seconds can use up the whole minute, the
 * same is true of minutes.
 */
export function rateShield(limit: RateLimit): ThrottleSettings {
  const requests = requestsPerSlot(limit);
  const seconds = requests === limit.perMinute ? SLOTS_PER_MINUTE * SLOT_SECONDS : SLOT_SECONDS;
  return { rateLimit: Math.ceil((requests / seconds) * 100) / 100, burstLimit: 2 * requests };
}

/**
 * Returns the whole seconds after which a client that API Gateway refused can retry, whatever its plan. By
 * then its bucket holds the tokens of one window, and the exact limit passes the request. It is one number
 * for all plans, because a gateway response is a fixed text.
 */
export function maxRetryAfterSeconds(plans: RatePlans): number {
  const limits = Object.values(plans).filter((limit): limit is RateLimit => limit !== null);
  return Math.max(SLOT_SECONDS, ...limits.map(retryAfterSeconds));
}

/** Returns the rest of the minute after the earliest window in which a client can use up the minute. */
function retryAfterSeconds(limit: RateLimit): number {
  const slotsUsed = Math.ceil(limit.perMinute / requestsPerSlot(limit));
  return slotsUsed > SLOTS_PER_MINUTE ? SLOT_SECONDS : (SLOTS_PER_MINUTE - slotsUsed + 1) * SLOT_SECONDS;
}
