import * as z from 'zod';
import type { CloudContext } from '../../cloud/context';
import { type Operations, readInput } from '../../cloud/endpoint/operation';
import type { MetricStore } from '../../cloud/metrics/metric-store';
import type { Service } from '../../cloud/service';
import { arn } from '../../cloud/template/account';
import { nameOf, type ResourceTypes } from '../../cloud/template/identity';
import { ofType, type Resource } from '../../cloud/template/resources';
import { runAlarms } from './alarms/alarm-run';
import { type Alarms, alarmsFromTemplate } from './alarms/from-template';
import { MetricDataQuery, queryMetrics } from './query';

const alarmIdentity: ResourceTypes[string] = (naming) => {
  const name = nameOf('AlarmName', naming);
  return { ref: name, attributes: { Arn: arn('cloudwatch', `alarm:${name}`) } };
};

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::CloudWatch::Alarm': alarmIdentity,
  'AWS::CloudWatch::CompositeAlarm': alarmIdentity,
  'AWS::CloudWatch::Dashboard': (naming) => ({ ref: nameOf('DashboardName', naming), attributes: {} }),
};

const SAMPLE_MS = 5_000;
const MINUTE_MS = 60_000;

const Query = z.object({
  queries: z.array(MetricDataQuery),
  /** Milliseconds since the epoch. */
  start: z.number(),
  end: z.number(),
});

/** CloudWatch. Samples the services that report states, and answers queries of metrics. */
export class CloudWatchService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  /** Name → body. */
  private readonly dashboards = new Map<string, string>();
  private alarms: Alarms = { metric: [], composite: [] };
  private startedAt = 0;
  /** Set by `start`. */
  private metrics!: MetricStore;

  /** `gauges` report the states of services now, such as the number of messages in a queue. */
  constructor(private readonly gauges: readonly { report(metrics: MetricStore): void }[]) {}

  start({ metrics, teardown }: CloudContext, resources: readonly Resource[]): void {
    this.metrics = metrics;
    for (const { ref, properties } of ofType(resources, 'AWS::CloudWatch::Dashboard'))
      this.dashboards.set(ref, String(properties.DashboardBody));
    this.startedAt = Date.now();
    this.alarms = alarmsFromTemplate(resources);
    const timer = setInterval(() => this.sample(), SAMPLE_MS).unref();
    teardown.add('the sampling of metrics', () => clearInterval(timer));
  }

  localOperations(): Operations {
    return {
      /** Returns the bodies of the dashboards, by their names. */
      'GET dashboards': () => Object.fromEntries(this.dashboards),
      /** Returns the metrics of a name, or all, with their values by second, for `MetricStore.import`. */
      'GET metrics': ({ query }) => {
        this.sample();
        return this.metrics.export(query.get('name') ?? undefined);
      },
      /** Returns the states of all alarms now, their changes since the start, and the notifications. */
      'GET alarms': () => {
        this.sample();
        const start = Math.ceil(this.startedAt / MINUTE_MS) * MINUTE_MS;
        const { states, ...run } = runAlarms(this.alarms, this.metrics, { start, end: Date.now() });
        return { states: Object.fromEntries(states), ...run };
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
