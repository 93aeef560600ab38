import type { OperationCost } from './capacity';

/** Returns the table of the costs on both engines. The canceled attempts are those on the embedded engine. */
export function capacityTable(
  dynamoDbLocal: readonly OperationCost[],
  embedded: readonly OperationCost[],
): string {
  const head =
    'operation | DynamoDB Local: RCU | WCU | embedded engine: RCU | WCU | canceled attempts | their WCU';
  const rows = dynamoDbLocal.map(({ operation, read, write }, at) => {
    const other = embedded[at];
    return [
      operation,
      read,
      write,
      other?.read,
      other?.write,
      other?.canceled.attempts,
      other?.canceled.write,
    ];
  });
  return [head, '--- | ---: | ---: | ---: | ---: | ---: | ---:', ...rows.map((cells) => cells.join(' | '))]
    .map((row) => `| ${row} |`)
    .join('\n');
}
