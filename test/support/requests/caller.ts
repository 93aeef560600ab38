import { newId } from '../../../shared/id';
import { WorkBudget } from '../../../shared/scim/work';
import type { Caller } from '../../../shared/service/resources/caller';

const DAY_MS = 86_400_000;

/**
 * Returns a caller of a new domain who requests all attributes. Its deadline is a day away, so that no test
 * meets it.
 */
export const createCaller = (more: Partial<Caller> = {}): Caller => ({
  domainId: newId(),
  actor: { kind: 'scimKey', keyId: 'key-1', keyName: 'Okta' },
  requestId: 'request-1',
  baseUrl: 'https://api.example.com/scim/v2',
  deadline: Date.now() + DAY_MS,
  shows: () => true,
  work: new WorkBudget(Infinity),
  ...more,
});
