import { MAPPED_ROLE_PREFIX } from '../table/administrator-keys';
import { number, oneOf, optionalText, optionalTexts, text, type Item } from '../table/read-item';

const MAPPED_ROLES = ['owner', 'viewer'] as const;

/** A user of a domain whom a mapping makes an administrator. Times are RFC 3339, UTC. */
export interface MappedAdministrator {
  readonly userId: string;
  readonly role: (typeof MAPPED_ROLES)[number];
  /** The portal user with this address gets the role. */
  readonly email: string;
  readonly name?: string;
  readonly mappingId: string;
  /** The connections whose confirmation the role depends on: that of the user, and that of the group. */
  readonly connectionIds: readonly string[];
  readonly since: string;
  /** The portal user who has signed in and has the role. */
  readonly administratorId?: string;
  readonly signedInAt?: string;
  /** Absent until the invitation was sent, or could not be sent. */
  readonly invitedAt?: string;
  /** The reason why the invitation was not emailed. */
  readonly mailProblem?: string;
  /** The account that the service created in the user pool. */
  readonly accountId?: string;
  /** The number of changes of the item. */
  readonly revision: number;
}

export const readMappedAdministrator = (item: Item): MappedAdministrator => ({
  userId: text(item, 'sk'),
  role: oneOf(item, 'role', MAPPED_ROLES),
  email: text(item, 'email'),
  name: optionalText(item, 'name'),
  mappingId: text(item, 'mappingId'),
  connectionIds: optionalTexts(item, 'connectionIds') ?? [],
  since: text(item, 'since'),
  administratorId: optionalText(item, 'administratorId'),
  signedInAt: optionalText(item, 'signedInAt'),
  invitedAt: optionalText(item, 'invitedAt'),
  mailProblem: optionalText(item, 'mailProblem'),
  accountId: optionalText(item, 'accountId'),
  revision: number(item, 'revision'),
});

/** A role that a mapping gives to a portal user. */
export interface MappedScopedRole {
  readonly domainId: string;
  readonly userId: string;
  readonly role: (typeof MAPPED_ROLES)[number];
}

export function readMappedRole(item: Item): MappedScopedRole {
  const [domainId = '', userId = ''] = text(item, 'sk').slice(MAPPED_ROLE_PREFIX.length).split('#');
  return { domainId, userId, role: oneOf(item, 'role', MAPPED_ROLES) };
}

/** Something that the admin API has to do after a role from a mapping began, changed, or ended. */
export interface AdministratorTask {
  readonly domainId: string;
  readonly userId: string;
  readonly taskId: string;
  readonly kind: 'invite' | 'ended';
  /** RFC 3339, UTC. */
  readonly dueAt: string;
  readonly attempts: number;
  /** The address, the portal user, and the account of a role that has ended. */
  readonly email: string;
  readonly administratorId?: string;
  readonly accountId?: string;
}

export function readAdministratorTask(item: Item): AdministratorTask {
  const [domainId = '', userId = '', taskId = ''] = text(item, 'sk').split('#');
  return {
    domainId,
    userId,
    taskId,
    kind: oneOf(item, 'kind', ['invite', 'ended'] as const),
    dueAt: text(item, 'dueAt'),
    attempts: number(item, 'attempts'),
    email: text(item, 'email'),
    administratorId: optionalText(item, 'administratorId'),
    accountId: optionalText(item, 'accountId'),
  };
}
