import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudContext } from '../../cloud/context';
import type { Service } from '../../cloud/service';
import { arn } from '../../cloud/template/account';
import { byId, byIdAttribute, nameOf, type ResourceTypes } from '../../cloud/template/identity';
import type { Resource } from '../../cloud/template/resources';
import type { MetricStore } from '../../cloud/metrics/metric-store';
import { embeddedMetrics } from '../cloudwatch/emf';
import { type Operations, readInput } from '../../cloud/endpoint/operation';
import { ServiceError } from '../../cloud/endpoint/service-error';
import * as z from 'zod';
import { logEvents } from './insights/log-events';
import type { Row } from './insights/expression';
import { parseInsights } from './insights/query';
import type { KmsService } from '../kms/service';
import { assertLogKeys } from './log-keys';
import { LineTimes } from './line-times';
import { MetricFilters } from './metric-filters';
import { type SavedQuery, savedQueries } from './saved-queries';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::Logs::LogGroup': (naming) => {
    const name = nameOf('LogGroupName', naming);
    return { ref: name, attributes: { Arn: arn('logs', `log-group:${name}:*`) } };
  },
  'AWS::Logs::MetricFilter': byId,
  'AWS::Logs::QueryDefinition': byIdAttribute('QueryDefinitionId'),
};

const QueryOfLogs = z.object({ logGroups: z.array(z.string()), query: z.string(), start: z.number() });

const InsightsQuery = z.object({ name: z.string() }).catchall(z.string());

/**
 * CloudWatch Logs. A log is a file. Lines in the embedded metric format, and lines that match a metric
 * filter, become metrics.
 */
export class LogsService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  private metrics: MetricStore | undefined;
  private filters = new MetricFilters([]);
  private directory = '';
  private queries: readonly SavedQuery[] = [];
  /** Log group → file, for those that are not named after their group. */
  private readonly files = new Map<string, string>();
  private readonly times = new Map<string, LineTimes>();

  constructor(private readonly kms: KmsService) {}

  start({ iam, metrics, state }: CloudContext, resources: readonly Resource[]): void {
    assertLogKeys(iam, this.kms.keys, resources);
    this.metrics = metrics;
    this.directory = state.logs;
    this.filters = new MetricFilters(resources);
    this.queries = savedQueries(resources);
  }

  localOperations(): Operations {
    return {
      /** Returns the saved queries. */
      'GET queries': () => this.queries,
      /**
       * Runs the saved query whose name ends in `?name=<text>`. Each further parameter replaces a word of the
       * query, such as `&REQUEST-ID=<id>`.
       */
      'GET insights': ({ query }) => {
        const { name, ...words } = readInput(InsightsQuery, Object.fromEntries(query));
        const saved = this.queries.find((each) => each.name.endsWith(`/${name}`));
        if (!saved) throw new ServiceError(404, 'ResourceNotFoundException', `There is no query ${name}.`);
        const text = Object.entries(words).reduce(
          (all, [word, value]) => all.replaceAll(word, value),
          saved.query,
        );
        return parseInsights(text).run(this.eventsOf(saved.logGroups));
      },
      /** Returns the fields that the lines of `?logGroups=<name>,<name>` have. */
      'GET log-fields': ({ query }) => [
        ...new Set(this.eventsOf((query.get('logGroups') ?? '').split(',')).flatMap(Object.keys)),
      ],
      /**
       * Runs the query of `{logGroups, query, start}` on the lines since `start`, in milliseconds since the
       * epoch.
       */
      'POST insights': ({ input }) => {
        const { logGroups, query, start } = readInput(QueryOfLogs, input);
        const events = this.eventsOf(logGroups).filter((event) => Number(event['@timestamp']) >= start);
        return parseInsights(query).run(events);
      },
    };
  }

  /** Says that the lines of a log group are in another file. */
  useFile(logGroup: string, file: string): void {
    this.files.set(logGroup, file);
    this.times.set(logGroup, LineTimes.after(file));
  }

  private eventsOf(logGroups: readonly string[]): Row[] {
    return logGroups
      .flatMap((logGroup) => {
        const file = this.fileOf(logGroup);
        return existsSync(file)
          ? logEvents(readFileSync(file, 'utf8'), logGroup, (line) => this.times.get(logGroup)?.of(line))
          : [];
      })
      .sort((a, b) => Number(a['@timestamp']) - Number(b['@timestamp']));
  }

  private fileOf(logGroup: string): string {
    return this.files.get(logGroup) ?? join(this.directory, `${logGroup.replaceAll('/', '-')}.log`);
  }

  /** Receives a line that is already in a file. */
  ingest(logGroup: string, line: string, timestamp = Date.now()): void {
    this.times.get(logGroup)?.add(line, timestamp);
    for (const datum of embeddedMetrics(line)) this.metrics?.put(datum);
    for (const datum of this.filters.dataOf(logGroup, line, timestamp)) this.metrics?.put(datum);
  }

  /** Appends a line to the file of a log group. */
  append(logGroup: string, line: string): void {
    appendFileSync(this.fileOf(logGroup), `${line}\n`);
    this.ingest(logGroup, line);
  }
}
