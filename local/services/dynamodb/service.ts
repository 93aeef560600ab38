import type { CloudContext } from '../../cloud/context';
import type { Operations } from '../../cloud/endpoint/operation';
import type { Client } from '../../cloud/environment';
import type { Service } from '../../cloud/service';
import { arn } from '../../cloud/template/account';
import { nameOf, type ResourceTypes } from '../../cloud/template/identity';
import { ofType, type Resource } from '../../cloud/template/resources';
import { type EngineCall, engineCall } from './engine/call';
import { startEngine } from './engine/start';
import { type Meter, startMeter } from './meter/proxy';
import { ensureTable, type Table } from './table';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::DynamoDB::Table': (naming) => {
    const table = nameOf('TableName', naming);
    const tableArn = arn('dynamodb', `table/${table}`);
    return { ref: table, attributes: { Arn: tableArn, StreamArn: `${tableArn}/stream/local` } };
  },
};

/** DynamoDB on a real engine. Functions call the meter in front of it, if there is one. */
export class DynamoDbService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  /** The tables of the template. */
  readonly tables: Table[] = [];
  private endpoint = '';
  /** Undefined if the cloud does not measure. Set by `prepare`. */
  meter: Meter | undefined;

  async launch({ children, settings, state, teardown }: CloudContext): Promise<void> {
    const { kind, endpoint } = settings.engine;
    const engine = await startEngine(kind, children, state.path, endpoint);
    teardown.add('DynamoDB', engine.stop);
    this.endpoint = engine.endpoint;
  }

  async prepare({ callers, settings, teardown }: CloudContext): Promise<void> {
    if (!settings.meter) return;
    this.meter = await startMeter(this.endpoint, callers);
    teardown.add('the meter', this.meter.close);
  }

  async start({ settings }: CloudContext, resources: readonly Resource[]): Promise<void> {
    for (const resource of ofType(resources, 'AWS::DynamoDB::Table')) {
      this.tables.push(await ensureTable(this.call, resource, settings.fresh));
    }
  }

  /** The meter measures functions only. */
  environment(_: CloudContext, client: Client): Record<string, string> {
    const url = client === 'function' ? this.meter?.url : undefined;
    return { AWS_ENDPOINT_URL_DYNAMODB: url ?? this.endpoint };
  }

  localOperations(): Operations {
    return {
      /**
       * Removes and returns the measurements since the last call with a partition key that contains
       * `?of=<text>`.
       */
      'GET capacity': ({ query }) => this.meter?.take(query.get('of') ?? '') ?? [],
    };
  }

  /** Calls the engine in DynamoDB's wire format. */
  get call(): EngineCall {
    return engineCall(this.endpoint);
  }
}
