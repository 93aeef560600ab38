import { RateCounter } from '../../../../shared/store/limits/rate-counter';
import { MailStore } from '../../../../shared/store/mail/mail-store';
import { resourceKey } from '../../../../shared/store/table/keys';
import { ITEM_EXISTS, ITEM_IS_ABSENT } from '../../../../shared/store/table/write';
import { startEngineProxy, type EngineProxy, type Fault } from '../../../support/store/engine-proxy';
import { readItem, newDomainId } from '../../../support/store/records';

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

const key = () => resourceKey(domainId, 'USER', 'a');
const item = (fields: object = {}) => ({ ...key(), ...fields });

/** The faults that a client of DynamoDB meets before a request is carried out, and after. */
const REFUSALS: Fault[] = [
  { kind: 'plainConflict' },
  { kind: 'reset' },
  { kind: 'failure', status: 500 },
  { kind: 'failure', status: 503 },
];
const FAULTS: Fault[] = [...REFUSALS, { kind: 'lostAnswer' }];

const nameOf = (fault: Fault) => Object.values(fault).join(' ');

describe.each(FAULTS.map((fault) => [nameOf(fault), fault] as const))('the fault %s', (_, fault) => {
  it('does not lose a put', async () => {
    front.injectFaults('PutItem', fault, fault);
    expect(await front.table.put(item({ value: 1 }))).toMatchObject({ written: true });
    expect(await readItem(front.table, key())).toMatchObject({ value: 1 });
  });

  it('does not fail the condition of the same put', async () => {
    front.injectFaults('PutItem', fault);
    const outcome = await front.table.put(
      item({ value: 1, list: [{ a: undefined }], tags: new Set(['x']) }),
      {
        condition: ITEM_IS_ABSENT,
      },
    );
    expect(outcome.written).toBe(true);
  });

  it('does not hide the item of another writer from a put', async () => {
    await front.table.put(item({ value: 1 }));
    front.injectFaults('PutItem', fault);
    expect(await front.table.put(item({ value: 2 }), { condition: ITEM_IS_ABSENT })).toMatchObject({
      written: false,
    });
    expect(await readItem(front.table, key())).toMatchObject({ value: 1 });
  });

  it('does not fail the condition of the same update', async () => {
    await front.table.put(item({ state: 'open', old: 1 }));
    front.injectFaults('UpdateItem', fault);
    const outcome = await front.table.update(
      key(),
      { set: { state: 'closed', at: '2026-01-01' }, remove: ['old'] },
      { condition: { expression: '#state = :open', values: { open: 'open' } } },
    );
    expect(outcome.written).toBe(true);
    expect(await readItem(front.table, key())).toEqual(item({ state: 'closed', at: '2026-01-01' }));
  });

  it('does not fail the condition of the same deletion', async () => {
    await front.table.put(item());
    front.injectFaults('DeleteItem', fault);
    expect(await front.table.delete(key(), { condition: ITEM_EXISTS })).toMatchObject({ written: true });
    expect(await readItem(front.table, key())).toBeUndefined();
  });

  it('does not fail a read', async () => {
    await front.table.put(item({ value: 1 }));
    for (const operation of ['GetItem', 'Query', 'BatchGetItem']) front.injectFaults(operation, fault);
    expect(await front.table.get(key())).toMatchObject({ value: 1 });
    expect((await front.table.query({ pk: key().pk })).items).toHaveLength(1);
    expect(await front.table.getAll([key()])).toHaveLength(1);
  });

  it('does not fail the deletion of a batch', async () => {
    await front.table.put(item());
    front.injectFaults('BatchWriteItem', fault);
    await front.table.deleteAll([key()]);
    expect(await readItem(front.table, key())).toBeUndefined();
  });
});

const LIMIT = { perMinute: 10, perTenSeconds: 10, bulkOperationsPerRequest: 10 };

describe('a write that adds to a number', () => {
  const add = () => front.table.update(key(), { add: { count: 1 } });

  it('is counted once after a conflict with a transaction', async () => {
    front.injectFaults('UpdateItem', { kind: 'plainConflict' }, { kind: 'plainConflict' });
    await add();
    expect(await readItem(front.table, key())).toMatchObject({ count: 1 });
  });

  it('is not sent again if it may have been carried out', async () => {
    front.injectFaults('UpdateItem', { kind: 'lostAnswer' });
    await expect(add()).rejects.toThrow();
    expect(await readItem(front.table, key())).toMatchObject({ count: 1 });
    expect(front.takeOperations().filter((operation) => operation === 'UpdateItem')).toHaveLength(1);
  });

  it('counts a request of a client once', async () => {
    const counter = new RateCounter(front.table);
    const count = () => counter.count(domainId, LIMIT, new Date());
    front.injectFaults('UpdateItem', { kind: 'lostAnswer' });
    await expect(count()).rejects.toThrow();
    expect(await count()).toMatchObject({ allowed: true, inMinute: 2 });
  });
});

describe('a lease on an email', () => {
  const ref = () => ({ domainId, userId: 'u', mailId: 'm' });
  const mail = {
    kind: 'license-key',
    to: 'ada@example.com',
    changeId: 'm',
    at: '2026-01-01T00:00:00Z',
  };
  const store = () => new MailStore(front.table, { leaseMs: 15_000, retentionDays: 1 });
  const claim = () => store().claim(ref(), mail as never, new Date());

  it('recognizes itself after a lost response, and counts as one attempt', async () => {
    front.injectFaults('UpdateItem', { kind: 'lostAnswer' });
    expect(await claim()).toMatchObject({ attempts: 1 });
    expect(await claim()).toBe('leased');
  });

  it('keeps the result of an email although the write met a transaction', async () => {
    await claim();
    front.injectFaults('UpdateItem', { kind: 'plainConflict' }, { kind: 'plainConflict' });
    await store().mark(ref(), { status: 'sent' } as never, new Date());
    expect(await store().read(ref())).toMatchObject({ status: 'sent' });
    expect(await claim()).toBe('settled');
  });
});

it('survives a database that does not respond for 200 ms', async () => {
  await front.table.put(item({ value: 1 }));
  front.injectFaults('GetItem', ...Array.from({ length: 4 }, (): Fault => ({ kind: 'reset' })));
  expect(await front.table.get(key())).toMatchObject({ value: 1 });
});
