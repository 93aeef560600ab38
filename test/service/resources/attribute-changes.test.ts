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

  it('truncates long values, and names the truncated ones', () => {
    expect(attributeChanges({ title: 'x'.repeat(2000) }, { title: 'y' })).toEqual([
      { attribute: 'title', before: `${'x'.repeat(1000)}…`, after: 'y', truncated: ['before'] },
    ]);
    const photos = [{ value: 'p'.repeat(2000) }];
    expect(attributeChanges(undefined, { title: 'x'.repeat(1000), photos })).toEqual([
      { attribute: 'title', after: 'x'.repeat(1000) },
      { attribute: 'photos', after: `[{"value":"${'p'.repeat(989)}…`, truncated: ['after'] },
    ]);
  });

  it('does not split a character', () => {
    const [change] = attributeChanges(undefined, { title: `${'x'.repeat(999)}😀y` });
    expect(change?.after).toBe(`${'x'.repeat(999)}\ufffd…`);
  });

  it('keeps all addresses whole, however many there are', () => {
    const address = (at: number) => `${'a'.repeat(60)}${at}@${'b'.repeat(180)}.example`;
    const emails = Array.from({ length: 200 }, (_, at) => ({
      ...{ value: address(at), type: at === 0 ? 'work' : 'x'.repeat(500), display: 'y'.repeat(900) },
      ...(at === 0 && { primary: true }),
    }));
    const [change] = attributeChanges({ emails }, { emails: emails.slice(0, 1) });
    expect(change?.truncated).toEqual(['before', 'after']);
    expect(change?.after).toEqual([{ value: address(0), type: 'work', primary: true }]);
    const before = change?.before as { value: string; type: string }[];
    expect(before.map(({ value }) => value)).toEqual(emails.map(({ value }) => value));
    expect(before[1]?.type).toBe(`${'x'.repeat(100)}…`);
    const [forged] = attributeChanges(undefined, { emails: [{ value: 'z'.repeat(8000) }, {}] });
    expect(forged?.after).toEqual([{ value: `${'z'.repeat(254)}…` }, {}]);
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
