import fc from 'fast-check';
import { orderOperations } from '../../../shared/scim/bulk/order';
import type { BulkOperation } from '../../../shared/scim/bulk/parse';

const post = (bulkId: string, ...refersTo: string[]): BulkOperation => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { members: refersTo.map((other) => ({ value: `bulkId:${other}` })) },
});
const patch = (bulkId: string): BulkOperation => ({
  method: 'PATCH',
  path: `/Users/bulkId:${bulkId}`,
  data: {},
});

/** Returns each step as the position of its operation and the bulkIds that it does not wait for. */
const order = (...operations: BulkOperation[]): string[] =>
  orderOperations(operations).map(({ index, deferredBulkIds }) =>
    [index, ...deferredBulkIds].join(' without '),
  );

describe('orderOperations', () => {
  it('keeps the order of the request if no operation must wait', () => {
    expect(order()).toEqual([]);
    expect(order(post('a'), post('b'), post('c'))).toEqual(['0', '1', '2']);
    expect(order(post('a'), post('b', 'a'), patch('b'))).toEqual(['0', '1', '2']);
  });

  it('moves a POST before the operations that refer to it, and changes nothing else', () => {
    expect(order(post('a', 'c'), post('b'), post('c'))).toEqual(['2', '0', '1']);
    expect(order(patch('c'), post('b'), post('c', 'b'))).toEqual(['1', '2', '0']);
  });

  it('moves a POST before a PATCH whose path refers to it', () => {
    const path = 'members[value eq "bulkId:a"]';
    const remove = { method: 'PATCH', path: '/Groups/1', data: { Operations: [{ op: 'remove', path }] } };
    expect(order(remove, post('b'), post('a'))).toEqual(['2', '0', '1']);
  });

  it('breaks a circle at the operation that closes it', () => {
    expect(order(post('a', 'b'), post('b', 'a'))).toEqual(['1 without a', '0']);
    expect(order(post('a', 'b'), post('b', 'c'), post('c', 'a'))).toEqual(['2 without a', '1', '0']);
    expect(order(post('a', 'a'))).toEqual(['0 without a']);
  });

  it('ignores a reference that matches no POST', () => {
    expect(order(post('a', 'nobody'), post('b'))).toEqual(['0', '1']);
    const named = { method: 'DELETE', path: '/Users/1', bulkId: 'x' };
    expect(order(post('a', 'x'), named)).toEqual(['0', '1']);
  });

  it('lists each operation once, after its references except for the deferred ones', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const graph = fc.array(fc.subarray(names), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(graph, (edges) => {
        const steps = orderOperations(names.map((name, at) => post(name, ...(edges[at] ?? []))));
        expect(steps.map(({ index }) => index).sort()).toEqual([0, 1, 2, 3, 4, 5]);
        const done = new Set<string>();
        for (const { index, deferredBulkIds } of steps) {
          for (const other of edges[index] ?? []) expect(done.has(other)).toBe(!deferredBulkIds.has(other));
          done.add(names[index]!);
        }
      }),
    );
  });

  it('orders a chain of 1,000 references', () => {
    const chain = Array.from({ length: 1_000 }, (_, at) => post(String(at), String(at + 1)));
    expect(orderOperations(chain).map(({ index }) => index)).toEqual(chain.map((_, at) => 999 - at));
  });
});
