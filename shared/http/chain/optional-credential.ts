import { INVALID_KEY_DETAIL } from '../../credentials/authorization';
import { ScimError } from '../../scim/error';
import type { CheckCredential } from '../../service/credentials/credential-check';
import { noteRefusedClient } from '../requests/request-client';
import { hasPrincipal, headerOf, type Middleware } from './request';

/**
 * Checks the credential of a request to a method without an authorizer, if the client sent one. Responds to
 * an invalid one as API Gateway does. After a valid one, the request is as one that passed the authorizer.
 */
export function optionalCredential(check: CheckCredential): Middleware {
  const before: Middleware['before'] = async ({ event }) => {
    const authorization = headerOf(event, 'authorization');
    if (hasPrincipal(event) || authorization === undefined) return;
    const decision = await check(authorization);
    switch (decision.kind) {
      case 'refused':
        noteRefusedClient(event, decision.client);
        throw ScimError.unauthorized(INVALID_KEY_DETAIL);
      case 'denied':
        noteRefusedClient(event, decision.client);
        throw ScimError.forbidden(decision.reason);
      case 'granted':
        event.requestContext.authorizer = { ...decision.context, principalId: decision.domainId };
    }
  };
  return { before };
}
