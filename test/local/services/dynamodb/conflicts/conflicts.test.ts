import { Conflicts } from '../../../../../local/services/dynamodb/conflicts/conflicts';
import type { WireResponse } from '../../../../../local/services/dynamodb/wire-response';

const TABLE = 'Users';
const key = (id: string) => ({ pk: { S: 'domain' }, sk: { S: id } });
const transaction = (token: string | undefined, ...items: object[]) => ({
  TransactItems: items,
  ...(token !== undefined && { ClientRequestToken: token }),
});
const update = (id: string) => ({ Update: { TableName: TABLE, Key: key(id) } });
const put = (id: string) => ({ Put: { TableName: TABLE, Item: { ...key(id), name: { S: 'x' } } } });
const check = (id: string) => ({ ConditionCheck: { TableName: TABLE, Key: key(id) } });
const get = (id: string) => ({ Get: { TableName: TABLE, Key: key(id) } });

/** An engine that works on requests until they are finished by hand. */
function slowEngine(keyNames: readonly string[] = ['pk', 'sk']) {
  const running: (() => void)[] = [];
  const requests: object[] = [];
  const conflicts = new Conflicts({
    keyNames: () => keyNames,
    holdMs: 0,
  });
  const run = (operation: string, request: object, status = 200) =>
    conflicts.run(operation, { ...request }, (sent) => {
      requests.push(sent);
      return new Promise<WireResponse>((resolve) => running.push(() => resolve({ status, body: {} })));
    });
  /** Finishes all requests that run, and waits until their items are released. */
  const finish = async (...responses: Promise<unknown>[]) => {
    running.splice(0).forEach((end) => end());
    await Promise.all(responses);
  };
  return { run, finish, requests };
}

const codesOf = ({ body }: WireResponse) =>
  (body as { CancellationReasons: { Code: string }[] }).CancellationReasons.map(({ Code }) => Code);
const typeOf = ({ body }: WireResponse) => (body as { __type?: string }).__type?.split('#')[1];

describe('a transaction that writes', () => {
  it.each([
    ['updates', update],
    ['puts', put],
    ['only checks', check],
  ])('is canceled if another one %s the same item', async (_, use) => {
    const { run, finish } = slowEngine();
    const first = run('TransactWriteItems', transaction('a', use('1'), update('2')));
    const second = await run('TransactWriteItems', transaction('b', update('3'), check('1')));
    expect(second.status).toBe(400);
    expect(typeOf(second)).toBe('TransactionCanceledException');
    expect(codesOf(second)).toEqual(['None', 'TransactionConflict']);
    await finish(first);
  });

  it('runs if the other one has ended, whether it succeeded or failed', async () => {
    const { run, finish, requests } = slowEngine();
    for (const [token, status] of [
      ['a', 200],
      ['b', 400],
      ['c', 200],
    ] as const)
      await finish(run('TransactWriteItems', transaction(token, update('1')), status));
    expect(requests).toHaveLength(3);
  });

  it('runs if it uses other items', async () => {
    const { run, finish } = slowEngine();
    const responses = ['1', '2'].map((id) => run('TransactWriteItems', transaction(id, update(id))));
    await finish(...responses);
    expect((await Promise.all(responses)).map(({ status }) => status)).toEqual([200, 200]);
  });

  it('is in progress if the same one is sent again, and succeeds again afterward', async () => {
    const { run, finish } = slowEngine();
    const first = run('TransactWriteItems', transaction('a', update('1')));
    expect(typeOf(await run('TransactWriteItems', transaction('a', update('1'))))).toBe(
      'TransactionInProgressException',
    );
    await finish(first);
    const other = run('TransactWriteItems', transaction('b', update('1')));
    const again = run('TransactWriteItems', transaction('a', update('1')));
    await finish(other, again);
    expect((await again).status).toBe(200);
  });

  it('runs during a plain write of the same item', async () => {
    const { run, finish } = slowEngine();
    const write = run('UpdateItem', { TableName: TABLE, Key: key('1') });
    const transacted = run('TransactWriteItems', transaction('a', update('1')));
    await finish(write, transacted);
    expect((await transacted).status).toBe(200);
  });
});

describe('a plain write', () => {
  it.each([
    ['PutItem', { TableName: TABLE, Item: { ...key('1'), name: { S: 'y' } } }],
    ['UpdateItem', { TableName: TABLE, Key: key('1') }],
    ['DeleteItem', { TableName: TABLE, Key: key('1') }],
  ])('is refused during a transaction on the item: %s', async (operation, request) => {
    const { run, finish } = slowEngine();
    const transacted = run('TransactWriteItems', transaction('a', check('1')));
    const refused = await run(operation, request);
    expect([refused.status, typeOf(refused)]).toEqual([400, 'TransactionConflictException']);
    await finish(transacted);
    const later = run(operation, request);
    await finish(later);
    expect((await later).status).toBe(200);
  });

  it('runs during another plain write', async () => {
    const { run, finish } = slowEngine();
    const writes = [1, 2].map(() => run('UpdateItem', { TableName: TABLE, Key: key('1') }));
    await finish(...writes);
    expect((await Promise.all(writes)).map(({ status }) => status)).toEqual([200, 200]);
  });

  it('of another item of a table with an unknown key runs', async () => {
    const { run, finish } = slowEngine([]);
    const transacted = run('TransactWriteItems', transaction('a', put('1')));
    const other = run('PutItem', { TableName: TABLE, Item: { ...key('2'), name: { S: 'x' } } });
    await finish(transacted, other);
    expect((await other).status).toBe(200);
  });

  it('of another table runs', async () => {
    const { run, finish } = slowEngine();
    const transacted = run('TransactWriteItems', transaction('a', update('1')));
    const write = run('UpdateItem', { TableName: 'Other', Key: key('1') });
    await finish(transacted, write);
    expect((await write).status).toBe(200);
  });
});

describe('a batch of writes', () => {
  const deletion = (id: string) => ({ DeleteRequest: { Key: key(id) } });
  const batch = (...ids: string[]) => ({ RequestItems: { [TABLE]: ids.map(deletion) } });

  it('leaves the items of a transaction unprocessed', async () => {
    const { run, finish, requests } = slowEngine();
    const transacted = run('TransactWriteItems', transaction('a', update('2')));
    const response = run('BatchWriteItem', batch('1', '2', '3'));
    await finish(transacted, response);
    expect((await response).body).toEqual({ UnprocessedItems: { [TABLE]: [deletion('2')] } });
    expect(requests[1]).toEqual(batch('1', '3'));
  });

  it('is not sent if no item is left', async () => {
    const { run, finish, requests } = slowEngine();
    const transacted = run('TransactWriteItems', transaction('a', update('1')));
    const { status, body } = await run('BatchWriteItem', batch('1'));
    expect({ status, body }).toEqual({
      status: 200,
      body: { UnprocessedItems: { [TABLE]: [deletion('1')] } },
    });
    expect(requests).toHaveLength(1);
    await finish(transacted);
  });
});

describe('a transaction that reads', () => {
  it.each([
    ['TransactWriteItems', transaction('a', update('1'))],
    ['UpdateItem', { TableName: TABLE, Key: key('1') }],
    ['BatchWriteItem', { RequestItems: { [TABLE]: [{ DeleteRequest: { Key: key('1') } }] } }],
  ])('is canceled during a write: %s', async (operation, request) => {
    const { run, finish } = slowEngine();
    const write = run(operation, request);
    const read = await run('TransactGetItems', transaction(undefined, get('1'), get('2')));
    expect(codesOf(read)).toEqual(['TransactionConflict', 'None']);
    await finish(write);
  });

  it('does not disturb writes', async () => {
    const { run, finish } = slowEngine();
    const read = run('TransactGetItems', transaction(undefined, get('1')));
    const writes = [
      run('TransactWriteItems', transaction('a', update('1'))),
      run('UpdateItem', { TableName: TABLE, Key: key('2') }),
    ];
    await finish(read, ...writes);
    expect((await Promise.all(writes)).map(({ status }) => status)).toEqual([200, 200]);
  });
});

it.each(['GetItem', 'Query', 'Scan', 'BatchGetItem'])('%s never meets a conflict', async (operation) => {
  const { run, finish } = slowEngine();
  const transacted = run('TransactWriteItems', transaction('a', update('1')));
  const read = run(operation, { TableName: TABLE, Key: key('1') });
  await finish(transacted, read);
  expect((await read).status).toBe(200);
});
