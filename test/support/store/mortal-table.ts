import { Table } from '../../../shared/store/table/table';

/** Thrown by the table of a request that was killed. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/**
 * Returns a table for a request that is killed after `calls` calls to DynamoDB. The last one is carried out,
 * but its response is lost.
 */
export function mortalTable({ name, client }: Table, calls: number): Table {
  let left = calls;
  const send = async (command: unknown): Promise<unknown> => {
    left -= 1;
    if (left < 0) throw new Killed();
    const response = await (client.send as (command: unknown) => Promise<unknown>).call(client, command);
    if (left === 0) throw new Killed();
    return response;
  };
  return new Table(name, Object.create(client, { send: { value: send } }) as Table['client']);
}
