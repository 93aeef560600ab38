import { newId } from '../../../shared/id';
import type { Caller } from '../../../shared/service/resources/caller';

/** Somebody of a new domain, with any amount of time, who wants to see everything. */
export const createCaller = (more: Partial<Caller> = {}): Caller => ({
  domainId: newId(),
  actor: { kind: 'scimKey', keyId: 'key-1', keyName: 'Okta' },
  requestId: 'request-1',
  baseUrl: 'https://api.example.com/scim/v2',
  deadline: Infinity,
  shows: () => true,
  ...more,
});
