import { Conflicts } from '../../../../../local/services/dynamodb/conflicts/conflicts';
import { ConflictWatch } from '../../../../../local/services/dynamodb/conflicts/conflict-watch';

const transaction = (token: string, ...ids: string[]) => ({
  TransactItems: ids.map((id) => ({ Update: { TableName: 'Table', Key: { pk: { S: id } } } })),
  ClientRequestToken: token,
});

/** Sends two transactions on the same item at the same time. Returns the statuses of their responses. */
async function collide(watch: ConflictWatch, item = 'domain-1'): Promise<number[]> {
  const conflicts = new Conflicts({ keyNames: () => ['pk'], holdMs: 0, watch });
  const run = (token: string) =>
    conflicts.run(
      'TransactWriteItems',
      transaction(token, item),
      () => Promise.resolve({ status: 200, body: {} }),
      'users',
    );
  return (await Promise.all([run('a'), run('b')])).map(({ status }) => status);
}

const watching = (...start: Parameters<ConflictWatch['start']>): ConflictWatch => {
  const watch = new ConflictWatch();
  watch.start(...start);
  return watch;
};

it('counts the transactions of each function that were made, and those that were refused', async () => {
  const watch = watching('domain');
  expect(await collide(watch)).toEqual([200, 400]);
  expect(watch.stop('domain')).toEqual([
    { function: 'users', kind: 'transactWrite', committed: 1, refused: 1, busiest: 1 },
  ]);
});

it('turns conflicts off, also for items that other requests hold', async () => {
  const watch = watching('domain', { refuses: false });
  expect(await collide(watch)).toEqual([200, 200]);
  expect(watch.stop('domain')).toEqual([
    { function: 'users', kind: 'transactWrite', committed: 2, refused: 0, busiest: 2 },
  ]);
});

it('does not count other items, or anything after its end', async () => {
  const watch = watching('domain', { refuses: false });
  expect(await collide(watch, 'other')).toEqual([200, 400]);
  expect(watch.stop('domain')).toEqual([]);
  expect(await collide(watch)).toEqual([200, 400]);
  expect(watch.stop('domain')).toEqual([]);
});

it('holds items for its own time', async () => {
  const watch = watching('domain', { refuses: false, holdMs: 40 });
  const startedAt = performance.now();
  await collide(watch);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(39);
});

it('knows how many requests used the busiest item', async () => {
  const watch = watching('domain', { refuses: false });
  const conflicts = new Conflicts({ keyNames: () => ['pk'], holdMs: 0, watch });
  for (const [at, shard] of ['1', '2', '1', '1'].entries())
    await conflicts.run(
      'TransactWriteItems',
      transaction(`t${at}`, `domain-user-${at}`, `domain-shard-${shard}`),
      () => Promise.resolve({ status: 200, body: {} }),
      'users',
    );
  expect(watch.stop('domain')).toMatchObject([{ committed: 4, busiest: 3 }]);
});
