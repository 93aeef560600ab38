import { DEPLOYMENT, domainPartition, type ItemKey } from './keys';

/*
 * The keys of change consumers, events, and subscriptions. A `scope` is the id of a domain, or `DEPLOYMENT`.
 */

/** The consumers of changes, with their domains: the mappings and the subscriptions. */
export const CHANGE_CONSUMERS_PARTITION = 'CHANGE-CONSUMERS';
/** Counts the changes of the list. Its sort key comes before all others. */
const CONSUMERS_STATE = '#STATE';
export const consumersStateKey: ItemKey = { pk: CHANGE_CONSUMERS_PARTITION, sk: CONSUMERS_STATE };
/** The sort keys of all consumers of a scope begin with this. */
export const consumerPrefix = (scope: string): string => `${scope}#`;
export const mappingsConsumerKey = (d: string): ItemKey => ({
  pk: CHANGE_CONSUMERS_PARTITION,
  sk: `${consumerPrefix(d)}MAPPINGS`,
});
export const eventsConsumerKey = (scope: string, subscriptionId: string): ItemKey => ({
  pk: CHANGE_CONSUMERS_PARTITION,
  sk: `${consumerPrefix(scope)}EVENTS#${subscriptionId}`,
});

/** A consumer, as its sort key names it. */
export interface ConsumerName {
  readonly scope: string;
  readonly kind: 'MAPPINGS' | 'EVENTS';
  /** Absent for mappings, of which a domain has one list. */
  readonly subscriptionId?: string;
}

/** Returns the consumer that has this sort key; undefined for the state, and for kinds of a later version. */
export function consumerAt(sk: string): ConsumerName | undefined {
  const [scope = '', kind, subscriptionId] = sk.split('#');
  if (scope === '') return undefined;
  if (kind === 'MAPPINGS') return { scope, kind };
  return kind === 'EVENTS' && subscriptionId !== undefined ? { scope, kind, subscriptionId } : undefined;
}

const DOMAIN_PREFIX = domainPartition('');

/** Returns the domain to which the item of a partition belongs; undefined if it belongs to none. */
export function domainOfPartition(pk: string): string | undefined {
  const [first = '', second] = pk.split('#');
  if (pk.startsWith(DOMAIN_PREFIX)) return second;
  return second === undefined || !DOMAIN_ID.test(first) || first === DEPLOYMENT ? undefined : first;
}

const DOMAIN_ID = /^[0-9a-f-]{36}$/;

/** The feed of a scope: its state, its events by position, and the state of each subject. */
export const eventsPartition = (scope: string): string => `${scope}#EVENTS`;
/** The state of a feed. It exists from the first subscription on, and comes before all events. */
const FEED_STATE = '#FEED';
export const feedStateKey = (scope: string): ItemKey => ({ pk: eventsPartition(scope), sk: FEED_STATE });
/**
 * Positions count from 1 without gaps, unless the table was restored. They are padded, because sort keys
 * compare as text.
 */
export const eventKey = (scope: string, position: number): ItemKey => ({
  pk: eventsPartition(scope),
  sk: String(position).padStart(POSITION_DIGITS, '0'),
});
const POSITION_DIGITS = 12;
/** The state of a subject in the feed. It comes after all events. */
const SUBJECT_PREFIX = 'SUBJECT#';
export const eventSubjectKey = (scope: string, type: string, id: string): ItemKey => ({
  pk: eventsPartition(scope),
  sk: `${SUBJECT_PREFIX}${type}#${id}`,
});

/** The state of one member of a group, of the subject `groupMembers`. */
export const memberSourceKey = (scope: string, groupId: string, userId: string): ItemKey => ({
  pk: eventsPartition(scope),
  sk: `${SUBJECT_PREFIX}member#${groupId}#${userId}`,
});

/** The subscriptions of a scope. */
export const subscriptionsPartition = (scope: string): string => `${scope}#SUBSCRIPTIONS`;
export const subscriptionKey = (scope: string, subscriptionId: string): ItemKey => ({
  pk: subscriptionsPartition(scope),
  sk: subscriptionId,
});
