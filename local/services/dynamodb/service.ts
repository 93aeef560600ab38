import * as z from 'zod';
import type { CloudContext } from '../../cloud/context';
import { type Operations, readInput } from '../../cloud/endpoint/operation';
import type { Service } from '../../cloud/service';
import { arn } from '../../cloud/template/account';
import { nameOf, type ResourceTypes } from '../../cloud/template/identity';
import { ofType, type Resource } from '../../cloud/template/resources';
import type { KmsService } from '../kms/service';
import { type EngineCall, engineCall } from './engine/call';
import { startEngine } from './engine/start';
import { Backups } from './control/backups';
import { ControlPlane } from './control/control-plane';
import { TableFeatures } from './control/table-features';
import { Conflicts } from './conflicts/conflicts';
import { ConflictWatch } from './conflicts/conflict-watch';
import { startFront } from './front/front';
import { Latency } from './front/latency';
import { TableKeys } from './front/table-keys';
import { IndexLag } from './index-lag/index-lag';
import { Meter } from './meter/meter';
import { createCopy, ensureTable, type Table } from './table';
import { TableMetrics } from './table-metrics';
import { Throughput } from './throughput/throughput';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::DynamoDB::Table': (naming) => {
    const table = nameOf('TableName', naming);
    const tableArn = arn('dynamodb', `table/${table}`);
    return { ref: table, attributes: { Arn: tableArn, StreamArn: `${tableArn}/stream/local` } };
  },
};

const LatencyQuery = z.strictObject({
  function: z.string().default(''),
  ms: z.coerce.number().int().min(0),
});

/**
 * DynamoDB on a real engine. Its clients call the front, which is as strict as AWS, and which backs up
 * tables.
 */
export class DynamoDbService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  /** The tables of the template. */
  readonly tables: Table[] = [];
  /** The URL of the engine. Set by `launch`. */
  engineUrl = '';
  /** The URL of the front. Set by `prepare`. */
  private frontUrl = '';
  private keys: TableKeys | undefined;
  private features: TableFeatures | undefined;
  private indexLag: IndexLag | undefined;
  private readonly watch = new ConflictWatch();
  private latency = new Latency(0);
  /** Undefined if the cloud does not measure. Set by `prepare`. */
  meter: Meter | undefined;

  constructor(private readonly kms: KmsService) {}

  async launch({ children, settings, state, teardown }: CloudContext): Promise<void> {
    const { kind, endpoint } = settings.engine;
    const engine = await startEngine(kind, children, state.path, endpoint);
    teardown.add('DynamoDB', engine.stop);
    this.engineUrl = engine.endpoint;
  }

  async prepare(context: CloudContext): Promise<void> {
    const { callers, faults, iam, log, settings, state, teardown } = context;
    this.meter = settings.meter ? new Meter(this.call) : undefined;
    const { engineUrl: engine, meter } = this;
    const { transactionHoldMs: holdMs, indexLagMs: lagMs } = settings;
    this.latency = new Latency(settings.tableLatencyMs);
    const onError = (error: unknown) => log(`The copy of an index failed: ${String(error)}`);
    this.indexLag = lagMs === 0 ? undefined : new IndexLag({ call: this.call, lagMs, onError });
    const keyNames = (table: string) => this.keys?.keyNamesOf(table) ?? [];
    const tables = () => this.keys;
    this.features = new TableFeatures(state.file('table-features.json'));
    const control = new ControlPlane({
      call: this.call,
      features: this.features,
      backups: new Backups(this.call, state.file('table-backups.json')),
      onRestored: (definition) => this.keys?.learn(definition),
    });
    const throughput = settings.partitionLimits ? new Throughput(tables) : undefined;
    const { watch } = this;
    const conflicts = holdMs === undefined ? undefined : new Conflicts({ keyNames, holdMs, watch });
    const strictness = { conflicts, throughput, indexLag: this.indexLag };
    const reports = { meter, metrics: new TableMetrics(context.metrics) };
    const front = await startFront({
      engine,
      callers,
      faults,
      iam,
      tables,
      keys: () => this.kms.keys,
      control,
      ...strictness,
      ...reports,
      latency: this.latency,
    });
    teardown.add('the lag of indexes', () => this.indexLag?.stop());
    teardown.add('the front of DynamoDB', front.close);
    this.frontUrl = front.url;
  }

  async start({ settings }: CloudContext, resources: readonly Resource[]): Promise<void> {
    this.keys = new TableKeys(resources);
    for (const resource of ofType(resources, 'AWS::DynamoDB::Table')) {
      const table = await ensureTable(this.call, resource, settings.fresh);
      this.features?.manage(resource, table.isNew);
      this.tables.push(table);
      await this.indexLag?.add(await createCopy(this.call, resource, `${resource.ref}.lag`));
    }
  }

  environment(): Record<string, string> {
    return { AWS_ENDPOINT_URL_DYNAMODB: this.frontUrl };
  }

  localOperations(): Operations {
    return {
      /**
       * Removes and returns the measurements since the last call with a partition key that contains
       * `?of=<text>`.
       */
      'GET capacity': ({ query }) => this.meter?.take(query.get('of') ?? '') ?? [],
      /** Removes and returns the canceled transactions since the last call, with their write units. */
      'GET canceled': ({ query }) => this.meter?.takeCanceled(query.get('of') ?? '') ?? [],
      /**
       * Counts the conflicts of items whose key contains `?of=<text>`. With `refuse=off`, requests that use
       * them never conflict, but take as long. `hold=<ms>` is the time for which transactions hold them.
       */
      'POST conflicts': ({ query }) =>
        this.watch.start(query.get('of') ?? '', {
          refuses: query.get('refuse') !== 'off',
          ...(query.has('hold') && { holdMs: Number(query.get('hold')) }),
        }),
      /** Ends the count for `?of=<text>`, and returns it. */
      'DELETE conflicts': ({ query }) => this.watch.stop(query.get('of') ?? ''),
      /** Delays the responses to functions with `?function=<part of the name>` by `ms` milliseconds. */
      'POST table-latency': ({ query }) => {
        const { function: part, ms } = readInput(LatencyQuery, Object.fromEntries(query));
        this.latency.slowDown(part, ms);
        return { function: part, ms };
      },
      'DELETE table-latency': () => {
        this.latency.reset();
        return {};
      },
    };
  }

  /** Calls the engine in DynamoDB's wire format. */
  get call(): EngineCall {
    return engineCall(this.engineUrl);
  }
}
