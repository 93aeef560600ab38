import type { Caller } from '../service/caller';
import { deadlineOf, type ScimRequest } from './request';

/** Who asks, for the services. */
export function callerOf(request: ScimRequest, shows: Caller['shows']): Caller {
  const { principal, requestId, baseUrl, sourceAddress, userAgent, notices } = request;
  const { domainId, keyId, keyName } = principal;
  return {
    domainId,
    requestId,
    baseUrl,
    shows,
    deadline: deadlineOf(request),
    notices,
    actor: {
      kind: 'scimKey',
      keyId,
      ...(keyName && { keyName }),
      ...(sourceAddress && { sourceAddress }),
      ...(userAgent && { userAgent: userAgent.slice(0, 200) }),
    },
  };
}
