import { desiredGroupsOfBody } from '../../../shared/service/users/groups-of-body';

describe('desiredGroupsOfBody', () => {
  const idsIn = (body: object) => [...desiredGroupsOfBody(body as never).added.keys()];

  it('reads objects and plain ids, and ignores the case of the name', () => {
    expect(idsIn({ groups: [{ value: 'a', display: 'A' }, 'b'] })).toEqual(['a', 'b']);
    expect(idsIn({ Groups: [{ value: 'a' }, { value: 'a' }] })).toEqual(['a']);
    expect(idsIn({ groups: [{ $ref: '../Groups/a' }, { $ref: '../Users/b' }] })).toEqual(['a']);
  });

  it.each([
    {},
    { groups: [] },
    { groups: null },
    { groups: 'a' },
    { groups: [{}, null, 1, { value: 1 }, ['a']] },
  ])('finds no groups in %j', (body) => expect(idsIn(body)).toEqual([]));

  it('finds no groups in a body that is not an object', () => {
    expect(desiredGroupsOfBody(undefined).added.size).toBe(0);
    expect(desiredGroupsOfBody(['groups']).added.size).toBe(0);
  });
});
