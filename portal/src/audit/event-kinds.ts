import type { AuditEvent } from '../api/schema';
import { t } from './messages';

/** The kinds of events in the log of a domain. Only the log of the deployment has those of `mail`. */
type EventKind = Exclude<AuditEvent['resource']['type'], 'mail'>;

/** The choices of the filter by event type. A kind without a choice fails the type check. */
export const EVENT_KINDS: Readonly<Record<'all' | EventKind, string>> = {
  all: t('allEvents'),
  user: t('users'),
  group: t('groups'),
  license: t('licenses'),
  mappings: t('mappings'),
  connection: t('connections'),
  key: t('scimKeys'),
  secret: t('clientSecrets'),
  trust: t('workloadIdentityTrusts'),
  setupLink: t('setupLinks'),
  simulation: t('connectionTests'),
  subscription: t('subscriptions'),
  administrator: t('administrators'),
  domain: t('domainSettings'),
  address: t('emailAddresses'),
  token: t('refusedTokenRequests'),
  request: t('refusedRequests'),
};
