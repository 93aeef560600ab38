import { ScimError } from '../../../shared/scim/error';
import { countsWrite, readCounts } from '../../../shared/store/domains/counts';
import { resourceKey } from '../../../shared/store/table/keys';
import { transact, tryTransact, type Write } from '../../../shared/store/table/transaction';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';
import { readItem, newDomainId } from '../../support/store/records';

let front: EngineProxy;
let domainId: string;

beforeAll(async () => {
  front = await startEngineProxy();
});
afterAll(() => front.close());
beforeEach(() => {
  domainId = newDomainId();
  front.takeOperations();
});
afterEach(() => jest.restoreAllMocks());

const key = (id: string) => resourceKey(domainId, 'USER', id);
const put = (id: string, conditionError?: () => Error): Write => ({
  Put: { Item: key(id), ConditionExpression: 'attribute_not_exists(pk)' },
  conditionError,
});
const conflicts = (number: number) => Array.from({ length: number }, () => ({ kind: 'conflict' }) as const);

describe('transact', () => {
  it('writes all', async () => {
    await transact(front.table, [put('a'), put('b')]);
    expect(await readItem(front.table, key('a'))).toBeDefined();
    expect(await readItem(front.table, key('b'))).toBeDefined();
  });

  it('writes nothing where one condition fails, and throws its refusal', async () => {
    await transact(front.table, [put('b')]);
    const refused = new Error('b is taken');
    await expect(transact(front.table, [put('a'), put('b', () => refused)])).rejects.toBe(refused);
    expect(await readItem(front.table, key('a'))).toBeUndefined();
  });

  it('throws the refusal of the first of several conditions that fail', async () => {
    await transact(front.table, [put('a'), put('b')]);
    const writes = [put('a', () => new Error('first')), put('b', () => new Error('second'))];
    await expect(transact(front.table, writes)).rejects.toThrow('first');
  });
});

describe('tryTransact', () => {
  it('tells all conditions that failed, by index', async () => {
    await transact(front.table, [put('b'), put('d')]);
    expect(
      await tryTransact(
        front.table,
        ['a', 'b', 'c', 'd'].map((id) => put(id)),
      ),
    ).toEqual([1, 3]);
  });
});

describe('a transaction that meets another', () => {
  it('is tried again until it comes through, and is written once', async () => {
    front.injectFaults('TransactWriteItems', ...conflicts(5));
    await transact(front.table, [countsWrite(domainId, { users: 1 })]);
    expect(front.takeOperations()).toHaveLength(6);
    expect((await readCounts(front.table, domainId)).users).toBe(1);
  });

  it('is tried for as long as there is time', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    front.injectFaults('TransactWriteItems', ...conflicts(50));
    await transact({ ...front.table, deadline: Date.now() + 60_000 }, [countsWrite(domainId, { users: 1 })]);
    expect(front.takeOperations()).toHaveLength(51);
  });

  it('is a 503 with Retry-After when the time is over, and nothing is written', async () => {
    front.injectFaults('TransactWriteItems', ...conflicts(1));
    const late = { ...front.table, deadline: Date.now() - 1 };
    const failure = await transact(late, [countsWrite(domainId, { users: 1 })]).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(ScimError);
    expect(failure).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(front.takeOperations()).toHaveLength(1);
    expect((await readCounts(front.table, domainId)).users).toBe(0);
  });

  it('is refused at once where a condition failed as well', async () => {
    await transact(front.table, [put('a')]);
    front.injectFaults('TransactWriteItems', { kind: 'conflict' });
    await expect(transact(front.table, [put('a', () => new Error('taken'))])).rejects.toThrow('taken');
  });
});

describe('a transaction whose answer is lost', () => {
  it('counts once, however often it is sent', async () => {
    front.injectFaults('TransactWriteItems', { kind: 'lostAnswer' }, { kind: 'lostAnswer' });
    await transact(front.table, [countsWrite(domainId, { users: 1 })]);
    expect(front.takeOperations()).toHaveLength(3);
    expect((await readCounts(front.table, domainId)).users).toBe(1);
  });

  it('counts once where it was not finished when it was sent again', async () => {
    front.injectFaults(
      'TransactWriteItems',
      { kind: 'lostAnswer' },
      { kind: 'inProgress' },
      { kind: 'inProgress' },
    );
    await transact(front.table, [countsWrite(domainId, { users: 1 }), put('a')]);
    expect(front.takeOperations()).toHaveLength(4);
    expect((await readCounts(front.table, domainId)).users).toBe(1);
  });

  it('does not meet its own condition', async () => {
    front.injectFaults('TransactWriteItems', { kind: 'lostAnswer' });
    await transact(front.table, [put('a')]);
    expect(await readItem(front.table, key('a'))).toBeDefined();
  });

  it('keeps its one effect through conflicts before it', async () => {
    front.injectFaults('TransactWriteItems', { kind: 'conflict' }, { kind: 'lostAnswer' });
    await transact(front.table, [countsWrite(domainId, { users: 1 }), put('a')]);
    expect((await readCounts(front.table, domainId)).users).toBe(1);
  });
});

it('throws what is no matter of conditions as it is', async () => {
  const withoutSortKey: Write = { Put: { Item: { pk: domainId } } };
  await expect(transact(front.table, [withoutSortKey])).rejects.not.toBeInstanceOf(ScimError);
});
