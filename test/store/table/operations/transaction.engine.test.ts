import { ScimError } from '../../../../shared/scim/error';
import { readCounts } from '../../../../shared/store/domains/counts';
import { countsWrite, openCounts } from '../../../../shared/store/domains/counts-write';
import { resourceKey } from '../../../../shared/store/table/keys';
import { ITEM_IS_ABSENT, type Write } from '../../../../shared/store/table/write';
import { startEngineProxy, type EngineProxy } from '../../../support/store/engine-proxy';
import { readItem, newDomainId } from '../../../support/store/records';

let front: EngineProxy;
let domainId: string;

beforeAll(async () => {
  front = await startEngineProxy();
});
afterAll(() => front.close());
beforeEach(async () => {
  domainId = newDomainId();
  await openCounts(front.table, domainId);
  front.takeOperations();
});
afterEach(() => jest.restoreAllMocks());

const key = (id: string) => resourceKey(domainId, 'USER', id);
const put = (id: string, conditionError?: () => Error): Write => ({
  put: { ...key(id) },
  condition: ITEM_IS_ABSENT,
  conditionError,
});
const conflicts = (number: number) => Array.from({ length: number }, () => ({ kind: 'conflict' }) as const);

describe('transact', () => {
  it('makes all writes', async () => {
    await front.table.transact([put('a'), put('b')]);
    expect(await readItem(front.table, key('a'))).toBeDefined();
    expect(await readItem(front.table, key('b'))).toBeDefined();
  });

  it('writes nothing if one condition fails, and throws its error', async () => {
    await front.table.transact([put('b')]);
    const taken = new Error('b is taken');
    await expect(front.table.transact([put('a'), put('b', () => taken)])).rejects.toBe(taken);
    expect(await readItem(front.table, key('a'))).toBeUndefined();
  });

  it('throws the error of the first of several conditions that fail', async () => {
    await front.table.transact([put('a'), put('b')]);
    const writes = [put('a', () => new Error('first')), put('b', () => new Error('second'))];
    await expect(front.table.transact(writes)).rejects.toThrow('first');
  });
});

describe('tryTransact', () => {
  it('returns the indexes of all failed conditions', async () => {
    await front.table.transact([put('b'), put('d')]);
    expect(await front.table.tryTransact(['a', 'b', 'c', 'd'].map((id) => put(id)))).toEqual([1, 3]);
  });
});

describe('a transaction that conflicts with another', () => {
  /** A write that the transaction replaces after each conflict on its item. */
  const numbered = (number = 0): Write => ({
    ...put(`item-${number}`),
    otherwise: () => numbered(number + 1),
  });
  const existing = async () => {
    const ids = ['item-0', 'item-1', 'item-2', 'other'];
    const items = await Promise.all(ids.map((id) => readItem(front.table, key(id))));
    return ids.filter((_, at) => items[at] !== undefined);
  };

  it('writes another item instead of the one in use, without a pause', async () => {
    const timers = jest.spyOn(global, 'setTimeout');
    front.injectFaults('TransactWriteItems', ...conflicts(2));
    await front.table.transact([numbered(), put('other')]);
    expect(await existing()).toEqual(['item-2', 'other']);
    expect(timers.mock.calls.filter(([, ms]) => ms !== undefined && ms > 0 && ms < 1_000)).toEqual([]);
  });

  it('keeps a write whose item is not in use', async () => {
    front.injectFaults('TransactWriteItems', ...conflicts(1));
    await front.table.transact([put('other'), numbered()]);
    expect(await existing()).toEqual(['item-0', 'other']);
  });

  it('throws the error of a write for this case, and writes nothing', async () => {
    const busy = new Error('busy');
    front.injectFaults('TransactWriteItems', ...conflicts(1));
    const write = { ...put('other'), conflictError: () => busy };
    await expect(front.table.transact([write])).rejects.toBe(busy);
    expect(await existing()).toEqual([]);
  });

  it('is retried until it succeeds, and is written once', async () => {
    front.injectFaults('TransactWriteItems', ...conflicts(5));
    await front.table.transact([countsWrite(domainId, { users: 1 })]);
    expect(front.takeOperations()).toHaveLength(6);
    expect((await readCounts(front.table, domainId)).users).toBe(1);
  });

  it('is retried until the deadline', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    front.injectFaults('TransactWriteItems', ...conflicts(50));
    await front.table.withDeadline(Date.now() + 60_000).transact([countsWrite(domainId, { users: 1 })]);
    expect(front.takeOperations()).toHaveLength(51);
  });

  it('fails with 503 and Retry-After after the deadline, and writes nothing', async () => {
    front.injectFaults('TransactWriteItems', ...conflicts(1));
    const late = front.table.withDeadline(Date.now() - 1);
    const failure = await late
      .transact([countsWrite(domainId, { users: 1 })])
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ScimError);
    expect(failure).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(front.takeOperations()).toHaveLength(1);
    expect((await readCounts(front.table, domainId)).users).toBe(0);
  });

  it('fails at once if a condition failed as well', async () => {
    await front.table.transact([put('a')]);
    front.injectFaults('TransactWriteItems', { kind: 'conflict' });
    await expect(front.table.transact([put('a', () => new Error('taken'))])).rejects.toThrow('taken');
  });
});

describe('a transaction whose response is lost', () => {
  it('is counted once, however often it is sent', async () => {
    front.injectFaults('TransactWriteItems', { kind: 'lostAnswer' }, { kind: 'lostAnswer' });
    await front.table.transact([countsWrite(domainId, { users: 1 })]);
    expect(front.takeOperations()).toHaveLength(3);
    expect((await readCounts(front.table, domainId)).users).toBe(1);
  });

  it('is counted once if it is still in progress when it is sent again', async () => {
    front.injectFaults(
      'TransactWriteItems',
      { kind: 'lostAnswer' },
      { kind: 'inProgress' },
      { kind: 'inProgress' },
    );
    await front.table.transact([countsWrite(domainId, { users: 1 }), put('a')]);
    expect(front.takeOperations()).toHaveLength(4);
    expect((await readCounts(front.table, domainId)).users).toBe(1);
  });

  it('does not fail its own condition', async () => {
    front.injectFaults('TransactWriteItems', { kind: 'lostAnswer' });
    await front.table.transact([put('a')]);
    expect(await readItem(front.table, key('a'))).toBeDefined();
  });

  it('is counted once if a conflict came before', async () => {
    front.injectFaults('TransactWriteItems', { kind: 'conflict' }, { kind: 'lostAnswer' });
    await front.table.transact([countsWrite(domainId, { users: 1 }), put('a')]);
    expect((await readCounts(front.table, domainId)).users).toBe(1);
  });
});

it('throws errors that are not failed conditions unchanged', async () => {
  const withoutSortKey: Write = { put: { pk: domainId } as unknown as { pk: string; sk: string } };
  await expect(front.table.transact([withoutSortKey])).rejects.not.toBeInstanceOf(ScimError);
});
