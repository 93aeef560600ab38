import { userResourceTypeOf, type ResourceType } from '../../../shared/scim/resource-type';
import { DEFAULT_PRODUCT_SETTINGS, productOf } from '../../../shared/scim/schemas/product-user';

export const TAGS_SCHEMA = 'urn:example:params:scim:schemas:extension:tags:1.0:User';

/** Users with an extension that has simple multi-valued attributes. */
export const taggedUserType: ResourceType = userResourceTypeOf(
  productOf({
    ...DEFAULT_PRODUCT_SETTINGS,
    userExtension: {
      schema: TAGS_SCHEMA,
      userTypeAttribute: 'edition',
      attributes: [
        { name: 'tags', type: 'string', multiValued: true },
        { name: 'desks', type: 'integer', multiValued: true },
        { name: 'languages', type: 'string', multiValued: true, canonicalValues: ['German', 'Danish'] },
        { name: 'floor', type: 'integer' },
      ],
    },
  }).extension,
);
