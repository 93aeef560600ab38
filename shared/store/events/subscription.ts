import { EVENT_TYPES, type EventType } from '../../events/event-types';
import { hasScimEvent } from '../../events/scim-events';
import type { EventContent } from '../consumers/change-consumers';
import { number, oneOf, optionalText, optionalTexts, text, type Item } from '../table/read-item';
import type { EventScope } from './event-feed';

/**
 * How a subscription delivers events. `feed`: the product reads the feed with a token. `webhook`: signed
 * HTTPS requests. `eventBridge`: the event bus of the deployment. `setPush` and `setPoll`: signed SETs (RFC
 * 8935 and RFC 8936).
 */
export const SUBSCRIPTION_KINDS = ['feed', 'webhook', 'eventBridge', 'setPush', 'setPoll'] as const;
export type SubscriptionKind = (typeof SUBSCRIPTION_KINDS)[number];

/** The kinds to which the service delivers events by itself. The others read the feed. */
const DELIVERED_KINDS = [
  'webhook',
  'eventBridge',
  'setPush',
  'setPoll',
] as const satisfies readonly SubscriptionKind[];
export type DeliveredKind = (typeof DELIVERED_KINDS)[number];

export const SUBSCRIPTION_STATES = ['active', 'paused'] as const;
export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number];

export const EVENT_CONTENTS = ['notice', 'full'] as const satisfies readonly EventContent[];

/** A subscription of a domain or of the deployment. Times are RFC 3339, UTC. */
export interface Subscription {
  readonly scope: EventScope;
  /** A UUIDv7. */
  readonly subscriptionId: string;
  readonly name: string;
  readonly kind: SubscriptionKind;
  /** The types of events that are delivered; absent for all, also for those of later versions. */
  readonly types?: readonly EventType[];
  readonly content: EventContent;
  readonly state: SubscriptionState;
  readonly createdAt: string;
  /**
   * The administrator who created it, or who last replaced what a receiver authenticates with. Absent if an
   * earlier version created it.
   */
  readonly creatorId?: string;
  /** The name of that administrator. */
  readonly createdBy?: string;
  /** The position of the feed at the creation. Deliveries begin after it. */
  readonly startPosition: number;
  /** The number of changes. It is the condition of each change. */
  readonly version: number;
  /** The URL of an endpoint, for kinds that have one. */
  readonly endpoint?: string;
  /** The hash of the token that reads the feed, or polls. */
  readonly tokenHash?: string;
  /** The claim `iss` of SETs: the base URL of SCIM at the creation. */
  readonly issuer?: string;
  /** The claim `aud` of SETs. */
  readonly audience?: string;
  /** The encrypted value of the header `Authorization` for the receiver of SETs. */
  readonly authorization?: string;
}

/** Returns whether a product authenticates with a token of its subscription. */
export const hasToken = (kind: SubscriptionKind): boolean => kind === 'feed' || kind === 'setPoll';

/** Returns whether the events of a subscription are SETs. */
export const hasSets = (kind: SubscriptionKind): boolean => kind === 'setPush' || kind === 'setPoll';

/** Returns whether a subscription gets events of a type. */
export const isSubscribed = (
  { kind, types }: Pick<Subscription, 'kind' | 'types'>,
  type: EventType,
): boolean => (types === undefined || types.includes(type)) && (!hasSets(kind) || hasScimEvent(type));

/** Returns whether the service delivers the events of a subscription by itself. */
export const isDelivered = <T extends Pick<Subscription, 'kind'>>(
  subscription: T,
): subscription is T & { readonly kind: DeliveredKind } =>
  (DELIVERED_KINDS as readonly SubscriptionKind[]).includes(subscription.kind);

/** The attributes that only some subscriptions have. */
const TEXTS = [
  'creatorId',
  'createdBy',
  'endpoint',
  'tokenHash',
  'issuer',
  'audience',
  'authorization',
] as const;

/** Reads a subscription from its item. Attributes of kinds are read by their owners. */
export const readSubscription = (scope: EventScope, item: Item): Subscription => {
  const types = optionalTexts(item, 'types');
  const texts = TEXTS.flatMap((name) => {
    const value = optionalText(item, name);
    return value === undefined ? [] : [[name, value]];
  });
  return {
    scope,
    subscriptionId: text(item, 'sk'),
    name: text(item, 'name'),
    kind: oneOf(item, 'kind', SUBSCRIPTION_KINDS),
    ...(types && { types: EVENT_TYPES.filter((type) => types.includes(type)) }),
    content: oneOf(item, 'content', EVENT_CONTENTS),
    state: oneOf(item, 'state', SUBSCRIPTION_STATES),
    createdAt: text(item, 'createdAt'),
    startPosition: number(item, 'startPosition'),
    version: number(item, 'version'),
    ...(Object.fromEntries(texts) as Partial<Record<(typeof TEXTS)[number], string>>),
  };
};
