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

  it('measures the lowercase form, which may be longer', () => {
    expect(scimErrorOf(() => assertIndexable({ userName: 'İ'.repeat(512) })).detail).toMatch(/^userName/);
  });

  it('accepts other attributes of any length', () => {
    const attributes = { title: 'x'.repeat(5000) };
    expect(assertIndexable(attributes)).toBe(attributes);
  });
});
