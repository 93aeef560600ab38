import fc from 'fast-check';
import type { MembershipChange } from '../../../shared/scim/patch/membership';
import {
  isNoChange,
  desiredMembership,
  NO_MEMBERSHIP_CHANGE,
  fullMembership,
} from '../../../shared/service/resources/desired-membership';

const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 4 });
const change: fc.Arbitrary<MembershipChange> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('add' as const, 'remove' as const, 'replace' as const),
    values: ids.map((values) => values.map((value) => ({ value }))),
  }),
  fc.record({ kind: fc.constant('removeAll' as const) }),
);

/** What the steps do to a plain set, one after the other. */
function applySequentially(before: readonly string[], changes: readonly MembershipChange[]): Set<string> {
  let members = new Set(before);
  for (const step of changes) {
    if (step.kind === 'replace' || step.kind === 'removeAll') members = new Set();
    if (step.kind === 'removeAll') continue;
    for (const { value } of step.values) {
      if (step.kind === 'remove') members.delete(value);
      else members.add(value);
    }
  }
  return members;
}

/** What the goal does to it, at once. */
function applyGoal(before: readonly string[], changes: readonly MembershipChange[]): Set<string> {
  const { replaces, added, removed } = desiredMembership(changes);
  const kept = replaces ? [] : before.filter((id) => !removed.has(id));
  return new Set([...kept, ...added.keys()]);
}

describe('membershipGoal', () => {
  it('does what its steps do one after the other', () => {
    fc.assert(
      fc.property(ids, fc.array(change, { maxLength: 8 }), (before, changes) => {
        expect(applyGoal(before, changes)).toEqual(applySequentially(before, changes));
      }),
      { numRuns: 1000 },
    );
  });

  it('asks for the same when it is asked for twice', () => {
    fc.assert(
      fc.property(ids, fc.array(change, { maxLength: 5 }), (before, changes) => {
        const once = applyGoal(before, changes);
        expect(applyGoal([...once], changes)).toEqual(once);
      }),
    );
  });

  it('never both adds and removes', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
        const { added, removed } = desiredMembership(changes);
        for (const id of added.keys()) expect(removed.has(id)).toBe(false);
      }),
    );
  });

  it('keeps the last display that came with an id', () => {
    const { added } = desiredMembership([
      {
        kind: 'add',
        values: [
          { value: 'a', display: 'Ada' },
          { value: 'b', display: 'Bob' },
        ],
      },
      { kind: 'add', values: [{ value: 'a' }, { value: 'b', display: 'Robert' }] },
    ]);
    expect([...added]).toEqual([
      ['a', 'Ada'],
      ['b', 'Robert'],
    ]);
  });
});

it('no steps are no change; an empty whole list is one', () => {
  expect(isNoChange(desiredMembership([]))).toBe(true);
  expect(isNoChange(NO_MEMBERSHIP_CHANGE)).toBe(true);
  expect(isNoChange(fullMembership([]))).toBe(false);
  expect(isNoChange(desiredMembership([{ kind: 'remove', values: [{ value: 'a' }] }]))).toBe(false);
});
