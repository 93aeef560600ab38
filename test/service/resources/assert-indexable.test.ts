import { assertIndexable } from '../../../shared/service/resources/assert-indexable';
import { scimErrorOf } from '../../support/scim/scim-fixtures';

describe('storable', () => {
  it.each(['userName', 'displayName', 'externalId'])('lets %s be as long as a key, in bytes', (name) => {
    const longest = { [name]: '雪'.repeat(341) };
    expect(assertIndexable(longest)).toBe(longest);
    expect(scimErrorOf(() => assertIndexable({ [name]: '雪'.repeat(342) }))).toMatchObject({
      status: 400,
      scimType: 'invalidValue',
    });
  });

  it('measures the form in which names are compared, which may be longer', () => {
    expect(scimErrorOf(() => assertIndexable({ userName: 'İ'.repeat(512) })).detail).toMatch(/^userName/);
  });

  it('does not mind other attributes', () => {
    const attributes = { title: 'x'.repeat(5000) };
    expect(assertIndexable(attributes)).toBe(attributes);
  });
});
