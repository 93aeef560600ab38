import { DEFAULT_PRODUCT_SETTINGS } from '../../shared/scim/schemas/product-user';

/** The users of the example domain: given name, family name, and user type. */
export const PEOPLE = [
  ['Ada', 'Larsen', 'Full User'],
  ['Grace', 'Holm', 'Core User'],
  ['Hedy', 'Lang', 'Core User'],
  ['Katherine', 'Jonas', 'Full User'],
  ['Alan', 'Tove', 'Basic User'],
  ['Margaret', 'Holt', 'Core User'],
  ['Barbara', 'Lindholm', 'Basic User'],
] as const;
const BOUNCED_GIVEN_NAME = 'Hedy';
const { schema: PRODUCT_SCHEMA, userTypeAttribute } = DEFAULT_PRODUCT_SETTINGS.userExtension;
export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** Returns the body that creates a user. */
export function userBody([givenName, familyName, userType]: readonly [string, string, string]) {
  const name = `${givenName}.${familyName}`.toLowerCase();
  // An address of SES's mailbox simulator, which the local host emulates.
  const address =
    givenName === BOUNCED_GIVEN_NAME ? `bounce+${name}@simulator.amazonses.com` : `${name}@example.com`;
  return {
    schemas: [USER_SCHEMA, PRODUCT_SCHEMA],
    userName: `${name}@example.com`,
    displayName: `${givenName} ${familyName}`,
    name: { givenName, familyName },
    emails: [{ value: address, type: 'work', primary: true }],
    active: true,
    [PRODUCT_SCHEMA]: { [userTypeAttribute]: userType },
  };
}

/** Returns the body that creates a group. */
export const groupBody = (displayName: string, members: readonly string[]) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  displayName,
  members: members.map((value) => ({ value })),
});

/** Returns the body of a PATCH that replaces values. */
export const replacePatch = (value: object) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', value }],
});
