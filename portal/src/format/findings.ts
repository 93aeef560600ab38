import { toSentenceCase } from './labels';
import { t } from './messages';

/** The title of a finding, and a link to the page of the domain that helps to resolve it. */
interface FindingLabel {
  readonly title: string;
  readonly link?: { readonly text: string; readonly path: string };
}

const CONNECTIONS_LINK = { text: t('goToConnections'), path: 'settings/scim' };
const SEATS_LINK = { text: t('goToSeats'), path: 'settings/domain' };
const EMAILS_LINK = { text: t('goToEmails'), path: 'settings/domain' };
const USERS_LINK = { text: t('goToUsers'), path: 'users' };

const LABELS: Readonly<Record<string, FindingLabel>> = {
  'sender-unverified': { title: t('emailSenderNotVerified') },
  'sending-paused': { title: t('emailSendingIsPaused') },
  'sender-sandbox': { title: t('emailsReachOnlyVerifiedAddresses') },
  'sender-unknown': { title: t('statusEmailSenderUnknown') },
  'emails-paused': { title: t('emailsDomainPaused'), link: EMAILS_LINK },
  'email-limit-reached': { title: t('emailsAreSentLater'), link: EMAILS_LINK },
  'scim-unavailable': { title: t('scimIsNotAvailable'), link: CONNECTIONS_LINK },
  'key-missing': { title: t('noConnectionCredentialWorks'), link: CONNECTIONS_LINK },
  'key-expired': { title: t('aCredentialHasExpired'), link: CONNECTIONS_LINK },
  'key-expires-soon': { title: t('aCredentialExpiresSoon'), link: CONNECTIONS_LINK },
  'credential-creator-gone': { title: t('creatorIsNoOwner'), link: CONNECTIONS_LINK },
  'seats-gone': { title: t('allSeatsAreTaken'), link: SEATS_LINK },
  'seats-almost-gone': { title: t('almostAllSeatsAreTaken'), link: SEATS_LINK },
  'licenses-pending': {
    title: t('licensesWaitingSeat'),
    link: { text: t('goToUsers'), path: 'users?license=pending' },
  },
  'administrators-limit-reached': {
    title: t('mappingsMakeTooManyAdministrators'),
    link: { text: t('goToAdministrators'), path: 'settings/administrators' },
  },
  'addresses-missing': { title: t('usersHaveNoEmailAddress'), link: USERS_LINK },
  'addresses-undeliverable': { title: t('emailsCannotSentSomeAddresses'), link: USERS_LINK },
  'addresses-bounced': {
    title: t('emailsBounced'),
    link: { text: t('goToEmailProblems'), path: 'settings/mail-problems' },
  },
  'tokens-refused': {
    title: t('requestsAccessTokensRefused'),
    link: { text: t('viewThemAuditLog'), path: 'audit-log?kind=token' },
  },
  'webhook-dead-letters': {
    title: t('webhooksDidNotAcceptEvents'),
    link: { text: t('goToWebhooks'), path: 'settings/events' },
  },
  'webhook-events-skipped': {
    title: t('eventsExpiredBeforeTheyDelivered'),
    link: { text: t('goToEvents'), path: 'settings/events' },
  },
  'webhooks-failing': {
    title: t('webhooksFail'),
    link: { text: t('goToWebhooks'), path: 'settings/events' },
  },
  'requests-refused': {
    title: t('requestsWereRefused'),
    link: { text: t('viewThemAuditLog'), path: 'audit-log?kind=request' },
  },
  'rate-limit-reached': {
    title: t('requestsExceededTheRatePlan'),
    link: { text: t('viewRequestsLastHour'), path: 'settings/domain' },
  },
  'filters-too-broad': { title: t('listsWereTooBroad') },
  'filter-attributes-unknown': { title: t('filtersUseUnknownAttributes') },
  'names-duplicate': { title: t('namesAreUsedTwice') },
  'members-left-out': { title: t('groupMembersWereSkipped') },
  'attributes-ignored': { title: t('someAttributesAreIgnored') },
  'users-managed-by-hand': {
    title: t('someUsersManagedManually'),
    link: { text: t('goToUsers'), path: 'users?managed=administrator' },
  },
  'key-unused': { title: t('aCredentialIsNotUsed'), link: CONNECTIONS_LINK },
};

/** Returns the label of a finding. An unknown code becomes the title itself. */
export function findingLabel(code: string): FindingLabel {
  return LABELS[code] ?? { title: toSentenceCase(code) };
}
