import type { ItemKey } from '../table/keys';

/** A subscription. `scope` is the id of a domain, or `DEPLOYMENT`. */
export interface SubscriptionRef {
  readonly scope: string;
  readonly subscriptionId: string;
}

/** The progress of the deliveries to each webhook. */
export const webhookPartition = (scope: string): string => `${scope}#WEBHOOK`;
export const webhookKey = ({ scope, subscriptionId }: SubscriptionRef): ItemKey => ({
  pk: webhookPartition(scope),
  sk: subscriptionId,
});

/** The events that a webhook did not accept, and that are tried again. */
export const deferredPartition = (scope: string): string => `${scope}#WEBHOOK-RETRY`;
/** The events that a webhook did not accept, and that are not tried again. */
export const deadLetterPartition = (scope: string): string => `${scope}#WEBHOOK-DEAD`;
/** The signed SETs that wait for a poll. */
export const pendingSetPartition = (scope: string): string => `${scope}#WEBHOOK-SETS`;
/** The attempts to deliver events. `attemptId` is a UUIDv7 of the time. */
export const deliveryPartition = (scope: string): string => `${scope}#WEBHOOK-LOG`;

/** The prefix of everything that a partition has about a subscription. */
export const ofSubscription = ({ subscriptionId }: SubscriptionRef): string => `${subscriptionId}#`;

/** Positions are padded, because sort keys compare as text. */
const POSITION_DIGITS = 15;
const atPosition = (ref: SubscriptionRef, position: number): string =>
  ofSubscription(ref) + String(position).padStart(POSITION_DIGITS, '0');

export const deferredKey = (ref: SubscriptionRef, position: number): ItemKey => ({
  pk: deferredPartition(ref.scope),
  sk: atPosition(ref, position),
});
export const deadLetterKey = (ref: SubscriptionRef, position: number): ItemKey => ({
  pk: deadLetterPartition(ref.scope),
  sk: atPosition(ref, position),
});
export const pendingSetKey = (ref: SubscriptionRef, position: number): ItemKey => ({
  pk: pendingSetPartition(ref.scope),
  sk: atPosition(ref, position),
});
export const deliveryKey = (ref: SubscriptionRef, attemptId: string): ItemKey => ({
  pk: deliveryPartition(ref.scope),
  sk: ofSubscription(ref) + attemptId,
});

/** The webhooks of all domains that are tried again at a time. */
export const PARKED_PARTITION = 'WEBHOOKS-PARKED';
export const parkedKey = ({ scope, subscriptionId }: SubscriptionRef): ItemKey => ({
  pk: PARKED_PARTITION,
  sk: `${scope}#${subscriptionId}`,
});

/** The partitions of webhooks that a deleted domain leaves behind. */
export const webhookPartitionsOf = (scope: string): string[] =>
  [webhookPartition, deferredPartition, deadLetterPartition, deliveryPartition, pendingSetPartition].map(
    (of) => of(scope),
  );
