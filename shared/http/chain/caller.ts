import { toWellFormed } from '../../scim/text';
import type { Caller } from '../../service/resources/caller';
import type { Actor } from '../../store/audit/audit';
import { deadlineOf, type Principal, type ScimRequest } from './request';

/** Who asks, for the services. */
export function callerOf(request: ScimRequest, shows: Caller['shows']): Caller {
  const { principal, requestId, baseUrl, sourceAddress, userAgent, diagnostics } = request;
  const { domainId } = principal;
  return {
    domainId,
    requestId,
    baseUrl,
    shows,
    deadline: deadlineOf(request),
    diagnostics,
    actor: actorOf(principal, sourceAddress, userAgent),
  };
}

/** A client with its SCIM key, as audit events have it. */
export const actorOf = (
  { keyId, keyName }: Principal,
  sourceAddress: string | undefined,
  userAgent: string | undefined,
): Actor => ({
  kind: 'scimKey',
  keyId,
  ...(keyName && { keyName }),
  ...(sourceAddress && { sourceAddress }),
  ...(userAgent && { userAgent: toWellFormed(userAgent, 200) }),
});
