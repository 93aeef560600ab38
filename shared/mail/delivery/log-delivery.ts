import { addMetric, logger } from '../../telemetry';
import { type DeliveryOutcome, metricOf } from './delivery';

/** Logs and counts the outcome of an email. `fields` identify the email; they must not contain an address. */
export function logDelivery(fields: object, result: DeliveryOutcome): void {
  // A paused domain has the same emails in every run.
  if (result.outcome === 'paused') return;
  const metric = metricOf(result);
  if (metric) addMetric(metric);
  logger['error' in result ? 'warn' : 'info']('License email', { ...fields, ...result });
}
