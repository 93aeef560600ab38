import { ScimError } from '../../scim/error';
import type { Route } from '../chain/router';

/** `/Me` (RFC 7644 §3.11) is the user who asks; a SCIM key is none. */
export const meRoutes = (): Route[] => [
  {
    method: 'ANY',
    path: '/Me',
    body: 'ignored',
    handle: () => {
      throw ScimError.notImplemented(
        'A SCIM key belongs to a domain, not to a user, so there is no /Me. Use /Users with a filter or an id.',
      );
    },
  },
];
