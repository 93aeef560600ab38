import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { METRICS_NAMESPACE } from './env';

/** The log of the function. Never log bodies, tokens, or keys. */
export const logger = new Logger();

/**
 * The metrics of the function, in the namespace of its stage. The annotation keeps the package out of bundles that emit
 * no metrics.
 */
const metrics = /* @__PURE__ */ new Metrics({
  namespace: process.env.POWERTOOLS_METRICS_NAMESPACE ?? METRICS_NAMESPACE,
});

/** Adds to a metric of this invocation. Call `publishMetrics` before the invocation ends. */
export function addMetric(name: string, value = 1, unit: 'Count' | 'Seconds' | 'Percent' = 'Count'): void {
  metrics.addMetric(name, MetricUnit[unit], value);
}

/** Writes the metrics of this invocation to the log, if there are any. */
function publishMetrics(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}

/** Runs an invocation whose log lines carry the context of Lambda, and publishes its metrics at the end. */
export async function withTelemetry<T>(context: Context, run: () => Promise<T>): Promise<T> {
  logger.addContext(context);
  try {
    return await run();
  } finally {
    publishMetrics();
  }
}

/**
 * Counts one and publishes it at once: the process may be frozen before a later publish, and an alarm waits
 * for it.
 */
export function countMetric(name: string): void {
  addMetric(name);
  publishMetrics();
}

/** Logs and counts an error that the client did not cause. */
export function reportFailure(error: unknown): void {
  logger.error('A request failed.', error as Error);
  countMetric('InternalError');
}
