import { addMetric, logger } from '../../logging/telemetry';
import { type DeliveryOutcome, metricOf } from './delivery';

/** Logs and counts the outcome of an email. `fields` identify the email; they must not contain an address. */
export function logDelivery(fields: object, result: DeliveryOutcome): void {
  // A paused domain has the same emails in every run.
  if (result.outcome === 'paused') return;
  const metric = metricOf(result);
  if (metric) addMetric(metric);
  const age = attemptAge(result, new Date());
  if (age !== undefined) addMetric('MailAttemptAge', age, 'Seconds');
  logger['error' in result ? 'warn' : 'info']('License email', { ...fields, ...result });
}

/**
 * Returns the seconds since the first attempt to send an email that SES has failed to accept, and 0 for an
 * email that it accepted, or that waits no longer. Other outcomes say nothing about SES.
 */
export function attemptAge(result: DeliveryOutcome, now: Date): number | undefined {
  if (['sent', 'failed', 'givenUp'].includes(result.outcome)) return 0;
  if (result.outcome !== 'delayed' || result.firstTriedAt === undefined) return undefined;
  return Math.max(0, (now.getTime() - Date.parse(result.firstTriedAt)) / 1_000);
}
