import type {
  Actor,
  AuditEvent,
  Invitation,
  License,
  LicenseEvent,
  MailProblem,
  RatePlan,
  Role,
  SeatPolicy,
  User,
} from '../api/schema';
import type { Tone } from './tone';
import { visible } from './visible';

export interface StatusLabel {
  readonly tone: Tone;
  readonly text: string;
}

/** The statuses of licenses. */
export const LICENSE_STATUSES: Readonly<Record<License['status'], StatusLabel>> = {
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
  reactivated: 'License active again, with the same key',
  replaced: 'License key replaced',
  pending: 'Waiting for a seat',
  deactivated: 'License ended',
  mailRequested: 'Resend requested',
};

export const licenseEventTitle = ({ what }: LicenseEvent): string => LICENSE_EVENTS[what];

const MAIL_STATUSES: Readonly<Record<string, StatusLabel>> = {
  due: { tone: 'info', text: 'Email scheduled' },
  claimed: { tone: 'info', text: 'Sending email' },
  sent: { tone: 'good', text: 'Email sent' },
  delivered: { tone: 'good', text: 'Email delivered' },
  failed: { tone: 'bad', text: 'Email failed' },
  superseded: { tone: 'neutral', text: 'Email no longer needed' },
  suppressed: { tone: 'warning', text: 'Email not sent' },
  'no-address': { tone: 'warning', text: 'No email address' },
  bounced: { tone: 'bad', text: 'Email bounced' },
  complained: { tone: 'bad', text: 'Marked as spam' },
};

export function mailStatusLabel(status: string): StatusLabel {
  return MAIL_STATUSES[status] ?? { tone: 'neutral', text: toSentenceCase(status) };
}

export const ROLES: Readonly<Record<Role, string>> = {
  operator: 'Operator of the service',
  owner: 'Owner: can view and change this domain',
  viewer: 'Viewer: can view this domain',
};

/** The roles in lists. */
export const ROLE_TITLES: Readonly<Record<Role, string>> = {
  operator: 'Operator',
  owner: 'Owner',
  viewer: 'Viewer',
};

/** The roles that a person can have in a domain. */
export const DOMAIN_ROLES = { owner: ROLES.owner, viewer: ROLES.viewer } as const;

export const invitationStatusLabel = (status: Invitation['status']): StatusLabel =>
  status === 'open' ? { tone: 'info', text: 'Invited' } : { tone: 'warning', text: 'Expired' };

export const SEAT_POLICIES: Readonly<Record<SeatPolicy, string>> = {
  refuse: 'Refuse the activation',
  wait: 'Let the user wait for a seat',
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
  key: 'SCIM key',
  connection: 'Connection',
  secret: 'Client secret',
  trust: 'Workload identity trust',
  token: 'Access token',
  setupLink: 'Setup link',
  simulation: 'Connection test',
  license: 'License',
  address: 'Email address',
  request: 'Request',
  mail: 'Emails',
  administrator: 'Administrator',
  mappings: 'Mappings',
  subscription: 'Subscription',
};

export const resourceTypeTitle = (type: AuditEvent['resource']['type']): string => RESOURCE_TYPES[type];

/** Returns the noun for a resource type as it appears within a sentence. */
export const resourceNoun = (type: AuditEvent['resource']['type']): string =>
  RESOURCE_TYPES[type].replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());

/** The titles of actions whose names are unclear. */
const ACTIONS: Readonly<Record<string, string>> = {
  'license.promoted': 'Seat assigned to license',
  'license.mailRequested': 'License email resend requested',
  'license.evaluated': 'License changed by mappings',
};

/** Returns the title of an action, such as "SCIM key revoked" for `key.revoked`. */
export function actionTitle({ action, resource }: Pick<AuditEvent, 'action' | 'resource'>): string {
  const title = ACTIONS[action];
  if (title) return title;
  const [kind = '', verb = ''] = action.split('.');
  const noun =
    (RESOURCE_TYPES as Readonly<Record<string, string | undefined>>)[kind] ??
    resourceTypeTitle(resource.type);
  return `${noun} ${splitWords(verb)}`.trim();
}

/** The part of a UUIDv7 that is its time in milliseconds. */
const ID_LENGTH = 13;

/** Returns the name of an actor and the start of its ID, because several actors may have one name. */
export function actorName({ kind, name, id }: Actor): string {
  if (kind === 'system') return 'The service';
  if (!name) return id ? visible(id) : kind === 'scimKey' ? 'A connection' : 'An administrator';
  if (!id) return visible(name);
  return visible(`${name} (${id.length > ID_LENGTH ? `${id.slice(0, ID_LENGTH)}…` : id})`);
}

/** Returns the title of the actor of an event: a client of a connection has the name of the connection. */
export function actorTitle({ actor }: Pick<AuditEvent, 'actor'>, connectionName: string | undefined): string {
  return actor.kind === 'scimKey' && connectionName !== undefined
    ? visible(connectionName)
    : actorName(actor);
}

const ACTOR_KINDS: Readonly<Record<Actor['kind'], string>> = {
  scimKey: 'Connection',
  admin: 'Administrator',
  system: 'Service',
};

export const actorKind = ({ kind }: Actor): string => ACTOR_KINDS[kind];

/** Converts an identifier to words: `mailDelayMinutes` becomes "Mail delay minutes". */
export function toSentenceCase(name: string): string {
  const text = splitWords(name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function splitWords(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .toLowerCase()
    .replaceAll(/\bid\b/g, 'ID');
}
