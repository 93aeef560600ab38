import { TableKeys } from '../../../../../local/services/dynamodb/front/table-keys';
import { Throughput } from '../../../../../local/services/dynamodb/throughput/throughput';
import { resolved } from '../../../resources';

type Wire = Record<string, unknown>;

export const key = (name: string) => [{ AttributeName: name, KeyType: 'HASH' }];
export const tables = new TableKeys(
  resolved({
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'T',
        KeySchema: key('pk'),
        GlobalSecondaryIndexes: [{ IndexName: 'byTeam', KeySchema: key('team') }],
      },
    },
  }),
);

let now: number;
export const advance = (ms: number): void => void (now += ms);
let throughput: Throughput;
/** The requests that reached the engine. */
export let sent: Wire[];
/** Starts again at a second in which nothing was consumed. */
export function reset(): void {
  now = 1_000_000;
  sent = [];
  throughput = new Throughput(
    () => tables,
    () => now,
  );
}

export const units = (own: object) => ({ TableName: 'T', ...own });
export const writes = (table: number, byTeam = 0) => ({
  ConsumedCapacity: units({
    CapacityUnits: table + byTeam,
    Table: { CapacityUnits: table },
    GlobalSecondaryIndexes: { byTeam: { CapacityUnits: byTeam } },
  }),
});

/** Sends a request to an engine that responds with `body`. */
export async function run(operation: string, request: Wire, body: Wire = {}, status = 200) {
  const response = await throughput.run(operation, request, (own) => {
    sent.push(own);
    return Promise.resolve({ status, body });
  });
  return {
    ...response,
    type: ((response.body.__type as string | undefined) ?? '').split('#').pop(),
  };
}
export const text = (S: string) => ({ S });
export const item = (pk: string, team?: string) => ({ pk: text(pk), ...(team && { team: text(team) }) });
export const put = (pk: string, cost: Wire = writes(1), team?: string) =>
  run('PutItem', { TableName: 'T', Item: item(pk, team) }, cost);
export const get = (pk: string, cost: number) =>
  run(
    'GetItem',
    { TableName: 'T', Key: item(pk) },
    { ConsumedCapacity: units({ CapacityUnits: cost, Table: { CapacityUnits: cost } }) },
  );
export const isThrottled = { status: 400, type: 'ProvisionedThroughputExceededException' };
