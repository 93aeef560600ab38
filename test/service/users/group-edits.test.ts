import fc from 'fast-check';
import { groupEdits, desiredGroupsOfBody } from '../../../shared/service/users/group-edits';
import { desiredMembership } from '../../../shared/service/resources/desired-membership';
import { userRecord } from '../../support/store/records';

const ids = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd'));
const member = (groupIds: readonly string[]) => ({ ...userRecord('ada'), groupIds });

describe('groupEdits', () => {
  it('lead from where the user is to the goal, each group touched once at most', () => {
    const kind = fc.constantFrom('add' as const, 'remove' as const, 'replace' as const);
    fc.assert(
      fc.property(ids, kind, ids, (now, change, named) => {
        const goal = desiredMembership([{ kind: change, values: named.map((value) => ({ value })) }]);
        const edits = groupEdits(member(now), goal);
        const after = new Set(now);
        for (const { kind: each, groupId } of edits) {
          expect(after.has(groupId)).toBe(each === 'remove');
          if (each === 'add') after.add(groupId);
          else after.delete(groupId);
        }
        const wanted = {
          add: [...now, ...named],
          remove: now.filter((id) => !named.includes(id)),
          replace: named,
        }[change];
        expect([...after].sort()).toEqual([...new Set(wanted)].sort());
        expect(new Set(edits.map(({ groupId }) => groupId)).size).toBe(edits.length);
      }),
    );
  });

  it('name the user to the groups that it enters', () => {
    const user = member(['old']);
    const goal = desiredMembership([{ kind: 'replace', values: [{ value: 'new' }] }]);
    expect(groupEdits(user, goal)).toEqual([
      { kind: 'remove', groupId: 'old', userId: user.id },
      { kind: 'add', groupId: 'new', userId: user.id, display: 'ada' },
    ]);
  });
});

describe('groupsOfBody', () => {
  const named = (body: object) => [...desiredGroupsOfBody(body as never).added.keys()];

  it('reads objects and bare ids, under the name in any case', () => {
    expect(named({ groups: [{ value: 'a', display: 'A' }, 'b'] })).toEqual(['a', 'b']);
    expect(named({ Groups: [{ value: 'a' }, { value: 'a' }] })).toEqual(['a']);
  });

  it.each([
    {},
    { groups: [] },
    { groups: null },
    { groups: 'a' },
    { groups: [{}, null, 1, { value: 1 }, ['a']] },
  ])('reads nothing of %j', (body) => expect(named(body)).toEqual([]));

  it('reads nothing of what is no object', () => {
    expect(desiredGroupsOfBody(undefined).added.size).toBe(0);
    expect(desiredGroupsOfBody(['groups']).added.size).toBe(0);
  });
});
