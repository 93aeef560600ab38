import { string, type Schema } from '../attribute';
import { PRODUCT_USER_SCHEMA } from '../urns';

export const USER_TYPES = ['Basic User', 'Core User', 'Full User'] as const;
export type UserType = (typeof USER_TYPES)[number];
export const DEFAULT_USER_TYPE: UserType = 'Basic User';

/** The product's extension: the type of a user's license. */
export const productUserSchema: Schema = {
  id: PRODUCT_USER_SCHEMA,
  name: 'ProductUser',
  description: 'License of a user',
  attributes: [
    string(
      'nrUserType',
      `The type of the license: ${USER_TYPES.join(', ')}. ${DEFAULT_USER_TYPE} when it is not given.`,
      {
        canonicalValues: USER_TYPES,
        closed: true,
      },
    ),
  ],
};
