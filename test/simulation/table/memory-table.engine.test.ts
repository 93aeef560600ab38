import { createTable } from '../../support/mail/mail-environment';
import { seededRandom } from '../../support/random';
import type { Table } from '../../../shared/store/table/table';
import { MemoryTable } from './memory-table';
import { RandomCommands } from './random-commands';

const COMMANDS = Number(process.env.TABLE_COMMANDS ?? 800);

interface Answer {
  readonly error?: string;
  readonly [name: string]: unknown;
}

/** Returns the part of an answer that the stores read. Sets and the items of a batch have no order. */
function answerOf(output: object): Answer {
  const { $metadata: _, ConsumedCapacity: __, Count: ___, ScannedCount: ____, ...rest } = output as Answer;
  return normalized(rest) as Answer;
}

function errorOf(error: unknown): Answer {
  const { name, Item, CancellationReasons } = error as {
    name: string;
    Item?: object;
    CancellationReasons?: { Code?: string; Item?: object }[];
  };
  if (CancellationReasons)
    return {
      error: name,
      reasons: CancellationReasons.map((reason) => normalized({ Code: reason.Code, Item: reason.Item })),
    };
  return { error: name, ...(Item && { Item: normalized(Item) }) };
}

function normalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalized);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, name === 'SS' ? [...(member as string[])].sort() : normalized(member)]),
  );
}

const sortedResponses = ({ Responses, ...rest }: Answer, table: string): Answer => {
  if (!Responses) return rest;
  const items = (Responses as Record<string, object[]>)[table] ?? [];
  return { ...rest, items: items.map((item) => JSON.stringify(item)).sort() };
};

describe('the table of the simulation', () => {
  let table: Table;
  beforeAll(async () => {
    table = await createTable();
  });

  it('gives the same answers as the engine to random commands', async () => {
    const memory = new MemoryTable();
    const commands = new RandomCommands(table.name, seededRandom(Number(process.env.TABLE_SEED ?? 1)));
    const outcomes = new Map<string, number>();
    for (let at = 0; at < COMMANDS; at++) {
      const command = commands.next();
      const { name } = command.constructor;
      const expected = await (table.client.send as (c: unknown) => Promise<object>)
        .call(table.client, command)
        .then(answerOf, errorOf);
      let actual: Answer;
      try {
        actual = answerOf(memory.send(name, command.input) as object);
      } catch (error) {
        actual = errorOf(error);
      }
      const outcome = `${name} ${expected.error ?? 'succeeded'}`;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      const context = { at, name, input: command.input };
      expect({ ...context, answer: sortedResponses(actual, table.name) }).toEqual({
        ...context,
        answer: sortedResponses(expected, table.name),
      });
    }
    // Each kind of command succeeds, and each write is refused as well.
    expect([...outcomes.keys()].sort()).toEqual([
      'BatchGetItemCommand succeeded',
      'BatchWriteItemCommand succeeded',
      'DeleteItemCommand ConditionalCheckFailedException',
      'DeleteItemCommand succeeded',
      'GetItemCommand succeeded',
      'PutItemCommand ConditionalCheckFailedException',
      'PutItemCommand succeeded',
      'QueryCommand succeeded',
      'TransactWriteItemsCommand TransactionCanceledException',
      'TransactWriteItemsCommand ValidationException',
      'TransactWriteItemsCommand succeeded',
      'UpdateItemCommand ConditionalCheckFailedException',
      'UpdateItemCommand succeeded',
    ]);
  });
});
