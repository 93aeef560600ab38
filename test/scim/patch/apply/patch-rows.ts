import type { Attributes } from '../../../../shared/scim/resource';
import { patchUser } from '../../../support/scim/scim-fixtures';

export const work = { value: 'w@example.com', type: 'work', primary: true };
export const home = { value: 'h@example.com', type: 'home' };
export const address = { streetAddress: '100 Universal City Plaza', locality: 'Hollywood', type: 'work' };

/** A PATCH of a user: the attributes before and after it, without `userName`. */
export type Row = [behavior: string, before: object, operations: object | object[], after: object];

/** Defines a test for each row. */
export function itAppliesPatches(rows: Row[]): void {
  it.each(rows)('%s', (_, before, operations, after) => {
    const user = { userName: 'ada', ...before } as Attributes;
    const copy = structuredClone(user);
    expect(patchUser(user, ...[operations].flat())).toEqual({ userName: 'ada', ...after });
    expect(user).toEqual(copy);
  });
}
