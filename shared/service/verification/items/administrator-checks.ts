import {
  ADMINISTRATOR_PREFIX,
  administratorKey,
  INVITATION_PREFIX,
  invitationKey,
  invitedKey,
  MAPPED_ROLE_PREFIX,
  mappedAdministratorKey,
  mappedInvitedAt,
  mappedInvitedKey,
  mappedRoleKey,
  profileKey,
  ROLE_PREFIX,
  roleKey,
} from '../../../store/table/administrator-keys';
import { addressKeyOf } from '../../../store/mail/address-key';
import type { ItemKey } from '../../../store/table/keys';
import { keyOf, type Item } from '../../../store/table/read-item';
import { ITEM_IS_ABSENT, type Write } from '../../../store/table/write';
import { isAs, REPAIR, remove, stringOf, unchanged, type Check, type ChecksOf } from './check';

/** Tokens of the portal user become invalid when the roles change. */
const rolesChanged = (callerId: string): Write => ({ update: profileKey(callerId), add: { changes: 1 } });

/** A portal user, or an invitation, in the list of a scope. */
export const administratorChecks: ChecksOf = (item, scope) => {
  if (item.sk.startsWith(INVITATION_PREFIX)) return [invitationCheck(item, scope)];
  if (!item.sk.startsWith(ADMINISTRATOR_PREFIX)) return [];
  const callerId = item.sk.slice(ADMINISTRATOR_PREFIX.length);
  return [roleCheck(item, roleKey(callerId, scope), callerId, scope)];
};

/** A user whom a mapping makes an administrator. */
export const mappedAdministratorChecks: ChecksOf = (item, domainId) => {
  const callerId = item.administratorId;
  const lookup = mappedInvitedKey(addressKeyOf(stringOf(item.email)), domainId, item.sk);
  return [
    ...(typeof callerId === 'string'
      ? [roleCheck(item, mappedRoleKey(callerId, domainId, item.sk), callerId, domainId)]
      : []),
    {
      id: 'lookup',
      keys: [lookup],
      examine: (find) =>
        find(lookup)
          ? undefined
          : {
              problem: 'invited-missing',
              found: `The administrator from a mapping ${item.sk} is not found by the email address.`,
              action: REPAIR,
              repair: [
                {
                  put: { ...lookup, invitationId: item.sk, expireTime: '9999-12-31T23:59:59.999Z' },
                  condition: ITEM_IS_ABSENT,
                },
                unchanged(item, 'email'),
              ],
              after: item.sk,
            },
    },
  ];
};

/** The role that the authorizer reads is the one in the list. */
function roleCheck(item: Item, key: ItemKey, callerId: string, scope: string): Check {
  return {
    id: 'role',
    keys: [key],
    examine: (find) => {
      const role = find(key);
      if (role?.role === item.role) return undefined;
      return {
        problem: role ? 'role-wrong' : 'role-missing',
        found: `The administrator ${callerId} of ${scope} ${role ? 'has another role than the list says' : 'is in the list without a role'}.`,
        action: REPAIR,
        repair: [
          { put: { ...key, role: item.role }, condition: role ? isAs(role, 'role') : ITEM_IS_ABSENT },
          unchanged(item, 'role'),
          rolesChanged(callerId),
        ],
        before: stringOf(role?.role),
        after: stringOf(item.role),
      };
    },
  };
}

function invitationCheck(item: Item & ItemKey, scope: string): Check {
  const invitationId = item.sk.slice(INVITATION_PREFIX.length);
  const key = invitedKey(addressKeyOf(stringOf(item.email)), scope);
  return {
    id: 'invited',
    keys: [key],
    examine: (find) => {
      const invited = find(key);
      if (invited) return undefined;
      return {
        problem: 'invited-missing',
        found: `The invitation ${invitationId} is not found by its email address.`,
        action: REPAIR,
        repair: [
          {
            put: { ...key, invitationId, expireTime: item.expireTime, ttl: item.ttl },
            condition: ITEM_IS_ABSENT,
          },
          unchanged(item, 'expireTime'),
        ],
        after: invitationId,
      };
    },
  };
}

/** Returns the scope of a role: a domain, or the deployment. */
export const scopeOfRole = (sk: string): string | undefined =>
  sk.startsWith(ROLE_PREFIX)
    ? sk.slice(ROLE_PREFIX.length)
    : sk.startsWith(MAPPED_ROLE_PREFIX)
      ? sk.slice(MAPPED_ROLE_PREFIX.length).split('#')[0]
      : undefined;

/** A role that the authorizer reads. A role that no list shows is access that nobody sees. */
export const roleChecks: ChecksOf = (item, scope) => {
  const callerId = item.pk.slice(ADMINISTRATOR_PREFIX.length);
  const userId = item.sk.startsWith(MAPPED_ROLE_PREFIX) ? item.sk.split('#')[2] : undefined;
  const key =
    userId === undefined ? administratorKey(scope, callerId) : mappedAdministratorKey(scope, userId);
  return [
    {
      id: 'administrator',
      keys: [key],
      examine: (find) => {
        const listed = find(key);
        if (listed && (userId === undefined || listed.administratorId === callerId)) return undefined;
        return {
          problem: 'role-orphaned',
          found: `The portal user ${callerId} has a role in ${scope}, but is not in its list of administrators.`,
          action: `${REPAIR} It removes the role. Then invite the person again, if that is right.`,
          repair: [
            remove(item, 'role'),
            rolesChanged(callerId),
            listed ? unchanged(listed, 'administratorId') : { check: key, condition: ITEM_IS_ABSENT },
          ],
          before: stringOf(item.role),
        };
      },
    },
  ];
};

/** The lookup of an invitation by address. */
export const invitedChecks: ChecksOf = (item, scope) => {
  const mapped = mappedInvitedAt(keyOf(item));
  const key = mapped
    ? mappedAdministratorKey(scope, mapped.userId)
    : invitationKey(scope, stringOf(item.invitationId));
  return [
    {
      id: 'invitation',
      keys: [key],
      examine: (find) =>
        find(key)
          ? undefined
          : {
              problem: 'invited-orphaned',
              found: `An email address is invited to ${scope} by ${stringOf(item.invitationId)}, which does not exist.`,
              action: REPAIR,
              repair: [remove(item, 'invitationId'), { check: key, condition: ITEM_IS_ABSENT }],
              before: stringOf(item.invitationId),
            },
    },
  ];
};
