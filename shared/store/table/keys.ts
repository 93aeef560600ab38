import { foldCase, isWellFormed } from '../../scim/text';

const MAX_KEY_BYTES = 1024;

/** The keys of the one table: a function for each kind of item, so that a key's form is written once. `d` is a domain id. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

export type ResourceKind = 'USER' | 'GROUP';

/**
 * Whether DynamoDB takes `text` as a sort key: nothing is stored under any other, and to ask for one is an error. Half of a
 * surrogate pair has no UTF-8.
 */
export const isKeyText = (text: string): boolean =>
  text !== '' &&
  text.length <= MAX_KEY_BYTES &&
  Buffer.byteLength(text) <= MAX_KEY_BYTES &&
  isWellFormed(text);

/** Indexes of the table. Both have the table's `pk` as their hash and hold keys only. */
export const BY_NAME = 'byUserName';
export const BY_EXTERNAL_ID = 'byExternalId';

export const domainPartition = (d: string): string => `DOMAIN#${d}`;
export const domainKey = (d: string): ItemKey => ({ pk: domainPartition(d), sk: 'DOMAIN' });
export const COUNTS = 'COUNTS';
export const countsKey = (d: string): ItemKey => ({ pk: domainPartition(d), sk: COUNTS });

/** The domain whose counts are stored under a key; undefined where the key is that of another item. */
export function domainOfCounts({ pk, sk }: ItemKey): string | undefined {
  return sk === COUNTS ? /^DOMAIN#([^#]+)$/.exec(pk)?.[1] : undefined;
}

/** The domain that is stored under a key; undefined where the key is that of another item. */
export function domainAt({ pk, sk }: ItemKey): string | undefined {
  return sk === 'DOMAIN' ? /^DOMAIN#([^#]+)$/.exec(pk)?.[1] : undefined;
}

export const SCIM_KEY_PREFIX = 'KEY#';
export const scimKeyKey = (d: string, keyId: string): ItemKey => ({
  pk: domainPartition(d),
  sk: `${SCIM_KEY_PREFIX}${keyId}`,
});

/** Every domain has a small item here, so that domains can be listed without a scan. */
export const DOMAIN_LIST_PARTITION = 'DOMAINS';
export const domainListKey = (d: string): ItemKey => ({ pk: DOMAIN_LIST_PARTITION, sk: d });

/** What is known of domains that are being deleted, or were lately. */
export const DELETED_DOMAINS_PARTITION = 'DELETED-DOMAINS';
export const deletedDomainKey = (d: string): ItemKey => ({ pk: DELETED_DOMAINS_PARTITION, sk: d });

export const resourcePartition = (d: string, kind: ResourceKind): string => `${d}#${kind}`;
export const resourceKey = (d: string, kind: ResourceKind, id: string): ItemKey => ({
  pk: resourcePartition(d, kind),
  sk: id,
});

/** The group that is stored under a key; undefined where the key is that of another item. */
export function groupAt({ pk, sk }: ItemKey): { domainId: string; groupId: string } | undefined {
  const domainId = /^([^#]+)#GROUP$/.exec(pk)?.[1];
  return domainId === undefined ? undefined : { domainId, groupId: sk };
}

/** A userName or displayName as it is compared: without case. */
export const nameKeyOf = foldCase;

/** The item that makes a name unique and finds its owner. */
export const claimKey = (d: string, kind: ResourceKind, name: string): ItemKey => ({
  pk: `${d}#NAME#${kind}#${nameKeyOf(name)}`,
  sk: 'CLAIM',
});

export const membershipPartition = (d: string, groupId: string): string => `${d}#GROUP#${groupId}`;
export const MEMBER_PREFIX = 'USER#';
export const membershipKey = (d: string, groupId: string, userId: string): ItemKey => ({
  pk: membershipPartition(d, groupId),
  sk: `${MEMBER_PREFIX}${userId}`,
});

/** Whether a user may have this id: it has to fit into the key of a membership. */
export const isUserId = (id: string): boolean => id !== '' && isKeyText(`${MEMBER_PREFIX}${id}`);

export const licensePartition = (d: string): string => `${d}#LICENSE`;
export const licenseRecordKey = (d: string, userId: string): ItemKey => ({
  pk: licensePartition(d),
  sk: userId,
});

/** A license that waits for a seat, in the order of the changes that made it wait. */
export const pendingPartition = (d: string): string => `${d}#PENDING`;
export const pendingKey = (d: string, changeId: string): ItemKey => ({
  pk: pendingPartition(d),
  sk: changeId,
});

/** Finds the license of a key that was mailed. `hash` of shared/license-key.ts: the key itself is stored nowhere. */
export const licenseKeyKey = (hash: string): ItemKey => ({ pk: `LICENSEKEY#${hash}`, sk: 'KEY' });

/** One mail of one change of a license, or one that was asked for again: `mailId` names either. */
export const mailPartition = (d: string): string => `${d}#MAIL`;
export const mailKey = (d: string, userId: string, mailId: string): ItemKey => ({
  pk: mailPartition(d),
  sk: `${userId}#${mailId}`,
});

/** The mails of all domains that are due later, in the order of their times (RFC 3339, UTC). */
export const OUTBOX_PARTITION = 'OUTBOX';
export const outboxKey = (dueAt: string, d: string, userId: string, mailId: string): ItemKey => ({
  pk: OUTBOX_PARTITION,
  sk: `${dueAt}#${d}#${userId}#${mailId}`,
});

/** An address to which no mail goes any more, in lower case. */
export const suppressedPartition = (d: string): string => `${d}#SUPPRESSED`;
export const suppressedKey = (d: string, address: string): ItemKey => ({
  pk: suppressedPartition(d),
  sk: nameKeyOf(address),
});

/** Something that a license administrator should know; `id` begins with its kind. */
export const diagnosticPartition = (d: string): string => `${d}#NOTICE`;
export const diagnosticKey = (d: string, id: string): ItemKey => ({ pk: diagnosticPartition(d), sk: id });

export const auditPartition = (d: string): string => `${d}#AUDIT`;
export const auditKey = (d: string, eventId: string): ItemKey => ({ pk: auditPartition(d), sk: eventId });
/** Stands in the place of a domain's id: audit events of the deployment itself, which outlive its domains. */
export const DEPLOYMENT = 'DEPLOYMENT';

export const ratePartition = (d: string): string => `${d}#RATE`;
/** `minute` counts whole minutes since the epoch. */
export const rateKey = (d: string, minute: number): ItemKey => ({ pk: ratePartition(d), sk: String(minute) });

export const pageMarkPartition = (d: string, listing: string): string => `${d}#PAGE#${listing}`;
/** Sort keys compare as text, so the index is padded. */
export const pageMarkKey = (d: string, listing: string, startIndex: number): ItemKey => ({
  pk: pageMarkPartition(d, listing),
  sk: String(startIndex).padStart(10, '0'),
});
