import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { METRICS_NAMESPACE } from '../env';
import { type InvocationCapacity, takeCapacity } from './consumed-capacity';
import { describeTrigger } from './describe-trigger';
import { listenToFailures } from './failure-report';
import { loggable, safeError } from './mask-secrets';

/**
 * The log of the function. Masks addresses and secrets, but never log bodies, tokens, or keys in the first
 * place.
 */
export const logger = new Logger({ jsonReplacerFn: loggable });

/**
 * The metrics of the function, in the namespace of its stage. The annotation keeps the package out of bundles
 * that emit no metrics.
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

/** The duration of an invocation, and the units of the table that it consumed. */
export interface InvocationCost {
  readonly milliseconds: number;
  readonly capacity: InvocationCapacity;
}

/**
 * Starts an invocation: its log lines have the context of Lambda and `keys`. Returns a function that returns
 * its cost up to then.
 */
export function startInvocation(context: Context, keys: Readonly<Record<string, string>> = {}) {
  logger.addContext(context);
  logger.resetKeys();
  logger.appendKeys(keys);
  takeCapacity();
  const startTime = performance.now();
  return (): InvocationCost => ({
    milliseconds: Math.round(performance.now() - startTime),
    capacity: takeCapacity(),
  });
}

/**
 * Runs an invocation by a stream, a queue, a topic, or a schedule: logs one line with its records and its
 * cost, and publishes its metrics at the end. Lambda writes an error into the log, so it gets one without
 * data.
 */
export async function withTelemetry<T>(context: Context, event: unknown, run: () => Promise<T>): Promise<T> {
  const cost = startInvocation(context);
  const trigger = describeTrigger(event, Date.now());
  try {
    const result = await run();
    const failures = (result as { batchItemFailures?: readonly unknown[] } | undefined)?.batchItemFailures;
    logger.info('invocation', { ...trigger, ...(failures && { failed: failures.length }), ...cost() });
    return result;
  } catch (error) {
    logger.error('The invocation failed.', { ...trigger, ...cost(), error: safeError(error) });
    throw safeError(error);
  } finally {
    publishMetrics();
  }
}

/**
 * Runs an invocation of an authorizer, and logs one line with its cost and the `fields` of the decision. API
 * Gateway does not tell an authorizer the id of the request: the access log has the `function_request_id` of
 * the authorizer instead.
 */
export async function withAuthorization<T extends { readonly fields: object }>(
  context: Context,
  decide: () => Promise<T>,
): Promise<T> {
  const cost = startInvocation(context);
  try {
    const decision = await decide();
    logger.info('authorization', { ...decision.fields, ...cost() });
    return decision;
  } catch (error) {
    logger.error('The authorization failed.', { ...cost(), error: safeError(error) });
    throw safeError(error);
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

listenToFailures(reportFailure);
