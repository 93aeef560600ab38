import { USER_SCHEMA, ENTERPRISE_USER_SCHEMA } from '../../shared/scim/urns';
import type { Attributes } from '../../shared/scim/resource';

/**
 * Returns the attributes that a client sends for the user with a number. Entra ID and Okta send about this
 * many.
 */
export const sentUser = (number: number): Attributes => ({
  schemas: [USER_SCHEMA, ENTERPRISE_USER_SCHEMA],
  externalId: `external-${number}`,
  userName: `User.${number}@Example.com`,
  name: { givenName: `Given ${number % 97}`, familyName: `Family ${number % 89}` },
  displayName: `Given ${number % 97} Family ${number % 89}`,
  title: number % 3 === 0 ? 'Engineer' : 'Manager',
  active: number % 5 !== 0,
  preferredLanguage: 'en-US',
  emails: [
    { value: `user.${number}@example.com`, type: 'work', primary: true },
    { value: `user.${number}@example.org`, type: 'home' },
  ],
  phoneNumbers: [{ value: `+1 555 ${number}`, type: 'work' }],
  addresses: [
    { type: 'work', streetAddress: `${number} Main Street`, locality: 'Springfield', country: 'US' },
  ],
  [ENTERPRISE_USER_SCHEMA]: { department: `Department ${number % 13}`, employeeNumber: String(number) },
});

/** Returns a user with the attributes that the service adds. */
export const storedUser = (number: number): Attributes => ({
  ...sentUser(number),
  id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`,
  meta: {
    resourceType: 'User',
    created: '2026-01-23T04:56:22.000Z',
    lastModified: '2026-05-13T04:42:34.000Z',
    location: `https://scim.example.com/scim/v2/Users/${number}`,
    version: 'W/"1"',
  },
});

export const USERS: readonly Attributes[] = Array.from({ length: 1_000 }, (_, number) => storedUser(number));
