import { WorkBudget } from '../../../../scim/work';
import type { Caller } from '../../../../service/resources/caller';
import type { DomainRequest } from '../../request';

/** API Gateway waits 29 s. The difference leaves time to finish running work. */
const TIME_LIMIT_MS = 24_000;

/** Returns the administrator as a caller of the services of users. `baseUrl` ends in `/v2`. */
export const administratorAsCaller = (
  { domain, actor, requestId, receivedAt }: DomainRequest,
  baseUrl: string,
): Caller => ({
  domainId: domain.domainId,
  actor,
  requestId,
  baseUrl,
  deadline: receivedAt + TIME_LIMIT_MS,
  ...(domain.mappingsVersion !== undefined && { hasMappings: true }),
  shows: () => true,
  work: new WorkBudget(),
});
