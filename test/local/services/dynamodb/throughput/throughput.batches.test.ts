import { get, isThrottled, item, put, reset, run, sent, writes } from './rig';

beforeEach(reset);

describe('a batch', () => {
  const batch = (...keys: string[]) => ({
    RequestItems: { T: keys.map((pk) => ({ PutRequest: { Item: item(pk) } })) },
  });
  const reads = (...keys: string[]) => ({
    RequestItems: { T: { Keys: keys.map((pk) => item(pk)), ConsistentRead: true } },
  });

  it('leaves the writes of a busy key unprocessed', async () => {
    await put('hot', writes(1_000));
    const { status, body } = await run('BatchWriteItem', batch('cold', 'hot', 'other'));
    expect([status, body]).toEqual([200, { UnprocessedItems: batch('hot').RequestItems }]);
    expect(sent.at(-1)).toEqual(batch('cold', 'other'));
  });

  it('leaves the reads of a busy key unprocessed, besides those that the engine left', async () => {
    await get('hot', 3_000);
    const { body } = await run('BatchGetItem', reads('cold', 'hot', 'other'), {
      Responses: { T: [item('other')] },
      UnprocessedKeys: reads('cold').RequestItems,
    });
    expect(body).toEqual({
      Responses: { T: [item('other')] },
      UnprocessedKeys: reads('cold', 'hot').RequestItems,
    });
  });

  it('is refused if nothing can be processed', async () => {
    await put('hot', writes(1_000));
    expect(await run('BatchWriteItem', batch('hot'))).toMatchObject(isThrottled);
  });
});
