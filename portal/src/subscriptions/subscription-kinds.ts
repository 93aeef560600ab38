import type { EventType, Subscription, SubscriptionKind } from '../api/schema';
import { t } from './messages';

interface KindText {
  readonly name: string;
  /** Says in one sentence what the kind is for. */
  readonly purpose: string;
  /** The page of the documentation. */
  readonly guide: string;
}

/** The ways in which events are delivered, as the portal describes them. */
export const KINDS: Readonly<Record<SubscriptionKind, KindText>> = {
  webhook: {
    name: 'Webhook',
    purpose: t('serviceSendsEachEventEndpoint'),
    guide: 'webhooks.md',
  },
  feed: {
    name: 'Feed',
    purpose: t('productReadsEventsWhenWants'),
    guide: 'events.md#read-the-feed',
  },
  setPush: {
    name: t('securityEventsPushed'),
    purpose: t('serviceSendsChangesUsersGroups'),
    guide: 'events.md#push',
  },
  setPoll: {
    name: t('securityEventsPolled'),
    purpose: t('receiverStandardRfc9967Polls'),
    guide: 'events.md#poll',
  },
  eventBridge: {
    name: 'EventBridge',
    purpose: t('serviceSendsEachEventEvent'),
    guide: 'event-bus.md',
  },
};

/** The names of the kinds, in the order in which the portal offers them. */
export const KIND_NAMES = Object.fromEntries(
  Object.entries(KINDS).map(([kind, { name }]) => [kind, name]),
) as Readonly<Record<SubscriptionKind, string>>;

/** The names of what the events of a subscription contain. */
export const CONTENT_NAMES: Readonly<Record<Subscription['content'], string>> = {
  notice: t('onlyIDsAndStates'),
  full: t('alsoDataBeforeAfterChange'),
};

/** Returns whether a kind sends its events to an endpoint. */
export const hasEndpoint = (kind: SubscriptionKind): boolean => kind === 'webhook' || kind === 'setPush';

/** Returns whether a kind sends security event tokens. */
export const hasSets = (kind: SubscriptionKind): boolean => kind === 'setPush' || kind === 'setPoll';

/** The types that only subscriptions of the whole deployment get. */
const OF_DEPLOYMENT: readonly EventType[] = ['domain.created', 'domain.deleted'];

/**
 * Returns whether a subscription of a domain can get events of a type. SCIM has only those of users and
 * groups.
 */
export const canDeliver = (kind: SubscriptionKind, type: EventType): boolean =>
  hasSets(kind) ? /^(user|group)\./.test(type) : !OF_DEPLOYMENT.includes(type);
