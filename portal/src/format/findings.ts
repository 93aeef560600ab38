import { toSentenceCase } from './labels';

/** The title of a finding, and a link to the page of the domain that helps to resolve it. */
interface FindingLabel {
  readonly title: string;
  readonly link?: { readonly text: string; readonly path: string };
}

const CONNECTIONS_LINK = { text: 'Go to connections', path: 'settings/scim' };
const SEATS_LINK = { text: 'Go to seats', path: 'settings/domain' };
const EMAILS_LINK = { text: 'Go to emails', path: 'settings/domain' };
const USERS_LINK = { text: 'Go to users', path: 'users' };

const LABELS: Readonly<Record<string, FindingLabel>> = {
  'sender-unverified': { title: 'The email sender is not verified' },
  'sending-paused': { title: 'Email sending is paused' },
  'sender-sandbox': { title: 'Emails reach only verified addresses' },
  'sender-unknown': { title: 'The status of the email sender is unknown' },
  'emails-paused': { title: 'The emails of this domain are paused', link: EMAILS_LINK },
  'email-limit-reached': { title: 'Emails are sent later', link: EMAILS_LINK },
  'scim-unavailable': { title: 'SCIM is not available', link: CONNECTIONS_LINK },
  'key-missing': { title: 'No connection has a credential that works', link: CONNECTIONS_LINK },
  'key-expired': { title: 'A credential has expired', link: CONNECTIONS_LINK },
  'key-expires-soon': { title: 'A credential expires soon', link: CONNECTIONS_LINK },
  'seats-gone': { title: 'All seats are taken', link: SEATS_LINK },
  'seats-almost-gone': { title: 'Almost all seats are taken', link: SEATS_LINK },
  'licenses-pending': { title: 'Licenses are waiting for a seat', link: USERS_LINK },
  'administrators-limit-reached': {
    title: 'Mappings make too many administrators',
    link: { text: 'Go to administrators', path: 'settings/administrators' },
  },
  'addresses-missing': { title: 'Users have no email address', link: USERS_LINK },
  'addresses-undeliverable': { title: 'Emails cannot be sent to some addresses', link: USERS_LINK },
  'addresses-bounced': {
    title: 'Emails bounced',
    link: { text: 'Go to email problems', path: 'settings/mail-problems' },
  },
  'tokens-refused': {
    title: 'Requests for access tokens were refused',
    link: { text: 'View them in the audit log', path: 'audit-log?kind=token' },
  },
  'webhook-dead-letters': {
    title: 'Webhooks did not accept events',
    link: { text: 'Go to webhooks', path: 'settings/events' },
  },
  'webhook-events-skipped': {
    title: 'Events expired before they were delivered',
    link: { text: 'Go to events', path: 'settings/events' },
  },
  'webhooks-failing': {
    title: 'Webhooks fail',
    link: { text: 'Go to webhooks', path: 'settings/events' },
  },
  'requests-refused': {
    title: 'Requests were refused',
    link: { text: 'View them in the audit log', path: 'audit-log?kind=request' },
  },
  'rate-limit-reached': {
    title: 'Requests exceeded the rate plan',
    link: { text: 'View the requests in the last hour', path: 'settings/domain' },
  },
  'filters-too-broad': { title: 'Lists were too broad' },
  'filter-attributes-unknown': { title: 'Filters use unknown attributes' },
  'names-duplicate': { title: 'Names are used twice' },
  'members-left-out': { title: 'Group members were skipped' },
  'attributes-ignored': { title: 'Some attributes are ignored' },
  'users-managed-by-hand': { title: 'Some users are managed by hand' },
  'key-unused': { title: 'A credential is not used', link: CONNECTIONS_LINK },
};

/** Returns the label of a finding. An unknown code becomes the title itself. */
export function findingLabel(code: string): FindingLabel {
  return LABELS[code] ?? { title: toSentenceCase(code) };
}
