import { batchGet } from '../../../shared/store/table/batch-get';
import { resourceKey } from '../../../shared/store/table/keys';
import { ScimKeyStore } from '../../../shared/store/credentials/scim-key-store';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import { transact } from '../../../shared/store/table/transaction';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';
import { AT, auditEvent, domainRecord, newDomainId, RETENTION_DAYS } from '../../support/store/records';

let front: EngineProxy;
const domainId = newDomainId();
const ids = Array.from({ length: 120 }, (_, at) => `id-${String(at).padStart(3, '0')}`);
const keys = ids.map((id) => resourceKey(domainId, 'USER', id));
const idsOf = (items: readonly Record<string, unknown>[]) => items.map(({ sk }) => sk as string).sort();

beforeAll(async () => {
  front = await startEngineProxy();
  for (const half of [keys.slice(0, 60), keys.slice(60)]) {
    await transact(
      front.table,
      half.map((Item) => ({ Put: { Item } })),
    );
  }
});
afterAll(() => front.close());
beforeEach(() => front.takeOperations());
afterEach(() => jest.restoreAllMocks());

describe('batchGet', () => {
  it('reads more keys than a request takes', async () => {
    expect(idsOf(await batchGet(front.table, keys))).toEqual(ids);
    expect(front.takeOperations()).toEqual(['BatchGetItem', 'BatchGetItem']);
  });

  it('leaves out what does not exist, and sends nothing for no keys', async () => {
    expect(await batchGet(front.table, [resourceKey(domainId, 'USER', 'nobody')])).toEqual([]);
    front.takeOperations();
    expect(await batchGet(front.table, [])).toEqual([]);
    expect(front.takeOperations()).toEqual([]);
  });

  it('asks again for what was left unprocessed', async () => {
    front.injectFaults(
      'BatchGetItem',
      { kind: 'unprocessed', served: 1 },
      { kind: 'unprocessed', served: 3 },
    );
    expect(idsOf(await batchGet(front.table, keys.slice(0, 5)))).toEqual(ids.slice(0, 5));
    expect(front.takeOperations()).toHaveLength(3);
  });

  it('is a 503 with Retry-After where nothing comes of it any more', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    front.injectFaults(
      'BatchGetItem',
      ...Array.from({ length: 10 }, () => ({ kind: 'unprocessed', served: 0 }) as const),
    );
    await expect(batchGet(front.table, keys.slice(0, 5))).rejects.toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
    });
    expect(front.takeOperations()).toHaveLength(10);
  });
});

it('a SCIM key is not taken for unknown because its read was left unprocessed', async () => {
  const domain = domainRecord({ domainId });
  await new DomainStore(front.table, RETENTION_DAYS).create(domain, auditEvent('domain.created', domainId));
  const store = new ScimKeyStore(front.table);
  const key = { keyId: 'k', name: 'Okta', hash: 'h', createdAt: AT };
  await store.create(domainId, key, auditEvent('key.created', 'k'), RETENTION_DAYS);
  front.injectFaults('BatchGetItem', { kind: 'unprocessed', served: 1 });
  expect(await store.getWithDomain(domainId, 'k')).toEqual({ domain, key });
});
