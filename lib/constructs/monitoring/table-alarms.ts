import { Duration } from 'aws-cdk-lib';
import { type Alarm, type IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { minutes, ScimAlarm, sumOf } from '../common/scim-alarm';
import type { ScimTable } from '../common/scim-table';

export interface TableAlarmsProps {
  readonly table: ScimTable;
}

/** The operations that the service uses. DynamoDB counts its own errors by operation. */
const OPERATIONS = [
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'BatchGetItem',
  'BatchWriteItem',
  'TransactGetItems',
  'TransactWriteItems',
];

const MINUTE = Duration.minutes(1);

/** The alarms on a table that does not do what it should: it throttles, cancels, or fails. */
export class TableAlarms extends Construct {
  public readonly throttled: Alarm;
  public readonly conflicts: Alarm;
  public readonly failing: Alarm;

  public constructor(scope: Construct, id: string, { table }: TableAlarmsProps) {
    super(scope, id);
    const { tableName } = table.table;
    const metric = (metricName: string, dimensions: Record<string, string> = {}): IMetric =>
      new Metric({
        namespace: 'AWS/DynamoDB',
        metricName,
        dimensionsMap: { TableName: tableName, ...dimensions },
        period: MINUTE,
        statistic: 'Sum',
      });
    const throttles = (prefix: string, dimensions?: Record<string, string>) => ({
      [`${prefix}Reads`]: metric('ReadThrottleEvents', dimensions),
      [`${prefix}Writes`]: metric('WriteThrottleEvents', dimensions),
    });
    this.throttled = new ScimAlarm(this, 'TableThrottled', {
      description: 'DynamoDB throttles the table. Requests are slow or fail, and emails are late.',
      metric: sumOf('ThrottleEvents', MINUTE, {
        ...throttles('table'),
        ...throttles('userNames', { GlobalSecondaryIndexName: 'byUserName' }),
        ...throttles('externalIds', { GlobalSecondaryIndexName: 'byExternalId' }),
      }),
      threshold: 20,
      ...minutes(2, 3),
    });
    this.conflicts = new ScimAlarm(this, 'TableConflicts', {
      description: 'Many transactions conflict. Requests of a domain are slow, and some get a 503.',
      metric: sumOf('TransactionConflict', MINUTE, { conflicts: metric('TransactionConflict') }),
      threshold: 600,
      ...minutes(3, 5),
    });
    this.failing = new ScimAlarm(this, 'TableFailing', {
      description: 'DynamoDB fails with errors of its own.',
      metric: sumOf(
        'SystemErrors',
        MINUTE,
        Object.fromEntries(
          OPERATIONS.map((Operation) => [
            Operation.charAt(0).toLowerCase() + Operation.slice(1),
            metric('SystemErrors', { Operation }),
          ]),
        ),
      ),
      threshold: 5,
      ...minutes(),
    });
  }
}
