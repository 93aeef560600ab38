import { isWellFormed } from '../../scim/text';

const MAX_KEY_BYTES = 1024;

/** The key of an item in the table. This file has one function for each kind of item; `d` is a domain id. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

export type ResourceKind = 'USER' | 'GROUP';

/**
 * Returns whether `text` can be a sort key. DynamoDB rejects requests with any other key, so nothing can be
 * stored under it. A text with half of a surrogate pair has no UTF-8.
 */
export const isKeyText = (text: string): boolean =>
  text !== '' &&
  text.length <= MAX_KEY_BYTES &&
  Buffer.byteLength(text) <= MAX_KEY_BYTES &&
  isWellFormed(text);

/** Indexes of the table. Both have the table's `pk` as their partition key, and hold keys only. */
export const BY_NAME = 'byUserName';
export const BY_EXTERNAL_ID = 'byExternalId';
/** The sort key of each index. */
export const INDEX_SORT_KEYS = { [BY_NAME]: 'nameKey', [BY_EXTERNAL_ID]: 'externalId' } as const;

export const domainPartition = (d: string): string => `DOMAIN#${d}`;
export const domainKey = (d: string): ItemKey => ({ pk: domainPartition(d), sk: 'DOMAIN' });
/** The tombstone of a deleted domain. Previous versions kept the counts of the domain in this item. */
export const TOMBSTONE = 'COUNTS';
export const tombstoneKey = (d: string): ItemKey => ({ pk: domainPartition(d), sk: TOMBSTONE });

/** Returns the domain whose tombstone, or counts of a previous version, have this key. */
export function domainOfTombstone({ pk, sk }: ItemKey): string | undefined {
  return sk === TOMBSTONE ? /^DOMAIN#([^#]+)$/.exec(pk)?.[1] : undefined;
}

/** The counts of a domain, in shards, and its seats. */
export const countsPartition = (d: string): string => `${d}#COUNTS`;
export const countsShardKey = (d: string, shard: number): ItemKey => ({
  pk: countsPartition(d),
  sk: String(shard).padStart(2, '0'),
});
export const SEATS = 'SEATS';
export const seatsKey = (d: string): ItemKey => ({ pk: countsPartition(d), sk: SEATS });

/** Returns the domain whose seats have this key; undefined if another item has it. */
export function domainOfSeats({ pk, sk }: ItemKey): string | undefined {
  return sk === SEATS ? /^([^#]+)#COUNTS$/.exec(pk)?.[1] : undefined;
}

/** Returns the domain that has this key; undefined if another item has it. */
export function domainAt({ pk, sk }: ItemKey): string | undefined {
  return sk === 'DOMAIN' ? /^DOMAIN#([^#]+)$/.exec(pk)?.[1] : undefined;
}

/** The progress of a verification of the counts. */
export const countsCheckKey = (d: string, checkId: string): ItemKey => ({
  pk: domainPartition(d),
  sk: `COUNTS-CHECK#${checkId}`,
});

/** The credentials of a domain. SCIM keys were the only ones before. */
export const CREDENTIAL_PREFIX = 'KEY#';
export const credentialKey = (d: string, keyId: string): ItemKey => ({
  pk: domainPartition(d),
  sk: `${CREDENTIAL_PREFIX}${keyId}`,
});

/** The credential of the last connection test of a domain. The next test replaces it. */
export const simulationKey = (d: string): ItemKey => ({ pk: domainPartition(d), sk: 'SIMULATION' });

export const CONNECTION_PREFIX = 'CONNECTION#';
export const connectionKey = (d: string, connectionId: string): ItemKey => ({
  pk: domainPartition(d),
  sk: `${CONNECTION_PREFIX}${connectionId}`,
});

/**
 * Counts the connections and credentials that were added to a domain. A query of the domain reads it before
 * them, because its key sorts before theirs.
 */
export const additionsKey = (d: string): ItemKey => ({ pk: domainPartition(d), sk: 'ADDITIONS' });

/** The client assertions that a connection has used. `useId` is a hash. */
export const assertionPartition = (d: string): string => `${d}#ASSERTION`;
export const assertionUseKey = (d: string, connectionId: string, useId: string): ItemKey => ({
  pk: assertionPartition(d),
  sk: `${connectionId}#${useId}`,
});

export const SETUP_LINK_PREFIX = 'SETUP-LINK#';
export const setupLinkKey = (d: string, linkId: string): ItemKey => ({
  pk: domainPartition(d),
  sk: `${SETUP_LINK_PREFIX}${linkId}`,
});

/** The attempts to open setup links from one address in one period. `source` is a hash of the address. */
export const SETUP_ATTEMPTS_PREFIX = 'SETUP-ATTEMPTS#';
export const setupAttemptsKey = (source: string, period: number): ItemKey => ({
  pk: `${SETUP_ATTEMPTS_PREFIX}${source}`,
  sk: String(period),
});

/**
 * The flushes of the authorizer's cache by the administrators of a domain. People with a setup link use up a
 * limit of their own, so that they cannot keep owners from revoking anything.
 */
export const flushLimitKey = (d: string, ofSetupLinks: boolean): ItemKey => ({
  pk: domainPartition(d),
  sk: ofSetupLinks ? 'FLUSHES#SETUP' : 'FLUSHES',
});

/** Each domain has a small item in this partition, so that a list of domains needs no scan. */
export const DOMAIN_LIST_PARTITION = 'DOMAINS';
export const domainListKey = (d: string): ItemKey => ({ pk: DOMAIN_LIST_PARTITION, sk: d });

/** The domains that are being deleted, or were deleted recently. */
export const DELETED_DOMAINS_PARTITION = 'DELETED-DOMAINS';
export const deletedDomainKey = (d: string): ItemKey => ({ pk: DELETED_DOMAINS_PARTITION, sk: d });

/** The changes of usage keys in API Gateway that have begun. */
export const USAGE_KEY_CHANGES_PARTITION = 'USAGE-KEY-CHANGES';
export const usageKeyChangeKey = (d: string, changeId: string): ItemKey => ({
  pk: USAGE_KEY_CHANGES_PARTITION,
  sk: `${d}#${changeId}`,
});

export const resourcePartition = (d: string, kind: ResourceKind): string => `${d}#${kind}`;
export const resourceKey = (d: string, kind: ResourceKind, id: string): ItemKey => ({
  pk: resourcePartition(d, kind),
  sk: id,
});

/** Returns the group that has this key; undefined if another item has it. */
export function groupAt({ pk, sk }: ItemKey): { domainId: string; groupId: string } | undefined {
  const domainId = /^([^#]+)#GROUP$/.exec(pk)?.[1];
  return domainId === undefined ? undefined : { domainId, groupId: sk };
}

/** The key of the claim that makes a name unique, and that finds its owner. */
export const claimKey = (d: string, kind: ResourceKind, nameKey: string): ItemKey => ({
  pk: `${d}#NAME#${kind}#${nameKey}`,
  sk: 'CLAIM',
});

export const membershipPartition = (d: string, groupId: string): string => `${d}#GROUP#${groupId}`;
export const MEMBER_PREFIX = 'USER#';
export const membershipKey = (d: string, groupId: string, userId: string): ItemKey => ({
  pk: membershipPartition(d, groupId),
  sk: `${MEMBER_PREFIX}${userId}`,
});

/** The heads of a spread group: items that count its member changes. `index` counts from 0. */
export const groupHeadPartition = (d: string, groupId: string): string => `${d}#HEAD#${groupId}`;
export const groupHeadKey = (d: string, groupId: string, index: number): ItemKey => ({
  pk: groupHeadPartition(d, groupId),
  sk: String(index).padStart(2, '0'),
});

/** Returns whether a user can have this id, which has to fit into the key of a membership. */
export const isUserId = (id: string): boolean => id !== '' && isKeyText(`${MEMBER_PREFIX}${id}`);

export const licensePartition = (d: string): string => `${d}#LICENSE`;
export const licenseRecordKey = (d: string, userId: string): ItemKey => ({
  pk: licensePartition(d),
  sk: userId,
});

/** Returns the domain whose license has this key; undefined if another item has it. */
export const domainOfLicense = ({ pk }: Pick<ItemKey, 'pk'>): string | undefined =>
  /^([^#]+)#LICENSE$/.exec(pk)?.[1];

/** The queue for seats, in the order of the changes that put the licenses into it. */
export const pendingPartition = (d: string): string => `${d}#PENDING`;
export const pendingKey = (d: string, changeId: string): ItemKey => ({
  pk: pendingPartition(d),
  sk: changeId,
});

/**
 * The key of the item that finds a license by the hash of its license key. The license key itself is not
 * stored.
 */
export const licenseKeyKey = (hash: string): ItemKey => ({ pk: `LICENSEKEY#${hash}`, sk: 'KEY' });

/** The mappings of a domain, how far its users are evaluated, and the groups that mappings name. */
export const mappingsPartition = (d: string): string => `${d}#MAPPINGS`;
export const mappingsKey = (d: string): ItemKey => ({ pk: mappingsPartition(d), sk: '#CURRENT' });
export const MAPPING_EVALUATION = 'MAPPING-EVALUATION';
export const mappingEvaluationKey = (d: string): ItemKey => ({
  pk: mappingsPartition(d),
  sk: MAPPING_EVALUATION,
});
export const MAPPED_GROUP_PREFIX = 'GROUP#';
export const mappedGroupKey = (d: string, groupId: string): ItemKey => ({
  pk: mappingsPartition(d),
  sk: `${MAPPED_GROUP_PREFIX}${groupId}`,
});

/** The diagnostics for administrators of a domain. `id` begins with the kind of the diagnostic. */
export const diagnosticPartition = (d: string): string => `${d}#NOTICE`;
export const diagnosticKey = (d: string, id: string): ItemKey => ({ pk: diagnosticPartition(d), sk: id });

export const auditPartition = (d: string): string => `${d}#AUDIT`;
export const auditKey = (d: string, eventId: string): ItemKey => ({ pk: auditPartition(d), sk: eventId });
/** Takes the place of a domain id in audit events of the deployment itself, which outlive its domains. */
export const DEPLOYMENT = 'DEPLOYMENT';

export const ratePartition = (d: string): string => `${d}#RATE`;
/** `minute` is the number of whole minutes since the epoch. */
export const rateKey = (d: string, minute: number): ItemKey => ({ pk: ratePartition(d), sk: String(minute) });
/** The access tokens that a connection got in a minute. Its sort key is after those of all minutes. */
export const tokenCountKey = (d: string, connectionId: string, minute: number): ItemKey => ({
  pk: ratePartition(d),
  sk: `TOKEN#${connectionId}#${minute}`,
});

/** The recorded requests of a domain. `id` is a UUIDv7 of the time of the request. */
export const requestPartition = (d: string, outcome: 'accepted' | 'refused'): string =>
  `${d}#REQUEST#${outcome.toUpperCase()}`;
export const requestKey = (d: string, outcome: 'accepted' | 'refused', id: string): ItemKey => ({
  pk: requestPartition(d, outcome),
  sk: id,
});

export const pageMarkPartition = (d: string, listing: string): string => `${d}#PAGE#${listing}`;
/** The index is padded, because sort keys compare as text. */
export const pageMarkKey = (d: string, listing: string, startIndex: number): ItemKey => ({
  pk: pageMarkPartition(d, listing),
  sk: String(startIndex).padStart(10, '0'),
});
