import { assertIndexable } from '../../../shared/service/resources/assert-indexable';
import { scimErrorOf } from '../../support/scim/scim-fixtures';

describe('assertIndexable', () => {
  it.each(['userName', 'displayName', 'externalId'])(
    'accepts %s up to the length of a key, in bytes',
    (name) => {
      const longest = { [name]: '雪'.repeat(341) };
      expect(assertIndexable(longest)).toBe(longest);
      expect(scimErrorOf(() => assertIndexable({ [name]: '雪'.repeat(342) }))).toMatchObject({
        status: 400,
        scimType: 'invalidValue',
      });
    },
  );

  it('measures the form in which names are compared, which may be longer or shorter', () => {
    for (const name of ['userName', 'displayName']) {
      expect(scimErrorOf(() => assertIndexable({ [name]: '\ufdfa'.repeat(40) })).detail).toContain(name);
      assertIndexable({ [name]: 'a'.repeat(1024) + '\u00ad '.repeat(100) });
    }
    assertIndexable({ externalId: '\ufdfa'.repeat(40) });
  });

  it('accepts a longer value that is stored', () => {
    const before = { userName: '\ufdfa'.repeat(40) };
    expect(assertIndexable({ ...before, title: 'x' }, before)).toEqual({ ...before, title: 'x' });
  });

  it('accepts other attributes of any length', () => {
    const attributes = { title: 'x'.repeat(5000) };
    expect(assertIndexable(attributes)).toBe(attributes);
  });
});
