import {
  DEFAULT_PRODUCT_SETTINGS,
  explicitUserType,
  licenseUserType,
  productOf,
} from '../../../shared/scim/schemas/product-user';
import type { Attributes } from '../../../shared/scim/resource';

const SCHEMA = 'urn:example:params:scim:schemas:extension:acme:2.0:User';
const product = productOf({
  ...DEFAULT_PRODUCT_SETTINGS,
  userTypes: { names: ['Viewer', 'Editor'], default: 'Viewer', unknown: 'ignore' },
  userExtension: { schema: SCHEMA, userTypeAttribute: 'seat', attributes: [] },
});

describe('the user type', () => {
  it.each<[string, Attributes, string | undefined]>([
    ['a type that a client sent', { [SCHEMA]: { seat: 'Editor' } }, 'Editor'],
    ['the default, if a client sent it', { [SCHEMA]: { seat: 'Viewer' } }, 'Viewer'],
    ['no type', {}, undefined],
    ['no type in the extension', { [SCHEMA]: { other: 'Editor' } }, undefined],
    ['a type that is not in the settings', { [SCHEMA]: { seat: 'Full User' } }, undefined],
    ['an extension that is no object', { [SCHEMA]: 'Editor' }, undefined],
    ['the type of another extension', { [`${SCHEMA}2`]: { seat: 'Editor' } }, undefined],
  ])('of a user with %s', (_, attributes, explicit) => {
    expect(explicitUserType(product, attributes)).toBe(explicit);
    expect(licenseUserType(product, attributes)).toBe(explicit ?? 'Viewer');
  });

  it('is Basic User by default, in the schema of the settings that a stage does not change', () => {
    const standard = productOf(DEFAULT_PRODUCT_SETTINGS);
    expect(licenseUserType(standard, {})).toBe('Basic User');
    expect(standard.extension).toMatchObject({
      id: 'urn:ietf:params:scim:schemas:extension:newrelic:2.0:User',
      attributes: [{ name: 'nrUserType', canonicalValues: ['Basic User', 'Core User', 'Full User'] }],
    });
  });
});
