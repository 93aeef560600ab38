import { wellFormed } from '../../scim/input/well-formed';
import type { Caller } from '../../service/resources/caller';
import type { Actor } from '../../store/audit/audit';
import { deadlineOf, type Principal, type ScimRequest } from './request';

/** Who asks, for the services. */
export function callerOf(request: ScimRequest, shows: Caller['shows']): Caller {
  const { principal, requestId, baseUrl, sourceAddress, userAgent, notices } = request;
  const { domainId } = principal;
  return {
    domainId,
    requestId,
    baseUrl,
    shows,
    deadline: deadlineOf(request),
    notices,
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
  ...(userAgent && { userAgent: wellFormed(userAgent, 200) }),
});
