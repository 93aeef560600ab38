import type {
  Actor,
  AuditEvent,
  License,
  LicenseEvent,
  MailProblem,
  RatePlan,
  Role,
  SeatPolicy,
  User,
} from '../api/schema';
import type { Tone } from './tone';

export interface StatusLabel {
  readonly tone: Tone;
  readonly text: string;
}

const LICENSE_STATUSES: Readonly<Record<License['status'], StatusLabel>> = {
  active: { tone: 'good', text: 'Active' },
  inactive: { tone: 'neutral', text: 'Inactive' },
  pending: { tone: 'warning', text: 'Waiting for a seat' },
};

export function licenseStatusLabel({ license }: User): StatusLabel {
  return license ? LICENSE_STATUSES[license.status] : { tone: 'neutral', text: 'None' };
}

const MAIL_PROBLEMS: Readonly<Record<MailProblem['kind'], string>> = {
  bounced: 'Bounced',
  complained: 'Marked as spam',
  refused: 'Refused',
};

export function mailProblemLabel({ license }: User): StatusLabel | undefined {
  return license?.mailProblem && { tone: 'bad', text: MAIL_PROBLEMS[license.mailProblem.kind] };
}

const KEY_STATUSES: Readonly<Record<string, StatusLabel>> = {
  active: { tone: 'good', text: 'Active' },
  expired: { tone: 'warning', text: 'Expired' },
  revoked: { tone: 'neutral', text: 'Revoked' },
};

export function keyStatusLabel(status: string): StatusLabel {
  return KEY_STATUSES[status] ?? { tone: 'neutral', text: status };
}

const LICENSE_EVENTS: Readonly<Record<LicenseEvent['what'], string>> = {
  issued: 'License key issued',
  pending: 'Waiting for a seat',
  deactivated: 'License ended',
  mailRequested: 'Mail sent again on request',
};

export const licenseEventTitle = ({ what }: LicenseEvent): string => LICENSE_EVENTS[what];

const MAIL_STATUSES: Readonly<Record<string, StatusLabel>> = {
  due: { tone: 'info', text: 'Mail goes out soon' },
  claimed: { tone: 'info', text: 'Mail is being sent' },
  sent: { tone: 'good', text: 'Mail sent' },
  delivered: { tone: 'good', text: 'Mail delivered' },
  failed: { tone: 'bad', text: 'Mail failed' },
  superseded: { tone: 'neutral', text: 'Mail no longer needed' },
  suppressed: { tone: 'warning', text: 'Mail held back' },
  bounced: { tone: 'bad', text: 'Mail bounced' },
  complained: { tone: 'bad', text: 'Marked as spam' },
};

export function mailStatusLabel(status: string): StatusLabel {
  return MAIL_STATUSES[status] ?? { tone: 'neutral', text: toSentenceCase(status) };
}

export const ROLES: Readonly<Record<Role, string>> = {
  operator: 'Operator of the service',
  owner: 'Owner: sees and changes this domain',
  viewer: 'Viewer: sees this domain, changes nothing',
};

export const SEAT_POLICIES: Readonly<Record<SeatPolicy, string>> = {
  refuse: 'Refuse the user',
  wait: 'Let the license wait for a seat',
};

export const RATE_PLANS: Readonly<Record<RatePlan, string>> = {
  standard: 'Standard',
  gallery: 'Gallery',
  unmetered: 'Unmetered',
};

const RESOURCE_TYPES: Readonly<Record<AuditEvent['resource']['type'], string>> = {
  user: 'User',
  group: 'Group',
  domain: 'Domain',
  key: 'API key',
  license: 'License',
  address: 'Mail address',
  request: 'Request',
  mail: 'Mails',
};

export const resourceTypeTitle = (type: AuditEvent['resource']['type']): string => RESOURCE_TYPES[type];

/** In the middle of a sentence. */
export const resourceNoun = (type: AuditEvent['resource']['type']): string =>
  RESOURCE_TYPES[type].replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());

/** Those whose name says too little. */
const ACTIONS: Readonly<Record<string, string>> = {
  'license.promoted': 'License got a seat',
  'license.mailRequested': 'License mail sent again',
};

/** E.g. `key.revoked` → "API key revoked". */
export function actionTitle({ action, resource }: Pick<AuditEvent, 'action' | 'resource'>): string {
  const title = ACTIONS[action];
  if (title) return title;
  const [kind = '', verb = ''] = action.split('.');
  const noun =
    (RESOURCE_TYPES as Readonly<Record<string, string | undefined>>)[kind] ??
    resourceTypeTitle(resource.type);
  return `${noun} ${splitWords(verb)}`.trim();
}

export function actorName(actor: Actor): string {
  if (actor.kind === 'system') return 'The service itself';
  if (actor.name) return actor.name;
  return actor.id ?? (actor.kind === 'scimKey' ? 'An API key' : 'An administrator');
}

const ACTOR_KINDS: Readonly<Record<Actor['kind'], string>> = {
  scimKey: 'API key',
  admin: 'Administrator',
  system: 'Service',
};

export const actorKind = ({ kind }: Actor): string => ACTOR_KINDS[kind];

/** `mailDelayMinutes` → "Mail delay minutes". */
export function toSentenceCase(name: string): string {
  const text = splitWords(name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function splitWords(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .toLowerCase();
}
