import * as z from 'zod';
import { readProperties } from '../../cloud/template/properties';
import { UserError } from '../../host/user-error';
import { HANG_LIMIT_MS, until } from '../../host/processes/until';
import type { Resource } from '../../cloud/template/resources';
import { type EngineCall, EngineError } from './engine/call';
import type { LaggingTable } from './index-lag/index-lag';

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const Index = z.object({ IndexName: z.string(), KeySchema, Projection: z.record(z.string(), z.unknown()) });

const TableProperties = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  KeySchema,
  BillingMode: z.literal('PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: z.array(Index).optional(),
  LocalSecondaryIndexes: z.array(Index).optional(),
  StreamSpecification: z.object({ StreamViewType: z.string() }).optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
});

interface TableDescription {
  readonly TableStatus: string;
  readonly KeySchema: unknown;
  readonly GlobalSecondaryIndexes?: { IndexName: string; KeySchema: unknown; Projection: unknown }[];
  readonly LatestStreamArn?: string;
}

export interface Table {
  readonly name: string;
  /** The ARN of the stream in the template. */
  readonly templateStreamArn: string;
  /** The ARN of the stream in the engine, or undefined if the table has no stream. */
  readonly engineStreamArn: string | undefined;
  /** True if this run created the table. */
  readonly isNew: boolean;
}

/**
 * Creates the table that the template describes, or continues with the existing one. With `fresh`, deletes
 * the existing one first. The engines refuse point-in-time recovery, deletion protection and tags:
 * `TableFeatures` keeps the first two.
 */
export async function ensureTable(call: EngineCall, resource: Resource, fresh: boolean): Promise<Table> {
  const { TimeToLiveSpecification, StreamSpecification, ...definition } = readProperties(
    TableProperties,
    resource,
  );
  const name = resource.ref;
  if (fresh) await remove(call, name);
  let description = await describe(call, name);
  const isNew = !description;
  if (!description) {
    const stream = StreamSpecification && {
      StreamSpecification: { ...StreamSpecification, StreamEnabled: true },
    };
    description = await create(call, { TableName: name, ...definition, ...stream }, TimeToLiveSpecification);
  } else if (shape(description) !== shape(definition)) {
    throw new UserError(
      `The stored table ${name} differs from the one in the template. Start once with --fresh to delete it.`,
    );
  }
  return {
    name,
    templateStreamArn: resource.attributes.StreamArn ?? '',
    engineStreamArn: description?.LatestStreamArn,
    isNew,
  };
}

/** Creates an empty table with the keys and indexes of the template's table, without a stream. */
export async function createCopy(call: EngineCall, resource: Resource, name: string): Promise<LaggingTable> {
  const {
    TimeToLiveSpecification,
    StreamSpecification: _stream,
    ...definition
  } = readProperties(TableProperties, resource);
  await remove(call, name);
  await create(call, { TableName: name, ...definition }, TimeToLiveSpecification);
  const namesIn = (schema: z.infer<typeof KeySchema>) => schema.map(({ AttributeName }) => AttributeName);
  return {
    name: resource.ref,
    copyName: name,
    keyNames: namesIn(definition.KeySchema),
    indexKeys: (definition.GlobalSecondaryIndexes ?? []).map((index) => namesIn(index.KeySchema)),
  };
}

async function create(
  call: EngineCall,
  definition: { readonly TableName: string },
  TimeToLiveSpecification: object | undefined,
): Promise<TableDescription | undefined> {
  const { TableName } = definition;
  let description: TableDescription | undefined;
  await call('DynamoDB_20120810.CreateTable', definition);
  await until(`the table ${TableName} to become active`, HANG_LIMIT_MS, async () => {
    description = await describe(call, TableName);
    return description?.TableStatus === 'ACTIVE';
  });
  if (TimeToLiveSpecification)
    await call('DynamoDB_20120810.UpdateTimeToLive', { TableName, TimeToLiveSpecification });
  return description;
}

async function describe(call: EngineCall, name: string): Promise<TableDescription | undefined> {
  try {
    return (await call<{ Table: TableDescription }>('DynamoDB_20120810.DescribeTable', { TableName: name }))
      .Table;
  } catch (error) {
    if (error instanceof EngineError && error.type === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function remove(call: EngineCall, name: string): Promise<void> {
  if (!(await describe(call, name))) return;
  await call('DynamoDB_20120810.DeleteTable', { TableName: name });
  await until(`the table ${name} to be deleted`, HANG_LIMIT_MS, async () => !(await describe(call, name)));
}

/** Returns the keys and indexes, which a restart cannot change, as text that can be compared. */
function shape({
  KeySchema: key,
  GlobalSecondaryIndexes = [],
}: Pick<TableDescription, 'KeySchema' | 'GlobalSecondaryIndexes'>): string {
  const indexes = GlobalSecondaryIndexes.map(({ IndexName, KeySchema: own, Projection }) => ({
    IndexName,
    own,
    Projection,
  }));
  return JSON.stringify(
    sorted({ key, indexes: indexes.sort((a, b) => (a.IndexName < b.IndexName ? -1 : 1)) }),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
