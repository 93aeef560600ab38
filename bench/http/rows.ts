import { PATCH_OP, USER_SCHEMA } from '../../shared/scim/urns';
import { newId } from '../../shared/id';
import type { HttpRequest } from './client';

/** A user that exists in each service. */
export interface SampleUser {
  readonly id: string;
  readonly userName: string;
}

/** One kind of request. `of` returns the request with a number. */
export interface HttpRow {
  readonly name: string;
  readonly of: (user: SampleUser, number: number) => HttpRequest;
}

/**
 * The attributes of a user that an identity provider sends. No email is sent to a reserved domain of the
 * simulator.
 */
export const newUser = (userName: string): object => ({
  schemas: [USER_SCHEMA],
  userName,
  externalId: `external-${userName}`,
  name: { givenName: 'Given', familyName: 'Family' },
  displayName: 'Given Family',
  active: true,
  emails: [{ value: `success+${userName}@simulator.amazonses.com`, type: 'work', primary: true }],
});

/** The requests that make up most of the traffic of Okta and Entra ID. */
export const HTTP_ROWS: readonly HttpRow[] = [
  { name: 'get a user', of: ({ id }) => ({ method: 'GET', path: `/Users/${id}` }) },
  {
    name: 'find a user by userName',
    of: ({ userName }) => ({
      method: 'GET',
      path: `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`,
    }),
  },
  { name: 'list 100 users', of: () => ({ method: 'GET', path: '/Users?count=100' }) },
  { name: 'create a user', of: () => ({ method: 'POST', path: '/Users', body: newUser(newId()) }) },
  {
    name: 'change displayName (PATCH)',
    of: ({ id }, number) => ({
      method: 'PATCH',
      path: `/Users/${id}`,
      body: {
        schemas: [PATCH_OP],
        Operations: [{ op: 'replace', path: 'displayName', value: `Given Family ${number}` }],
      },
    }),
  },
];
