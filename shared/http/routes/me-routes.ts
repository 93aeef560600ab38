import { ScimError } from '../../scim/error';
import type { ScimRoute } from '../chain/scim-route';

/**
 * `/Me` (RFC 7644 §3.11) stands for the authenticated user. It does not exist, because a SCIM key is not a
 * user.
 */
export const scimMeRoutes = (): ScimRoute[] => [
  {
    method: 'ANY',
    path: '/Me',
    body: 'ignored',
    handle: () => {
      throw ScimError.notImplemented(
        'A SCIM key belongs to a domain, not to a user, so /Me does not exist. ' +
          'Use /Users with a filter or an id.',
      );
    },
  },
];
