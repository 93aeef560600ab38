import fc from 'fast-check';
import { attributeChanges } from '../../../shared/service/resources/attribute-changes';
import type { Attributes } from '../../../shared/scim/resource';
import { johnDoe } from '../../support/scim/scim-fixtures';

const URN = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('attributeChanges', () => {
  it('returns all attributes of a new or deleted resource', () => {
    const resource = { userName: 'ada', emails: [{ value: 'a@example.com' }], [URN]: { department: 'D' } };
    expect(attributeChanges(undefined, resource)).toEqual([
      { attribute: 'userName', after: 'ada' },
      { attribute: 'emails', after: [{ value: 'a@example.com' }] },
      { attribute: `${URN}:department`, after: 'D' },
    ]);
    expect(attributeChanges({ userName: 'ada' }, undefined)).toEqual([
      { attribute: 'userName', before: 'ada' },
    ]);
  });

  it('returns the values before and after', () => {
    const before = { title: 'Boss', nickName: 'J', [URN]: { department: 'D', division: 'X' } };
    const after = { title: 'Chief', active: false, [URN]: { department: 'E', division: 'X' } };
    expect(attributeChanges(before, after)).toEqual([
      { attribute: 'title', before: 'Boss', after: 'Chief' },
      { attribute: 'nickName', before: 'J' },
      { attribute: `${URN}:department`, before: 'D', after: 'E' },
      { attribute: 'active', after: false },
    ]);
  });

  it('omits a long value, but names its attribute', () => {
    expect(attributeChanges({ title: 'x'.repeat(2000) }, { title: 'y' })).toEqual([
      { attribute: 'title', after: 'y' },
    ]);
  });

  it('returns nothing for equal resources', () => {
    expect(attributeChanges(johnDoe, JSON.parse(JSON.stringify(johnDoe)) as Attributes)).toEqual([]);
  });

  it('returns exactly the attributes that differ', () => {
    const attributes = fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'd'),
      fc.constantFrom<1 | 2 | 3>(1, 2, 3),
    );
    fc.assert(
      fc.property(attributes, attributes, (before, after) => {
        const differing = ['a', 'b', 'c', 'd'].filter((name) => before[name] !== after[name]);
        expect(
          attributeChanges(before, after)
            .map(({ attribute }) => attribute)
            .sort(),
        ).toEqual(differing);
      }),
    );
  });
});
