import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { READABLE_VERSION, WRITTEN_VERSION } from '../../../shared/store/table/item-version';
import { type ItemKey, resourceKey } from '../../../shared/store/table/keys';
import { itemOfImage } from '../../../shared/store/table/stream-record';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { patchBody, replaceBody, uniqueName, userBody } from '../../support/requests/bodies';
import { createTableLikeSystem } from '../../support/store/create-table';
import { newDomainId } from '../../support/store/records';
import { scanKeys } from '../../support/store/scan';
import { waitForMail } from '../../support/system/mails';
import { createDomainClient } from '../../support/system/system';
import { documentClient } from '../../support/store/document-client';

const NEWER = READABLE_VERSION + 1;
const REFUSED = expect.objectContaining({ status: 503, headers: { 'retry-after': '60' } }) as object;

let table: Table;
let domainId: string;

beforeAll(async () => (table = await createTableLikeSystem()));
beforeEach(() => (domainId = newDomainId()));

const key = (id = 'a') => resourceKey(domainId, 'USER', id);
/** Stores an item as another version of the service would. */
const store = (item: object, of: Table = table) =>
  documentClient(of).send(new PutCommand({ TableName: of.name, Item: item as Record<string, unknown> }));
/** Reads an item as it is stored. */
const stored = async ({ pk, sk }: ItemKey, of: Table = table) =>
  (
    await documentClient(of).send(
      new GetCommand({ TableName: of.name, Key: { pk, sk }, ConsistentRead: true }),
    )
  ).Item;

describe('an item', () => {
  it('is written with its version, which its readers do not see', async () => {
    await table.put({ ...key('put'), n: 1 });
    await table.update(key('update'), { add: { n: 1 } });
    await table.transact([
      { put: { ...key('transacted'), n: 1 } },
      { update: key('changed'), set: { n: 1 } },
    ]);
    for (const id of ['put', 'update', 'transacted', 'changed']) {
      expect(await stored(key(id))).toMatchObject({ v: WRITTEN_VERSION });
      expect(await table.get(key(id))).toEqual({ ...key(id), n: 1 });
      expect(await table.get(key(id), { attributes: ['n'] })).toEqual({ n: 1 });
    }
    const page = await table.query({ pk: key().pk, attributes: ['n'] });
    expect(page.items).toEqual(Array(4).fill({ n: 1 }));
    expect((await table.getAll([key('put')]))[0]).toEqual({ ...key('put'), n: 1 });
    const outcome = await table.update(key('put'), { set: { n: 2 } }, { returnItem: 'always' });
    expect(outcome.item).toEqual({ ...key('put'), n: 2 });
  });

  it('without a version is read, and gets one with the next change', async () => {
    await store({ ...key(), n: 1 });
    expect(await table.get(key())).toEqual({ ...key(), n: 1 });
    expect(await table.update(key(), { add: { n: 1 } })).toMatchObject({ written: true });
    expect(await stored(key())).toMatchObject({ n: 2, v: WRITTEN_VERSION });
  });
});

describe('an item of a newer version', () => {
  const newer = () => ({ ...key(), n: 1, v: NEWER });
  beforeEach(() => store(newer()));

  it.each<[string, () => Promise<unknown>]>([
    ['get', () => table.get(key())],
    ['get of some attributes', () => table.get(key(), { attributes: ['n'] })],
    ['getAll', () => table.getAll([key()])],
    ['query', () => table.query({ pk: key().pk })],
    ['query of some attributes', () => table.query({ pk: key().pk, attributes: ['n'] })],
    ['put', () => table.put({ ...key(), n: 2 })],
    [
      'put with a condition',
      () => table.put({ ...key(), n: 2 }, { condition: { expression: '#n = :m', values: { m: 1 } } }),
    ],
    ['update', () => table.update(key(), { set: { n: 2 } })],
    ['update of a sum', () => table.update(key(), { add: { n: 1 } })],
    ['delete', () => table.delete(key())],
    ['transacted put', () => table.transact([{ put: { ...key(), n: 2 } }])],
    ['transacted update', () => table.transact([{ put: { ...key('b') } }, { update: key(), set: { n: 2 } }])],
    ['transacted delete', () => table.transact([{ put: { ...key('b') } }, { delete: key() }])],
    [
      'transacted check',
      () =>
        table.transact([
          { put: { ...key('b') } },
          { check: key(), condition: { expression: '#n = :m', values: { m: 1 } } },
        ]),
    ],
    ['tryTransact', () => table.tryTransact([{ put: { ...key(), n: 2 } }])],
  ])('is refused by %s, and stays as it is', async (_, act) => {
    await expect(act()).rejects.toEqual(REFUSED);
    expect(await stored(key())).toEqual(newer());
    expect(await stored(key('b'))).toBeUndefined();
  });

  it('is refused in a record of the stream, so that the record is delivered again', () => {
    expect(() => itemOfImage(marshall(newer()) as never)).toThrow('newer version');
    expect(itemOfImage(marshall({ ...key(), n: 1, v: WRITTEN_VERSION }) as never)).toEqual({
      ...key(),
      n: 1,
    });
  });

  it('does not make a failed condition of another item look like a newer version', async () => {
    const taken = new Error('taken');
    await table.put({ ...key('b') });
    const write = {
      put: { ...key('b') },
      condition: { expression: 'attribute_not_exists(pk)' },
      conditionError: () => taken,
    };
    await expect(table.transact([write])).rejects.toBe(taken);
  });
});

describe('the running system', () => {
  it('writes a version into every item of a domain', async () => {
    const client = await createDomainClient();
    const address = uniqueName();
    const user = await client.request('POST', '/Users', {
      ...userBody(address),
      externalId: address,
    });
    const { id } = user.body as { id: string };
    const group = await client.request('POST', '/Groups', { displayName: uniqueName() });
    const member = patchBody({ op: 'add', path: 'members', value: [{ value: id }] });
    await client.request('PATCH', `/Groups/${(group.body as { id: string }).id}`, member);
    await client.request('GET', '/Users?startIndex=1&count=1');
    await waitForMail(address);
    await client.request('PATCH', `/Users/${id}`, replaceBody('active', false));
    await waitForMail(address, 2);
    let items = 0;
    const without = await scanKeys(await systemTable(), ({ pk, sk, v }) => {
      const isOfDomain = `${String(pk)} ${String(sk)}`.includes(client.domainId);
      if (isOfDomain) items += 1;
      return isOfDomain && v !== WRITTEN_VERSION;
    });
    expect(without).toEqual([]);
    expect(items).toBeGreaterThan(20);
  });

  it('answers 503 for a user of a newer version, and serves the others', async () => {
    const client = await createDomainClient();
    const system = await systemTable();
    const create = async () =>
      ((await client.request('POST', '/Users', userBody(uniqueName()))).body as { id: string }).id;
    const [id, other] = [await create(), await create()];
    const userKey = resourceKey(client.domainId, 'USER', id);
    const before = await stored(userKey, system);
    const newer = { ...before, v: NEWER };
    await store(newer, system);
    for (const [method, body] of [['GET'], ['PATCH', replaceBody('title', 'x')], ['DELETE']] as const) {
      const response = await client.request(method, `/Users/${id}`, body);
      expect([method, response.status, response.headers.get('retry-after')]).toEqual([method, 503, '60']);
      expect(response.body).toMatchObject({ detail: expect.stringContaining('newer version') as string });
    }
    expect(await stored(userKey, system)).toEqual(newer);
    expect((await client.request('GET', `/Users/${other}`)).status).toBe(200);
    await store(before ?? {}, system);
    expect((await client.request('DELETE', `/Users/${id}`)).status).toBe(204);
  });
});
