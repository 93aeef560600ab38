import type { Attributes } from '../../../shared/scim/resource';
import { DEFAULT_PRODUCT_SETTINGS, productOf } from '../../../shared/scim/schemas/product-user';
import { fromStoredAttributes, toStoredAttributes } from '../../../shared/store/resources/stored-user-type';

const { userTypes, userExtension } = DEFAULT_PRODUCT_SETTINGS;
const { schema } = userExtension;
const standard = productOf(DEFAULT_PRODUCT_SETTINGS);
const otherDefault = productOf({
  ...DEFAULT_PRODUCT_SETTINGS,
  userTypes: { ...userTypes, default: 'Core User' },
});
const otherSchema = productOf({
  ...DEFAULT_PRODUCT_SETTINGS,
  userExtension: { ...userExtension, schema: 'urn:example:acme:User' },
});

const withType = (nrUserType: string): Attributes => ({ userName: 'ada', [schema]: { nrUserType } });

describe('stored attributes', () => {
  it.each<[string, Attributes]>([
    ['no type', { userName: 'ada' }],
    ['the default', withType('Basic User')],
    ['another type', withType('Full User')],
    ['another attribute', { userName: 'ada', [schema]: { costPool: 'R&D' } }],
    ['another attribute and the default', { [schema]: { nrUserType: 'Basic User', costPool: 'R&D' } }],
  ])('are read as they were before, with %s', (_, attributes) => {
    for (const product of [standard, otherDefault, otherSchema]) {
      const stored = toStoredAttributes(product, attributes);
      // The stored type of another schema has no mark, because version 0.1.0 never wrote that schema.
      if (product === otherSchema) expect(stored).toBe(attributes);
      else expect(fromStoredAttributes(stored)).toEqual(attributes);
    }
  });

  it('contain the default as those of version 0.1.0, and not as a type that a client sent', () => {
    expect(toStoredAttributes(standard, { userName: 'ada' })).toEqual(withType('Basic User'));
    expect(fromStoredAttributes(withType('Basic User'))).toEqual({ userName: 'ada' });
    expect(fromStoredAttributes(withType('Core User'))).toEqual(withType('Core User'));
  });

  it('keep a default that a client sent under the name that version 0.1.0 shows', () => {
    const stored = toStoredAttributes(standard, withType('Basic User'));
    expect(stored[schema]).toMatchObject({ nrUserType: 'Basic User' });
  });

  it('lose the mark in a change by version 0.1.0 to another type', () => {
    const marked = toStoredAttributes(standard, withType('Basic User'))[schema] as Attributes;
    const changed = { userName: 'ada', [schema]: { ...marked, nrUserType: 'Full User' } };
    expect(fromStoredAttributes(changed)).toEqual(withType('Full User'));
  });

  it('do not contain the default if it is another one, so that a change of the settings reaches the user', () => {
    expect(toStoredAttributes(otherDefault, { userName: 'ada' })).toEqual({ userName: 'ada' });
  });
});
