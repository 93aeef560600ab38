import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { Table } from '../../../shared/store/table/table';

/** Returns a table that counts the items that its queries of a partition read. */
export function countingTable(
  { name, client }: Table,
  partition: RegExp,
): { table: Table; read: () => number } {
  let read = 0;
  const counting = Object.create(client, {
    send: {
      value: async (command: unknown) => {
        const response = await (client.send as (command: unknown) => Promise<{ Items?: unknown[] }>).call(
          client,
          command,
        );
        if (
          command instanceof QueryCommand &&
          partition.test(String(command.input.ExpressionAttributeValues?.[':pk']?.S))
        ) {
          read += response.Items?.length ?? 0;
        }
        return response;
      },
    },
  }) as Table['client'];
  return { table: new Table(name, counting), read: () => read };
}
