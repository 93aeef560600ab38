import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** The log of the function. Bodies, tokens and keys are not logged. */
export const logger = new Logger();

const metrics = new Metrics({ namespace: 'ScimProvisioning' });

/** Emitted at once: an alarm is on it, and the process may be frozen before a later flush. */
export function countMetric(name: string): void {
  metrics.addMetric(name, MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
}

/** Tells of an error that is not the client's. */
export function reportFailure(error: unknown): void {
  logger.error('A request failed.', error as Error);
  countMetric('InternalError');
}
