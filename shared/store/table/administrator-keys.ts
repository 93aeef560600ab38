import type { ItemKey } from './keys';

/*
 * The keys of administrators. A `scope` is the id of a domain, or `DEPLOYMENT` for the operators.
 */

/** Everything about one portal user: the profile, and an item for each role. */
export const administratorPartition = (callerId: string): string => `ADMINISTRATOR#${callerId}`;
export const PROFILE = 'PROFILE';
export const profileKey = (callerId: string): ItemKey => ({
  pk: administratorPartition(callerId),
  sk: PROFILE,
});
export const ROLE_PREFIX = 'ROLE#';
export const roleKey = (callerId: string, scope: string): ItemKey => ({
  pk: administratorPartition(callerId),
  sk: ROLE_PREFIX + scope,
});

/** The administrators and the invitations of a domain, or of the deployment. */
export const administratorsPartition = (scope: string): string => `${scope}#ADMINISTRATORS`;
export const ADMINISTRATOR_PREFIX = 'ADMINISTRATOR#';
export const administratorKey = (scope: string, callerId: string): ItemKey => ({
  pk: administratorsPartition(scope),
  sk: ADMINISTRATOR_PREFIX + callerId,
});
export const INVITATION_PREFIX = 'INVITATION#';
export const invitationKey = (scope: string, invitationId: string): ItemKey => ({
  pk: administratorsPartition(scope),
  sk: INVITATION_PREFIX + invitationId,
});

/** The invitations to one address, at most one for each scope. `addressKey` is the address as it is compared. */
export const invitedPartition = (addressKey: string): string => `INVITED#${addressKey}`;
export const invitedKey = (addressKey: string, scope: string): ItemKey => ({
  pk: invitedPartition(addressKey),
  sk: scope,
});

/**
 * The invitations that were sent to one address on one day, `YYYY-MM-DD`. An address key is in lower case, so this is not
 * the partition of an address.
 */
export const invitationSendsKey = (addressKey: string, scope: string, day: string): ItemKey => ({
  pk: `INVITED#SENDS#${addressKey}`,
  sk: `${scope}#${day}`,
});

/** The accounts of the user pool that the service created, and may have to delete. */
export const ACCOUNT_CHECKS_PARTITION = 'ACCOUNT-CHECKS';
export const accountCheckKey = (callerId: string): ItemKey => ({
  pk: ACCOUNT_CHECKS_PARTITION,
  sk: callerId,
});
