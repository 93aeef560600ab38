import { nameKeysOf } from '../../../scim/text/name-key';
import { addressItemKeys } from '../../../store/resources/address-items';
import {
  nameOf,
  readResourceItem,
  storedNameKey,
  type ResourceRecord,
} from '../../../store/resources/resource-record';
import {
  ADDRESS_INDEX_COMPLETE,
  addressIndexKey,
  addressIndexPartition,
} from '../../../store/table/address-keys';
import {
  claimKey,
  groupHeadKey,
  resourceKey,
  type ItemKey,
  type ResourceKind,
} from '../../../store/table/keys';
import { type Item } from '../../../store/table/read-item';
import { ITEM_IS_ABSENT, type Write } from '../../../store/table/write';
import { REPAIR, remove, stringOf, unchanged, type Check, type ChecksOf } from './check';
import { groupOfUserCheck } from './membership-checks';

const NOUN = { USER: 'user', GROUP: 'group' } as const;

/** The name, the addresses, and the groups of a user. */
export const userChecks: ChecksOf = (item, domainId) => {
  const user = readResourceItem(item);
  return [
    nameCheck(item, domainId, 'USER', user),
    ...user.groupIds.map((groupId) => groupOfUserCheck(item, domainId, groupId)),
    ...addressItemKeys(domainId, user).map((key) => addressCheck(item, domainId, key)),
  ];
};

/** The name and the heads of a group. */
export const groupChecks: ChecksOf = (item, domainId) => {
  const group = readResourceItem(item);
  return [
    nameCheck(item, domainId, 'GROUP', group),
    ...(group.headCount === undefined ? [] : [headsCheck(item, domainId, group, group.headCount)]),
  ];
};

function nameCheck(item: Item, domainId: string, kind: ResourceKind, record: ResourceRecord): Check {
  const name = nameOf(kind, record.attributes);
  const key = claimKey(domainId, kind, storedNameKey(kind, record));
  const whose = `The ${NOUN[kind]} ${record.id}`;
  return {
    id: 'name',
    keys: [key],
    examine: (find) => {
      if (!nameKeysOf(name).includes(storedNameKey(kind, record)))
        return {
          problem: 'name-key-wrong',
          found: `${whose} has the folded key of another name.`,
          action: REPAIR,
        };
      const claim = find(key);
      if (!claim)
        return {
          problem: 'name-unclaimed',
          found: `${whose} has no claim of its name, so another ${NOUN[kind]} could get it.`,
          action: REPAIR,
          repair: [
            { put: { ...key, ownerId: record.id }, condition: ITEM_IS_ABSENT },
            unchanged(item, 'nameKey', 'version'),
          ],
          after: key.pk,
        };
      if (claim.ownerId === record.id) return undefined;
      return {
        problem: 'name-claimed-by-another',
        found: `The name of the ${NOUN[kind]} ${record.id} is claimed by ${stringOf(claim.ownerId)}.`,
        action: `Rename one of the two ${NOUN[kind]}s in the identity provider, or delete it.`,
      };
    },
  };
}

function addressCheck(user: Item, domainId: string, key: ItemKey): Check {
  const complete = addressIndexKey(domainId, ADDRESS_INDEX_COMPLETE);
  return {
    id: `address ${key.pk}`,
    keys: [complete, key],
    examine: (find) =>
      !find(complete) || find(key)
        ? undefined
        : {
            problem: 'address-missing',
            found: `The user ${key.sk} is not found by an email address that the user has.`,
            action: REPAIR,
            repair: [{ put: { ...key }, condition: ITEM_IS_ABSENT }, unchanged(user, 'version', 'nameKey')],
            after: key.pk,
          },
  };
}

/** A new version must be higher than any that the group had, because clients compare ETags. */
const VERSIONS_LOST = 1_000_000;

function headsCheck(item: Item, domainId: string, { id }: ResourceRecord, headCount: number): Check {
  const keys = Array.from({ length: headCount }, (_, at) => groupHeadKey(domainId, id, at));
  return {
    id: 'heads',
    keys,
    examine: (find) => {
      const missing = keys.filter((key) => !find(key));
      if (missing.length === 0) return undefined;
      return {
        problem: 'heads-missing',
        found: `The group ${id} lacks ${missing.length} of its ${headCount} heads, so changes of its members fail.`,
        action: REPAIR,
        repair: [
          ...missing.map((key): Write => ({
            put: { ...key, version: VERSIONS_LOST, memberCount: 0 },
            condition: ITEM_IS_ABSENT,
          })),
          unchanged(item, 'heads'),
        ],
        after: missing.map(({ sk }) => sk),
      };
    },
  };
}

/** The claim of a name. */
export const claimChecks: ChecksOf = (item, domainId) => {
  const [, kind = '', nameKey] = /#NAME#(USER|GROUP)#(.*)$/s.exec(item.pk) ?? [];
  if (kind !== 'USER' && kind !== 'GROUP') return [];
  const ownerId = stringOf(item.ownerId);
  const key = resourceKey(domainId, kind, ownerId);
  return [
    {
      id: 'owner',
      keys: [key],
      examine: (find) => {
        const owner = find(key);
        if (owner && claims(kind, readResourceItem(owner), nameKey)) return undefined;
        return {
          problem: 'claim-orphaned',
          found: `A name is claimed by the ${NOUN[kind]} ${ownerId}, which ${owner ? 'has another name' : 'does not exist'}.`,
          action: REPAIR,
          repair: [remove(item, 'ownerId'), ownerCheck(key, owner, 'nameKey')],
          before: item.pk,
        };
      },
    },
  ];
};

/** If the stored key of a resource is that of another name, the claim of the name is right. */
function claims(kind: ResourceKind, owner: ResourceRecord, nameKey: string | undefined): boolean {
  const stored = storedNameKey(kind, owner);
  if (stored === nameKey) return true;
  const keys: (string | undefined)[] = nameKeysOf(nameOf(kind, owner.attributes));
  return !keys.includes(stored) && keys.includes(nameKey);
}

const ownerCheck = (key: ItemKey, owner: Item | undefined, attribute: string): Write =>
  owner ? unchanged(owner, attribute) : { check: key, condition: ITEM_IS_ABSENT };

/** A head of a spread group. */
export const groupHeadChecks: ChecksOf = (item, domainId) => {
  const groupId = item.pk.slice(`${domainId}#HEAD#`.length);
  const key = resourceKey(domainId, 'GROUP', groupId);
  return [
    {
      id: 'group',
      keys: [key],
      examine: (find) => {
        const group = find(key);
        if (group && Number(item.sk) < Number(group.heads)) return undefined;
        return {
          problem: 'head-orphaned',
          found: group
            ? `The group ${groupId} has a head that it does not count.`
            : `There is a head of the group ${groupId}, which does not exist.`,
          action: REPAIR,
          repair: [remove(item, 'version'), ownerCheck(key, group, 'heads')],
          before: item.sk,
        };
      },
    },
  ];
};

/** An item that finds a user by an email address. */
export const addressChecks: ChecksOf = (item, domainId) => {
  if (item.pk === addressIndexPartition(domainId) && item.sk.startsWith('#')) return [];
  const key = resourceKey(domainId, 'USER', item.sk);
  return [
    {
      id: 'user',
      keys: [key],
      examine: (find) => {
        const user = find(key);
        if (user && addressItemKeys(domainId, readResourceItem(user)).some(({ pk }) => pk === item.pk))
          return undefined;
        return {
          problem: 'address-stale',
          found: `The user ${item.sk}, who ${user ? 'does not have this address' : 'does not exist'}, is found by an email address.`,
          action: REPAIR,
          repair: [remove(item), ownerCheck(key, user, 'version')],
          before: item.pk,
        };
      },
    },
  ];
};
