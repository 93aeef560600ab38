import { toSentenceCase } from './labels';

/** Of a finding: what it is about, in words, and the page of a domain where something can be done about it. */
interface FindingLabel {
  readonly title: string;
  readonly link?: { readonly text: string; readonly path: string };
}

const KEYS_LINK = { text: 'Go to the API keys', path: 'settings/scim' };
const SEATS_LINK = { text: 'Go to the seats', path: 'settings/domain' };
const USERS_LINK = { text: 'Go to the users', path: 'users' };

const LABELS: Readonly<Record<string, FindingLabel>> = {
  'sender-unverified': { title: 'The sender of the mails is not verified' },
  'sending-paused': { title: 'Mails are stopped' },
  'sender-sandbox': { title: 'Mails reach few addresses only' },
  'sender-unknown': { title: 'Nothing is known of the sender of the mails' },
  'key-missing': { title: 'There is no API key that works', link: KEYS_LINK },
  'key-expired': { title: 'An API key has expired', link: KEYS_LINK },
  'key-expires-soon': { title: 'An API key expires soon', link: KEYS_LINK },
  'seats-gone': { title: 'All seats are taken', link: SEATS_LINK },
  'seats-almost-gone': { title: 'Almost all seats are taken', link: SEATS_LINK },
  'licenses-pending': { title: 'Licenses wait for a seat', link: USERS_LINK },
  'addresses-undeliverable': { title: 'Mails cannot be sent to some addresses', link: USERS_LINK },
  'addresses-bounced': {
    title: 'Mails came back',
    link: { text: 'Go to the mail problems', path: 'settings/mail-problems' },
  },
  'requests-refused': {
    title: 'Requests were refused',
    link: { text: 'See them in the audit log', path: 'audit-log?kind=request' },
  },
  'rate-limit-reached': {
    title: 'More requests came than the rate plan allows',
    link: { text: 'See the requests of the last hour', path: 'settings/domain' },
  },
  'members-left-out': { title: 'Members of groups were left out' },
  'attributes-ignored': { title: 'Attributes are ignored' },
  'key-unused': { title: 'An API key is not used', link: KEYS_LINK },
};

/** A code that is newer than this page is its own title. */
export function findingLabel(code: string): FindingLabel {
  return LABELS[code] ?? { title: toSentenceCase(code) };
}
