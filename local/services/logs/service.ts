import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudContext } from '../../cloud/context';
import type { Service } from '../../cloud/service';
import { arn } from '../../cloud/template/account';
import { byId, nameOf, type ResourceTypes } from '../../cloud/template/identity';
import type { Resource } from '../../cloud/template/resources';
import type { MetricStore } from '../../cloud/metrics/metric-store';
import { embeddedMetrics } from '../cloudwatch/emf';
import type { KmsService } from '../kms/service';
import { assertLogKeys } from './log-keys';
import { MetricFilters } from './metric-filters';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::Logs::LogGroup': (naming) => {
    const name = nameOf('LogGroupName', naming);
    return { ref: name, attributes: { Arn: arn('logs', `log-group:${name}:*`) } };
  },
  'AWS::Logs::MetricFilter': byId,
};

/**
 * CloudWatch Logs. A log is a file. Lines in the embedded metric format, and lines that match a metric filter, become
 * metrics.
 */
export class LogsService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  private metrics: MetricStore | undefined;
  private filters = new MetricFilters([]);
  private directory = '';

  constructor(private readonly kms: KmsService) {}

  start({ iam, metrics, state }: CloudContext, resources: readonly Resource[]): void {
    assertLogKeys(iam, this.kms.keys, resources);
    this.metrics = metrics;
    this.directory = state.logs;
    this.filters = new MetricFilters(resources);
  }

  /** Receives a line that is already in a file. */
  ingest(logGroup: string, line: string, timestamp = Date.now()): void {
    for (const datum of embeddedMetrics(line)) this.metrics?.put(datum);
    for (const datum of this.filters.dataOf(logGroup, line, timestamp)) this.metrics?.put(datum);
  }

  /** Appends a line to the file of a log group. */
  append(logGroup: string, line: string): void {
    appendFileSync(join(this.directory, `${logGroup.replaceAll('/', '-')}.log`), `${line}\n`);
    this.ingest(logGroup, line);
  }
}
