import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadAssembly } from '../../../local/cloud/template/assembly';
import { ofType } from '../../../local/cloud/template/resources';
import type { Session } from '../../../local/product/session';
import { resolveResources } from '../../../local/services/services';
import { type Alarms, alarmsFromTemplate } from '../../../local/services/cloudwatch/alarms/from-template';
import { systemAssembly } from '../jest/start-system';
import { eventually } from '../jest/timeouts';
import { type HostProcess, readSession, startHost } from '../system/host-process';
import { difference, type Segment } from './timeline';

/** The metrics of durations. A busy test machine takes any time, so these metrics say nothing. */
const TIMES = /^(Latency|IntegrationLatency|Duration|SuccessfulRequestLatency)$/;

/** A system of its own, whose metrics no other test changes. */
export class MonitoredSystem {
  private readonly state = mkdtempSync(path.join(tmpdir(), 'monitored-'));
  private readonly resources = resolveResources(loadAssembly(systemAssembly()));
  readonly alarms = asIfNotified(alarmsFromTemplate(this.resources));
  private host: HostProcess | undefined;
  session!: Session;

  async start(...flags: string[]): Promise<void> {
    const own = [
      '--port',
      '0',
      '--portal-port',
      '0',
      '--no-synth',
      '--assembly',
      systemAssembly(),
      '--state',
      this.state,
    ];
    this.host = await startHost([...own, '--timeout-factor', '20', ...flags]);
    this.session = readSession(this.state);
  }

  async stop(): Promise<void> {
    await this.host?.stop();
    rmSync(this.state, { recursive: true, force: true });
  }

  async control<T = unknown>(
    method: string,
    operation: string,
    parameters: Record<string, string> = {},
  ): Promise<T> {
    const query = new URLSearchParams(parameters).toString();
    const response = await fetch(`${this.session.controlUrl}/${operation}?${query}`, { method });
    if (!response.ok) throw new Error(`${operation}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Returns the metrics of a name. @default all metrics */
  metrics(name?: string): Promise<Segment> {
    return this.control<Segment>('GET', 'metrics', name === undefined ? {} : { name });
  }

  /**
   * Returns the metrics of what `act` does, without those of times unless `withTimes` is set. Waits for those
   * with these names, because log lines arrive after the response of a function.
   */
  async record(
    act: () => Promise<unknown>,
    names: readonly string[] = [],
    { withTimes = false }: { readonly withTimes?: boolean } = {},
  ): Promise<Segment> {
    const before = await this.metrics();
    await act();
    let segment: Segment = [];
    await eventually(`the metrics ${names.join()}`, async () => {
      segment = difference(before, await this.metrics());
      const found = new Set(segment.filter(({ samples }) => samples.length > 0).map(({ name }) => name));
      return names.every((name) => found.has(name));
    });
    return withTimes ? segment : segment.filter(({ name }) => !TIMES.test(name));
  }

  /** Sends a SCIM request. Returns its status. */
  async scim(method: string, target: string, body?: unknown, key = this.session.scimKey): Promise<number> {
    const response = await fetch(this.session.baseUrl + target, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/scim+json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    await response.arrayBuffer();
    return response.status;
  }

  /** Sends an admin request. */
  async admin(method: string, target: string, body?: unknown): Promise<Response> {
    return fetch(this.session.adminUrl + target, {
      method,
      headers: { authorization: `Bearer ${this.session.adminToken}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  get tableName(): string {
    const [table] = ofType(this.resources, 'AWS::DynamoDB::Table');
    if (!table) throw new Error('There is no table.');
    return table.ref;
  }

  /** Returns the URL of the queue whose logical ID contains a text. */
  queueUrl(part: string): string {
    const queue = ofType(this.resources, 'AWS::SQS::Queue').find(({ logicalId }) => logicalId.includes(part));
    if (!queue) throw new Error(`There is no queue ${part}.`);
    return queue.ref;
  }
}

/** The local stage has no topic. With one, all alarms that are no part of another one notify. */
function asIfNotified({ metric, composite }: Alarms): Alarms {
  const parts = new Set(composite.flatMap(({ rule }) => rule.names));
  return {
    metric: metric.map((alarm) => ({ ...alarm, notifies: !parts.has(alarm.name) })),
    composite: composite.map((alarm) => ({ ...alarm, notifies: true })),
  };
}
