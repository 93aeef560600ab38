import { countMessages, ERRORS_OF_REQUESTS, errorsOf, type SavedQuery } from '../monitoring/saved-queries';
import type { TokenEndpoint } from './token-endpoint';

/** Returns the saved queries of the token endpoint. */
export const tokenQueries = ({ handler }: TokenEndpoint): SavedQuery[] => [
  countMessages('TokensRefused/clients', [handler.logGroup], 'message = "token" and decision = "refused"', [
    'domainId',
    'connectionId',
    'check',
  ]),
  errorsOf('TokensRefused', [handler.logGroup], ERRORS_OF_REQUESTS),
];
