import type { EndpointHealth } from '../../store/webhooks/webhook-progress';
import type { SendResult } from './channel';

/** A response that takes longer counts as slow. */
const SLOW_MS = 2_000;
/** A slow endpoint uses the slow lane for this time. */
const SLOW_LANE_MS = 10 * 60_000;

/** Returns whether the endpoint must not be tried at a time. */
export const isDown = ({ pausedUntil }: Pick<EndpointHealth, 'pausedUntil'>, now: Date): boolean =>
  pausedUntil !== undefined && pausedUntil > now.toISOString();

/** Returns whether the deliveries to an endpoint use the slow lane, so that they take no time from others. */
export const isSlow = ({ slowUntil, failingSince }: EndpointHealth, now: Date): boolean =>
  failingSince !== undefined || (slowUntil !== undefined && slowUntil > now.toISOString());

export const afterSuccess = (
  health: EndpointHealth,
  { durationMs }: SendResult,
  now: Date,
): Partial<EndpointHealth> => ({
  ...{ failures: 0, pauses: 0, failingSince: undefined, pausedUntil: undefined, lastError: undefined },
  deliveredAt: now.toISOString(),
  slowUntil: durationMs > SLOW_MS ? slowUntil(now) : health.slowUntil,
});

export const afterFailure = (
  { failures, failingSince, slowUntil: slow }: EndpointHealth,
  { durationMs, error }: SendResult,
  isFirstAttempt: boolean,
  now: Date,
): Partial<EndpointHealth> => ({
  // An event that is refused again says nothing about the others.
  failures: failures + (isFirstAttempt ? 1 : 0),
  failingSince: failingSince ?? now.toISOString(),
  lastError: error,
  slowUntil: durationMs > SLOW_MS ? slowUntil(now) : slow,
});

/** Leaves the endpoint alone until a time. */
export const paused = ({ pauses }: EndpointHealth, until: Date): Partial<EndpointHealth> => ({
  pauses: pauses + 1,
  pausedUntil: until.toISOString(),
});

const slowUntil = (now: Date): string => new Date(now.getTime() + SLOW_LANE_MS).toISOString();
