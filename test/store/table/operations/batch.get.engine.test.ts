import { resourceKey } from '../../../../shared/store/table/keys';
import { startEngineProxy, type EngineProxy } from '../../../support/store/engine-proxy';
import { newDomainId } from '../../../support/store/records';

let front: EngineProxy;
const domainId = newDomainId();
const ids = Array.from({ length: 120 }, (_, at) => `id-${String(at).padStart(3, '0')}`);
const keys = ids.map((id) => resourceKey(domainId, 'USER', id));
const idsOf = (items: readonly Record<string, unknown>[]) => items.map(({ sk }) => sk as string).sort();

beforeAll(async () => {
  front = await startEngineProxy();
  for (const half of [keys.slice(0, 60), keys.slice(60)]) {
    await front.table.transact(half.map((key) => ({ put: { ...key } })));
  }
});
afterAll(() => front.close());
beforeEach(() => front.takeOperations());
afterEach(() => jest.restoreAllMocks());

describe('getAll', () => {
  it('reads more keys than one request can have', async () => {
    expect(idsOf(await front.table.getAll(keys))).toEqual(ids);
    expect(front.takeOperations()).toEqual(['BatchGetItem', 'BatchGetItem']);
  });

  it('skips keys without an item, and sends no request without keys', async () => {
    expect(await front.table.getAll([resourceKey(domainId, 'USER', 'nobody')])).toEqual([]);
    front.takeOperations();
    expect(await front.table.getAll([])).toEqual([]);
    expect(front.takeOperations()).toEqual([]);
  });

  it('sends unprocessed keys again', async () => {
    front.injectFaults(
      'BatchGetItem',
      { kind: 'unprocessed', served: 1 },
      { kind: 'unprocessed', served: 3 },
    );
    expect(idsOf(await front.table.getAll(keys.slice(0, 5)))).toEqual(ids.slice(0, 5));
    expect(front.takeOperations()).toHaveLength(3);
  });

  it('throws a 503 with Retry-After after too many attempts without progress', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    front.injectFaults(
      'BatchGetItem',
      ...Array.from({ length: 10 }, () => ({ kind: 'unprocessed', served: 0 }) as const),
    );
    await expect(front.table.getAll(keys.slice(0, 5))).rejects.toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
    });
    expect(front.takeOperations()).toHaveLength(10);
  });
});
