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

/** The roles that mappings give to a portal user: one for each domain and SCIM user. */
export const MAPPED_ROLE_PREFIX = 'MAPPED-ROLE#';
export const mappedRoleKey = (callerId: string, domainId: string, userId: string): ItemKey => ({
  pk: administratorPartition(callerId),
  sk: `${MAPPED_ROLE_PREFIX}${domainId}#${userId}`,
});

/** The users of a domain whom mappings make administrators. */
export const mappedAdministratorsPartition = (domainId: string): string =>
  `${domainId}#MAPPED-ADMINISTRATORS`;
export const mappedAdministratorKey = (domainId: string, userId: string): ItemKey => ({
  pk: mappedAdministratorsPartition(domainId),
  sk: userId,
});

/**
 * The open tasks of the admin API for such users of all domains: invitations, and the consequences of a lost
 * role.
 */
export const ADMINISTRATOR_TASKS_PARTITION = 'ADMINISTRATOR-TASKS';
export const administratorTaskKey = (domainId: string, userId: string, taskId: string): ItemKey => ({
  pk: ADMINISTRATOR_TASKS_PARTITION,
  sk: `${domainId}#${userId}#${taskId}`,
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

/**
 * The invitations to one address, at most one for each scope. `addressKey` is the address as it is compared.
 */
export const invitedPartition = (addressKey: string): string => `INVITED#${addressKey}`;
export const invitedKey = (addressKey: string, scope: string): ItemKey => ({
  pk: invitedPartition(addressKey),
  sk: scope,
});

/** Finds a user whom mappings make an administrator, by the address with which the user signs in. */
export const mappedInvitedKey = (addressKey: string, domainId: string, userId: string): ItemKey => ({
  pk: invitedPartition(addressKey),
  sk: `${domainId}#MAPPED#${userId}`,
});

/** Returns the user whom such a key finds; undefined for the key of an invitation. */
export function mappedInvitedAt({ sk }: ItemKey): { domainId: string; userId: string } | undefined {
  const [, domainId, userId] = /^([^#]+)#MAPPED#(.+)$/.exec(sk) ?? [];
  return domainId === undefined || userId === undefined ? undefined : { domainId, userId };
}

/**
 * The invitations that were sent to one address on one day, `YYYY-MM-DD`. An address key is in lower case, so
 * this is not the partition of an address.
 */
export const invitationSendsKey = (addressKey: string, scope: string, day: string): ItemKey => ({
  pk: `INVITED#SENDS#${addressKey}`,
  sk: `${scope}#${day}`,
});

/** The invitations of a domain on one day for which Cognito sends an email. */
export const domainSendsKey = (domainId: string, day: string): ItemKey => ({
  pk: `INVITED#SENDS-OF-DOMAIN#${domainId}`,
  sk: day,
});

/** The accounts of the user pool that the service created, and may have to delete. */
export const ACCOUNT_CHECKS_PARTITION = 'ACCOUNT-CHECKS';
export const accountCheckKey = (callerId: string): ItemKey => ({
  pk: ACCOUNT_CHECKS_PARTITION,
  sk: callerId,
});

/** The users whom administrators manage manually, by id. */
export const managedUsersPartition = (d: string): string => `${d}#MANAGED`;
