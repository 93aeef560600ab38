import type { MetricStore } from '../../../cloud/metrics/metric-store';
import type { Api } from '../api';
import type { Exchange } from './access-log';

/**
 * Reports the metrics of a request (namespace `AWS/ApiGateway`). API Gateway counts a response whose status a
 * gateway response sets as `4XXError`, whatever the status.
 */
export function reportExchange(
  metrics: Pick<MetricStore, 'put'>,
  { name, stage, gatewayResponses }: Api,
  { status, errorType, latencyMs, integrationLatencyMs }: Exchange,
): void {
  const definition =
    errorType === undefined
      ? undefined
      : (gatewayResponses.get(errorType) ??
        gatewayResponses.get(status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'));
  const isModified = definition?.status !== undefined;
  const timestamp = Date.now();
  const put = (metric: string, value: number, unit: string) => {
    const ofApi: Record<string, string> = { ApiName: name };
    for (const dimensions of [ofApi, { ...ofApi, Stage: stage }])
      metrics.put({ namespace: 'AWS/ApiGateway', name: metric, dimensions, timestamp, value, unit });
  };
  put('Count', 1, 'Count');
  put('4XXError', status >= 400 && (status < 500 || isModified) ? 1 : 0, 'Count');
  put('5XXError', status >= 500 && !isModified ? 1 : 0, 'Count');
  put('Latency', latencyMs, 'Milliseconds');
  if (integrationLatencyMs !== undefined) put('IntegrationLatency', integrationLatencyMs, 'Milliseconds');
}
