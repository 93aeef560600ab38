import type { EventType } from '../api/schema';
import { t } from './messages';

/** Only subscriptions of the whole deployment get these types, and the portal has none. */
type DeploymentEventType = 'domain.created' | 'domain.deleted';

const TEXTS: Readonly<Record<Exclude<EventType, DeploymentEventType>, string>> = {
  'user.created': t('event.user.created'),
  'user.changed': t('event.user.changed'),
  'user.deactivated': t('event.user.deactivated'),
  'user.reactivated': t('event.user.reactivated'),
  'user.deleted': t('event.user.deleted'),
  'group.created': t('event.group.created'),
  'group.changed': t('event.group.changed'),
  'group.deleted': t('event.group.deleted'),
  'group.membersAdded': t('event.group.membersAdded'),
  'group.membersRemoved': t('event.group.membersRemoved'),
  'license.activated': t('event.license.activated'),
  'license.pending': t('event.license.pending'),
  'license.changed': t('event.license.changed'),
  'license.keyReplaced': t('event.license.keyReplaced'),
  'license.ended': t('event.license.ended'),
  'email.bounced': t('event.email.bounced'),
  'domain.switched': t('event.domain.switched'),
  'connection.created': t('event.connection.created'),
  'connection.revoked': t('event.connection.revoked'),
  'connection.expiring': t('event.connection.expiring'),
};

/**
 * Describes a type of events in the language of the page. A type that the portal does not know has the text
 * of the service.
 */
export const eventTypeText = (type: EventType, text: string): string =>
  (TEXTS as Readonly<Partial<Record<EventType, string>>>)[type] ?? text.replaceAll('`', '');
