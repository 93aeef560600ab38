import { newId } from '../../../shared/id';
import type { Caller } from '../../../shared/service/resources/caller';

/** Returns a caller of a new domain without a deadline, who requests all attributes. */
export const createCaller = (more: Partial<Caller> = {}): Caller => ({
  domainId: newId(),
  actor: { kind: 'scimKey', keyId: 'key-1', keyName: 'Okta' },
  requestId: 'request-1',
  baseUrl: 'https://api.example.com/scim/v2',
  deadline: Infinity,
  shows: () => true,
  ...more,
});
