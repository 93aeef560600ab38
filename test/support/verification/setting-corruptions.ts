import { newId } from '../../../shared/id';
import {
  eventsConsumerKey,
  mappingsConsumerKey,
  subscriptionKey,
} from '../../../shared/store/table/event-keys';
import {
  connectionKey,
  countsShardKey,
  credentialKey,
  domainKey,
  domainListKey,
  type ItemKey,
  mappedGroupKey,
  mappingEvaluationKey,
  mappingsKey,
  seatsKey,
} from '../../../shared/store/table/keys';
import { suppressedUserKey } from '../../../shared/store/table/mail-keys';
import {
  deadLetterKey,
  deferredKey,
  parkedKey,
  pendingSetKey,
  type SubscriptionRef,
  webhookKey,
} from '../../../shared/store/webhooks/webhook-keys';
import type { Corruption } from './corruption';

const LONG_AGO = '2026-01-01T00:00:00.000Z';

/** Items of a subscription that was lost. They do not expire. */
const DELIVERIES: readonly (readonly [name: string, keyOf: (ref: SubscriptionRef) => ItemKey])[] = [
  ['the progress of a webhook', webhookKey],
  ['an event that waits', (ref) => deferredKey(ref, 1)],
  ['a dead letter', (ref) => deadLetterKey(ref, 2)],
  ['a signed SET', (ref) => pendingSetKey(ref, 3)],
];

/** The end of a year in which no test runs, in seconds since the epoch. */
const LATER = 4_102_444_799;

/** Corruptions of domains, mappings, subscriptions, and connections. */
export const SETTINGS: readonly Corruption[] = [
  {
    name: 'a domain is not in the list',
    make: (h) => h.table.delete(domainListKey(h.domainId)),
    problems: ['list-entry-missing'],
    repair: 'former',
  },
  {
    name: 'a domain is in the list with another name',
    make: (h) => h.table.update(domainListKey(h.domainId), { set: { name: 'Other' } }),
    problems: ['list-entry-wrong'],
    repair: 'former',
  },
  {
    name: 'a shard of the counts expires',
    make: (h) => h.table.update(countsShardKey(h.domainId, 3), { set: { ttl: LATER } }),
    problems: ['counts-expire'],
    repair: 'former',
  },
  {
    name: 'the seats expire',
    make: (h) => h.table.update(seatsKey(h.domainId), { set: { ttl: LATER } }),
    problems: ['counts-expire'],
    repair: 'former',
  },
  {
    name: 'a domain has another version of the mappings',
    make: (h) => h.table.update(domainKey(h.domainId), { set: { mappingsVersion: 7 } }),
    problems: ['mappings-version-wrong'],
    repair: 'other',
  },
  {
    name: 'the mappings are lost',
    make: (h) => h.table.delete(mappingsKey(h.domainId)),
    problems: ['mappings-version-wrong'],
    repair: 'manual',
  },
  {
    name: 'the mappings do not learn of changes',
    make: (h) => h.table.delete(mappingsConsumerKey(h.domainId)),
    problems: ['consumer-missing'],
    repair: 'other',
  },
  {
    name: 'an evaluation of all users has stopped',
    make: (h) =>
      h.table.put({
        ...mappingEvaluationKey(h.domainId),
        ...{ version: 1, phase: 'users', after: h.ada, done: 1, total: 2, startedAt: LONG_AGO },
      }),
    problems: ['evaluation-stopped'],
    repair: 'other',
  },
  {
    name: 'a subscription does not learn of changes',
    make: (h) => h.table.delete(eventsConsumerKey(h.domainId, h.subscriptionId)),
    problems: ['consumer-missing'],
    repair: 'other',
  },
  {
    name: 'a subscription gets another content',
    make: (h) => h.table.update(eventsConsumerKey(h.domainId, h.subscriptionId), { set: { full: false } }),
    problems: ['consumer-wrong'],
    repair: 'other',
  },
  {
    name: 'the events of a webhook are not delivered',
    make: (h) => h.table.update(eventsConsumerKey(h.domainId, h.subscriptionId), { set: { pulls: true } }),
    problems: ['consumer-wrong'],
    repair: 'other',
  },
  {
    name: 'a subscription has the id of another one',
    make: (h) =>
      h.table.update(subscriptionKey(h.domainId, h.subscriptionId), { set: { subscriptionId: newId() } }),
    problems: ['ids-wrong'],
    repair: 'former',
  },
  {
    name: 'a consumer has no subscription',
    make: (h) => h.table.put({ ...eventsConsumerKey(h.domainId, newId()), full: false }),
    problems: ['consumer-orphaned'],
    repair: 'other',
  },
  {
    name: 'a webhook waits that has no subscription',
    make: (h) =>
      h.table.put({
        ...parkedKey({ scope: h.domainId, subscriptionId: newId() }),
        ...{ dueAt: LONG_AGO, oldestEventAt: LONG_AGO },
      }),
    problems: ['subscription-missing'],
    repair: 'former',
  },
  ...DELIVERIES.map(([what, keyOf]): Corruption => ({
    name: `${what} has no subscription`,
    make: (h) => h.table.put({ ...keyOf({ scope: h.domainId, subscriptionId: newId() }), requests: 1 }),
    problems: ['delivery-orphaned'],
    repair: 'former',
  })),
  {
    name: 'mappings know a group that does not exist',
    make: (h) => h.table.put({ ...mappedGroupKey(h.domainId, newId()), displayName: 'Gone' }),
    problems: ['mapped-group-orphaned'],
    repair: 'manual',
  },
  {
    name: 'a user has the problem of an address that is not suppressed',
    make: (h) => h.table.put({ ...suppressedUserKey(h.domainId, 'gone@example.com', 'u'), userId: 'u' }),
    problems: ['suppressed-user-orphaned'],
    repair: 'manual',
  },
  {
    name: 'a credential has no connection',
    make: (h) =>
      h.table.put({ ...credentialKey(h.domainId, 'key-9'), keyId: 'key-9', connectionId: newId() }),
    problems: ['connection-missing'],
    repair: 'manual',
  },
  {
    name: 'a trust of a connection is lost',
    make: (h) => h.table.delete(credentialKey(h.domainId, h.trustId)),
    problems: ['trust-missing'],
    repair: 'manual',
  },
  {
    name: 'a connection has the id of another one',
    make: (h) =>
      h.table.update(connectionKey(h.domainId, h.connectionId), { set: { connectionId: newId() } }),
    problems: ['ids-wrong'],
    repair: 'former',
  },
];
