import type { ProductSettings } from '../../../shared/scim/schemas/product-user';

/** The settings of another vendor, which shares no name with the default ones. */
export const ACME: ProductSettings = {
  userTypes: { names: ['Reader', 'Author', 'Publisher'], default: 'Author', unknown: 'refuse' },
  userExtension: {
    schema: 'urn:example:params:scim:schemas:extension:acme:1.0:Person',
    userTypeAttribute: 'edition',
    attributes: [
      { name: 'costPool', type: 'string', required: true, description: 'Who pays for the license.' },
      { name: 'desk', type: 'integer' },
      { name: 'remote', type: 'boolean' },
      { name: 'since', type: 'dateTime' },
      { name: 'languages', type: 'string', multiValued: true, canonicalValues: ['German', 'Danish'] },
    ],
  },
  organizations: [{ name: 'Newsroom', roles: ['editor', 'reviewer'] }],
};
