import { CrossStackReferences, ReferenceStrength, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { INDEX_SORT_KEYS } from '../../../shared/store/table/keys';
import { STREAM_VIEW, TTL_ATTRIBUTE } from '../../../shared/table-features';
import { encryptTable } from '../encryption/encrypt';
import type { DataPolicy } from '../stage/data-policy';

/** A table that DynamoDB has restored, and that takes the place of the stage's own. */
export interface RestoredTable {
  readonly name: string;
  /** Whether the template keeps the stage's own table, which other stacks import until they are deployed. */
  readonly keepsFormer: boolean;
}

/** Creates the table. Without a name, CloudFormation makes one up. */
export function createTable(
  scope: Construct,
  id: string,
  { removalPolicy, protect }: DataPolicy,
  tableName?: string,
): Table {
  const partitionKey = { name: 'pk', type: AttributeType.STRING };
  const table = new Table(scope, id, {
    tableName,
    partitionKey,
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType[STREAM_VIEW],
    timeToLiveAttribute: TTL_ATTRIBUTE,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: protect,
    removalPolicy,
  });
  encryptTable(table);
  for (const [indexName, sortKey] of Object.entries(INDEX_SORT_KEYS)) {
    table.addGlobalSecondaryIndex({
      indexName,
      partitionKey,
      sortKey: { name: sortKey, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }
  return table;
}

/**
 * Adds a restored table, which the deployment imports into the stack (`--import-existing-resources`). Its
 * logical ID contains its name, so a table that is restored later replaces none. The former table stays in
 * AWS in any case.
 */
export function attachRestoredTable(
  scope: Construct,
  policy: DataPolicy,
  { name, keepsFormer }: RestoredTable,
): Table {
  if (keepsFormer) keepFormerTable(scope, policy);
  // An import requires this policy. The table has data, so it is protected even where a new one is not.
  const table = createTable(
    scope,
    `Restored-${name}`,
    { removalPolicy: RemovalPolicy.RETAIN, protect: true },
    name,
  );
  // So that the setting can be removed, or name another table, while other stacks still refer to this one.
  CrossStackReferences.of(table).produce(ReferenceStrength.WEAK);
  return table;
}

/**
 * Keeps the stage's own table in the template, and what other stacks import of it. CloudFormation refuses to
 * change or remove an export that is in use.
 */
function keepFormerTable(scope: Construct, { protect }: DataPolicy): void {
  const former = createTable(scope, 'Table', { removalPolicy: RemovalPolicy.RETAIN, protect });
  const stack = Stack.of(scope);
  for (const imported of [former.tableName, former.tableArn, former.tableStreamArn])
    stack.exportValue(imported);
}
