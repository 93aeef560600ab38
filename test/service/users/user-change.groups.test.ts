import fc from 'fast-check';
import { desiredMembership } from '../../../shared/scim/patch/membership';
import { groupEdits } from '../../../shared/service/users/user-change';
import { userRecord } from '../../support/store/records';

const ids = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd'));
const member = (groupIds: readonly string[]) => ({ ...userRecord('ada'), groupIds });

describe('groupEdits', () => {
  it('lead from the current groups to the desired ones, with at most one edit per group', () => {
    const kind = fc.constantFrom('add' as const, 'remove' as const, 'replace' as const);
    fc.assert(
      fc.property(ids, kind, ids, (current, operation, named) => {
        const desired = desiredMembership([{ kind: operation, values: named.map((value) => ({ value })) }]);
        const edits = groupEdits(member(current), desired);
        const after = new Set(current);
        for (const edit of edits) {
          const { groupId } = edit;
          expect(after.has(groupId)).toBe(edit.kind === 'remove');
          if (edit.kind === 'add') after.add(groupId);
          else after.delete(groupId);
        }
        const expected = {
          add: [...current, ...named],
          remove: current.filter((id) => !named.includes(id)),
          replace: named,
        }[operation];
        expect([...after].sort()).toEqual([...new Set(expected)].sort());
        expect(new Set(edits.map(({ groupId }) => groupId)).size).toBe(edits.length);
      }),
    );
  });

  it('carry the userName as the display of a new membership', () => {
    const user = member(['old']);
    const desired = desiredMembership([{ kind: 'replace', values: [{ value: 'new' }] }]);
    expect(groupEdits(user, desired)).toEqual([
      { kind: 'remove', groupId: 'old', userId: user.id },
      { kind: 'add', groupId: 'new', userId: user.id, display: 'ada' },
    ]);
  });
});
