import { storable } from '../../../shared/service/resources/assert-indexable';
import { errorOf } from '../../support/scim/scim-fixtures';

describe('storable', () => {
  it.each(['userName', 'displayName', 'externalId'])('lets %s be as long as a key, in bytes', (name) => {
    const longest = { [name]: '雪'.repeat(341) };
    expect(storable(longest)).toBe(longest);
    expect(errorOf(() => storable({ [name]: '雪'.repeat(342) }))).toMatchObject({
      status: 400,
      scimType: 'invalidValue',
    });
  });

  it('measures the form in which names are compared, which may be longer', () => {
    expect(errorOf(() => storable({ userName: 'İ'.repeat(512) })).detail).toMatch(/^userName/);
  });

  it('does not mind other attributes', () => {
    const attributes = { title: 'x'.repeat(5000) };
    expect(storable(attributes)).toBe(attributes);
  });
});
