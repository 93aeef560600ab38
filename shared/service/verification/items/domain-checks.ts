import {
  deletedDomainKey,
  domainKey,
  domainListKey,
  mappingsKey,
  TOMBSTONE,
  type ItemKey,
} from '../../../store/table/keys';
import {
  CONNECTION_PREFIX,
  connectionKey,
  CREDENTIAL_PREFIX,
  credentialKey,
} from '../../../store/table/keys';
import { keyOf, type Item } from '../../../store/table/read-item';
import { ITEM_IS_ABSENT } from '../../../store/table/write';
import { isAs, REPAIR, remove, stringOf, unchanged, type Check, type ChecksOf, type Find } from './check';

/** The id of the check of the domain of an item. Without the domain, no other check has a meaning. */
export const DOMAIN_CHECK = 'domain';

/**
 * The domain of an item. Some items stay after a deletion: the tombstone, and page marks, which expire soon.
 */
export function domainCheck(item: Item & ItemKey, domainId: string): Check[] {
  if (item.sk === TOMBSTONE || item.pk.startsWith(`${domainId}#PAGE#`)) return [];
  const [domain, deleted] = [domainKey(domainId), deletedDomainKey(domainId)];
  return [
    {
      id: DOMAIN_CHECK,
      keys: [domain, deleted],
      examine: (find) => {
        if (find(domain)) return undefined;
        const record = find(deleted);
        return {
          problem: 'domain-missing',
          found: `There is an item of the domain ${domainId}, which does not exist: ${item.pk} / ${item.sk}.`,
          action: record
            ? REPAIR
            : 'Restore the domain from a backup. If it was deleted, as the audit log of the deployment says, delete the item.',
          ...(record && {
            repair: sweptWithDomain(item.pk)
              ? [
                  {
                    update: deleted,
                    remove: ['leftoversSweptAt'],
                    condition: isAs(record, 'leftoversSweptAt'),
                  },
                ]
              : [remove(item), { check: domain, condition: ITEM_IS_ABSENT }],
          }),
          before: item.pk,
        };
      },
    },
  ];
}

/** The items that say whether a domain exists, or is being swept. */
export const domainKeys = (domainId: string): ItemKey[] => [domainKey(domainId), deletedDomainKey(domainId)];

/**
 * Returns whether a domain was deleted, and its items are being removed. What is left of it is not a problem.
 */
export const isBeingSwept = (find: Find, domainId: string): boolean => {
  const record = find(deletedDomainKey(domainId));
  return !find(domainKey(domainId)) && record !== undefined && record.leftoversSweptAt === undefined;
};

/** Returns whether the sweep of a domain finds the item, although no other item points to it. */
const sweptWithDomain = (pk: string): boolean => !/#(?:NAME#|HEAD#|GROUP#|EMAIL#)/.test(pk);

/** The attribute that repeats the sort key, by the end of the partition key and the start of the sort key. */
const REPEATED_IDS: readonly (readonly [partition: RegExp, prefix: string, attribute: string])[] = [
  [/#LICENSE$/, '', 'userId'],
  [/#SUBSCRIPTIONS$/, '', 'subscriptionId'],
  [/^DOMAIN#/, CONNECTION_PREFIX, 'connectionId'],
  [/^DOMAIN#/, CREDENTIAL_PREFIX, 'keyId'],
];

/** The partitions whose items the verification may change. */
const IDS_REPAIRABLE = /^DOMAIN#|#(?:LICENSE|OUTBOX|SUBSCRIPTIONS)$/;

/** The ids that an item repeats. Its key says which are right. */
export function idsCheck(item: Item & ItemKey, domainId: string): Check[] {
  const { pk, sk } = item;
  const expected: Record<string, string> = typeof item.domainId === 'string' ? { domainId } : {};
  for (const [partition, prefix, attribute] of REPEATED_IDS)
    if (partition.test(pk) && sk.startsWith(prefix)) expected[attribute] = sk.slice(prefix.length);
  if (/#LICENSE$/.test(pk)) expected.domainId = domainId;
  if (/#OUTBOX$/.test(pk)) {
    const [dueAt = '', userId = '', mailId = ''] = sk.split('#');
    Object.assign(expected, { domainId, userId, mailId, dueAt });
  }
  const wrong = Object.keys(expected).filter((name) => item[name] !== expected[name]);
  if (wrong.length === 0) return [];
  return [
    {
      id: 'ids',
      keys: [],
      examine: () => ({
        problem: 'ids-wrong',
        found: `The item ${pk} / ${sk} has the ${wrong.join(' and ')} of another item.`,
        ...(IDS_REPAIRABLE.test(pk)
          ? {
              action: REPAIR,
              repair: [
                {
                  update: keyOf(item),
                  set: Object.fromEntries(wrong.map((name) => [name, expected[name]])),
                  condition: isAs(item, ...wrong),
                },
              ],
            }
          : { action: 'Restore the item from a backup, or delete it if it is of another domain.' }),
        before: wrong.map((name) => stringOf(item[name])),
        after: wrong.map((name) => expected[name] ?? ''),
      }),
    },
  ];
}

/** The items in the partition of the domain itself: its entry in the list, connections, and credentials. */
export const ofDomainChecks: ChecksOf = (item, domainId) => {
  if (item.sk === 'DOMAIN') return [listCheck(item, domainId), mappingsVersionCheck(item, domainId)];
  if (item.sk.startsWith(CREDENTIAL_PREFIX)) return connectionOfCredential(item, domainId);
  if (item.sk.startsWith(CONNECTION_PREFIX)) return trustsOfConnection(item, domainId);
  return [];
};

function listCheck(domain: Item, domainId: string): Check {
  const key = domainListKey(domainId);
  return {
    id: 'list',
    keys: [key],
    examine: (find) => {
      const entry = find(key);
      if (entry?.name === domain.name) return undefined;
      return {
        problem: entry ? 'list-entry-wrong' : 'list-entry-missing',
        found: `The domain ${domainId} is ${entry ? 'in the list with another name' : 'not in the list of domains'}.`,
        action: REPAIR,
        repair: [
          {
            put: { ...key, name: domain.name },
            condition: entry ? isAs(entry, 'name') : ITEM_IS_ABSENT,
          },
          unchanged(domain, 'name'),
        ],
        before: stringOf(entry?.name),
        after: stringOf(domain.name),
      };
    },
  };
}

function mappingsVersionCheck(domain: Item, domainId: string): Check {
  const key = mappingsKey(domainId);
  return {
    id: 'mappings',
    keys: [key],
    examine: (find) => {
      const version = find(key)?.version;
      if (version === domain.mappingsVersion) return undefined;
      return {
        problem: 'mappings-version-wrong',
        found: `The domain ${domainId} has another version of its mappings than the mappings.`,
        action:
          version === undefined ? 'Store the mappings of the domain again: `scim mapping set`.' : REPAIR,
        ...(version !== undefined && {
          repair: [
            {
              update: keyOf(domain),
              set: { mappingsVersion: version },
              add: { version: 1 },
              condition: isAs(domain, 'mappingsVersion', 'version'),
            },
            { check: key, condition: { expression: '#version = :version', values: { version } } },
          ],
          after: Number(version),
        }),
      };
    },
  };
}

/** A SCIM key that was created alone names no connection. */
function connectionOfCredential(item: Item & ItemKey, domainId: string): Check[] {
  const { connectionId } = item;
  if (typeof connectionId !== 'string') return [];
  const key = connectionKey(domainId, connectionId);
  return [
    {
      id: 'connection',
      keys: [key],
      examine: (find) =>
        find(key)
          ? undefined
          : {
              problem: 'connection-missing',
              found: `The credential ${item.sk.slice(CREDENTIAL_PREFIX.length)} belongs to the connection ${connectionId}, which does not exist in this domain.`,
              action: 'Revoke the credential, and create a connection with a new one.',
            },
    },
  ];
}

function trustsOfConnection(item: Item & ItemKey, domainId: string): Check[] {
  const trustIds = Array.isArray(item.trustIds) ? (item.trustIds as string[]) : [];
  return trustIds.map((trustId) => {
    const key = credentialKey(domainId, trustId);
    return {
      id: `trust ${trustId}`,
      keys: [key],
      examine: (find) =>
        find(key)
          ? undefined
          : {
              problem: 'trust-missing',
              found: `The connection ${item.sk.slice(CONNECTION_PREFIX.length)} names the trust ${trustId}, which does not exist in this domain.`,
              action: 'Create the trust again in the connection.',
            },
    };
  });
}

/** An entry in the list of domains. */
export const domainListChecks: ChecksOf = (item) => {
  const key = domainKey(item.sk);
  return [
    {
      id: 'domain',
      keys: [key],
      examine: (find) =>
        find(key)
          ? undefined
          : {
              problem: 'list-entry-orphaned',
              found: `The list of domains has the domain ${item.sk}, which does not exist.`,
              action: REPAIR,
              repair: [remove(item, 'name'), { check: key, condition: ITEM_IS_ABSENT }],
              before: stringOf(item.name),
            },
    },
  ];
};
