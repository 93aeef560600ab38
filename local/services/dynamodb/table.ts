import * as z from 'zod';
import { UserError } from '../../host/user-error';
import { until } from '../../host/until';
import type { Resource } from '../../cloud/template/resources';
import { type EngineCall, EngineError } from './engine/call';

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
  /** The ARN that the template's references to the stream stand for. */
  readonly templateStreamArn: string;
  /** The ARN by which the engine knows the stream, where the table has one. */
  readonly engineStreamArn: string | undefined;
  /** Whether this run made the table. */
  readonly isNew: boolean;
}

/**
 * Makes the table as the template describes it, or takes the one that is there. Point-in-time recovery, deletion
 * protection and tags are left out: the engines refuse them. With `fresh` an old table is deleted first.
 */
export async function ensureTable(call: EngineCall, resource: Resource, fresh: boolean): Promise<Table> {
  const parsed = TableProperties.safeParse(resource.properties);
  if (!parsed.success) {
    throw new UserError(
      `The local host cannot make the table ${resource.logicalId}:\n${z.prettifyError(parsed.error)}`,
    );
  }
  const { TimeToLiveSpecification, StreamSpecification, ...definition } = parsed.data;
  const name = resource.ref;
  if (fresh) await remove(call, name);
  let description = await describe(call, name);
  const isNew = !description;
  if (!description) {
    await call('DynamoDB_20120810.CreateTable', {
      TableName: name,
      ...definition,
      ...(StreamSpecification && { StreamSpecification: { ...StreamSpecification, StreamEnabled: true } }),
    });
    await until(`the table ${name} to become active`, 30_000, async () => {
      description = await describe(call, name);
      return description?.TableStatus === 'ACTIVE';
    });
    if (TimeToLiveSpecification) {
      await call('DynamoDB_20120810.UpdateTimeToLive', { TableName: name, TimeToLiveSpecification });
    }
  } else if (shape(description) !== shape(definition)) {
    throw new UserError(
      `The stored table ${name} is not the one of the template any more. Start once with --fresh.`,
    );
  }
  return {
    name,
    templateStreamArn: resource.attributes.StreamArn ?? '',
    engineStreamArn: description?.LatestStreamArn,
    isNew,
  };
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
  await until(`the table ${name} to go`, 30_000, async () => !(await describe(call, name)));
}

/** What cannot be changed by a restart, in a form that can be compared. */
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
