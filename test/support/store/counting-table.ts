import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { Table } from '../../../shared/store/table/table';

/** A table that notes how many items its queries of a partition have read. */
export function countingTable(
  { name, client }: Table,
  partition: RegExp,
): { table: Table; read: () => number } {
  let read = 0;
  const counting = Object.create(client, {
    send: {
      value: async (command: unknown) => {
        const answer = await (client.send as (command: unknown) => Promise<{ Items?: unknown[] }>).call(
          client,
          command,
        );
        if (
          command instanceof QueryCommand &&
          partition.test(String(command.input.ExpressionAttributeValues?.[':pk']))
        ) {
          read += answer.Items?.length ?? 0;
        }
        return answer;
      },
    },
  }) as Table['client'];
  return { table: new Table(name, counting), read: () => read };
}
