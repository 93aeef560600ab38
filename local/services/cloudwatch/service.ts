import * as z from 'zod';
import type { CloudContext } from '../../cloud/context';
import { type Operations, readInput } from '../../cloud/endpoint/operation';
import type { MetricStore } from '../../cloud/metrics/metric-store';
import type { Service } from '../../cloud/service';
import { MetricDataQuery, queryMetrics } from './query';

const SAMPLE_MS = 5_000;

const Query = z.object({
  queries: z.array(MetricDataQuery),
  /** Milliseconds since the epoch. */
  start: z.number(),
  end: z.number(),
});

/** CloudWatch. Samples the services that report states, and answers queries of metrics. */
export class CloudWatchService implements Service {
  readonly resourceTypes = {};
  /** Set by `start`. */
  private metrics!: MetricStore;

  /** `gauges` report the states of services now, such as the number of messages in a queue. */
  constructor(private readonly gauges: readonly { report(metrics: MetricStore): void }[]) {}

  start({ metrics, teardown }: CloudContext): void {
    this.metrics = metrics;
    const timer = setInterval(() => this.sample(), SAMPLE_MS).unref();
    teardown.add('the sampling of metrics', () => clearInterval(timer));
  }

  localOperations(): Operations {
    return {
      /** Returns all metrics with their values by second, for `MetricStore.import`. */
      'GET metrics': () => {
        this.sample();
        return this.metrics.export();
      },
      /** Answers `{queries, start, end}`, whose queries are those of `GetMetricData`. */
      'POST metrics': ({ input }) => {
        const { queries, start, end } = readInput(Query, input);
        this.sample();
        return queryMetrics(this.metrics, queries, { start, end }).map(({ id, series }) => ({
          id,
          series: series.map(({ points, ...each }) => ({ ...each, points: [...points] })),
        }));
      },
    };
  }

  private sample(): void {
    for (const gauge of this.gauges) gauge.report(this.metrics);
  }
}
