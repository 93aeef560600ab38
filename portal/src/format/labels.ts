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
import { ACTION_VERBS } from './titles/action-verbs';
import { t } from './messages';
import { withinSentence } from './within-sentence';

export interface StatusLabel {
  readonly tone: Tone;
  readonly text: string;
}

/** The statuses of licenses. */
export const LICENSE_STATUSES: Readonly<Record<License['status'], StatusLabel>> = {
  active: { tone: 'good', text: t('active') },
  inactive: { tone: 'neutral', text: t('inactive') },
  pending: { tone: 'warning', text: t('waitingForASeat') },
};

/** Who manages users. */
export const MANAGERS: Readonly<Record<User['managedBy'], string>> = {
  administrator: t('managerAdministrators'),
  connection: t('managerConnection'),
};

export function licenseStatusLabel({ license }: User): StatusLabel {
  return license ? LICENSE_STATUSES[license.status] : { tone: 'neutral', text: t('none') };
}

const MAIL_PROBLEMS: Readonly<Record<MailProblem['kind'], string>> = {
  bounced: t('bounced'),
  complained: t('markedAsSpam'),
  refused: t('refused'),
};

export function mailProblemLabel({ active, license }: User): StatusLabel | undefined {
  if (license?.mailProblem) return { tone: 'bad', text: MAIL_PROBLEMS[license.mailProblem.kind] };
  return active && license && !license.email ? { tone: 'warning', text: t('noEmailAddress') } : undefined;
}

const KEY_STATUSES: Readonly<Record<string, StatusLabel>> = {
  active: { tone: 'good', text: t('active') },
  expired: { tone: 'warning', text: t('expired') },
  revoked: { tone: 'neutral', text: t('revoked') },
};

export function keyStatusLabel(status: string): StatusLabel {
  return KEY_STATUSES[status] ?? { tone: 'neutral', text: status };
}

const LICENSE_EVENTS: Readonly<Record<LicenseEvent['what'], string>> = {
  issued: t('licenseKeyIssued'),
  reactivated: t('licenseActiveAgainSameKey'),
  replaced: t('licenseKeyReplaced'),
  pending: t('waitingForASeat'),
  deactivated: t('licenseEnded'),
  mailRequested: t('resendRequested'),
};

export const licenseEventTitle = ({ what }: LicenseEvent): string => LICENSE_EVENTS[what];

const MAIL_STATUSES: Readonly<Record<string, StatusLabel>> = {
  due: { tone: 'info', text: t('emailScheduled') },
  claimed: { tone: 'info', text: t('sendingEmail') },
  sent: { tone: 'good', text: t('emailSent') },
  delivered: { tone: 'good', text: t('emailDelivered') },
  failed: { tone: 'bad', text: t('emailFailed') },
  superseded: { tone: 'neutral', text: t('emailNoLongerNeeded') },
  suppressed: { tone: 'warning', text: t('emailNotSent') },
  'no-address': { tone: 'warning', text: t('noEmailAddress') },
  bounced: { tone: 'bad', text: t('emailBounced') },
  complained: { tone: 'bad', text: t('markedAsSpam') },
};

export function mailStatusLabel(status: string): StatusLabel {
  return MAIL_STATUSES[status] ?? { tone: 'neutral', text: toSentenceCase(status) };
}

export const ROLES: Readonly<Record<Role, string>> = {
  operator: t('operatorOfTheService'),
  owner: t('ownerViewChangeDomain'),
  viewer: t('viewerCanViewThisDomain'),
};

/** The roles in lists. */
export const ROLE_TITLES: Readonly<Record<Role, string>> = {
  operator: t('operator'),
  owner: t('owner'),
  viewer: t('viewer'),
};

/** The roles that a person can have in a domain. */
export const DOMAIN_ROLES = { owner: ROLES.owner, viewer: ROLES.viewer } as const;

const INVITATION_STATUSES: Readonly<Record<Invitation['status'], StatusLabel>> = {
  open: { tone: 'info', text: t('invited') },
  expired: { tone: 'warning', text: t('expired') },
  withdrawn: { tone: 'warning', text: t('withdrawn') },
};

export const invitationStatusLabel = (status: Invitation['status']): StatusLabel =>
  INVITATION_STATUSES[status];

export const SEAT_POLICIES: Readonly<Record<SeatPolicy, string>> = {
  refuse: t('refuseTheActivation'),
  wait: t('letUserWaitSeat'),
};

export const RATE_PLANS: Readonly<Record<RatePlan, string>> = {
  standard: t('standard'),
  gallery: t('gallery'),
  unmetered: t('unmetered'),
};

const RESOURCE_TYPES: Readonly<Record<AuditEvent['resource']['type'], string>> = {
  user: t('user'),
  group: t('group'),
  domain: t('domain'),
  key: t('scimKey'),
  connection: t('connection'),
  secret: t('clientSecret'),
  trust: t('workloadIdentityTrust'),
  token: t('accessToken'),
  setupLink: t('setupLink'),
  simulation: t('connectionTest'),
  license: t('license'),
  address: t('emailAddress'),
  request: t('request'),
  mail: t('emails'),
  administrator: t('administrator'),
  mappings: t('mappings'),
  subscription: t('subscription'),
};

export const resourceTypeTitle = (type: AuditEvent['resource']['type']): string => RESOURCE_TYPES[type];

/** Returns the noun for a resource type as it appears within a sentence. */
export const resourceNoun = (type: AuditEvent['resource']['type']): string =>
  withinSentence(RESOURCE_TYPES[type]);

/** The titles of actions whose names are unclear. */
const ACTIONS: Readonly<Record<string, string>> = {
  'license.promoted': t('seatAssignedToLicense'),
  'license.mailRequested': t('licenseEmailResendRequested'),
  'license.evaluated': t('licenseChangedByMappings'),
};

/** Returns the title of an action, such as "SCIM key revoked" for `key.revoked`. */
export function actionTitle({ action, resource }: Pick<AuditEvent, 'action' | 'resource'>): string {
  const title = ACTIONS[action];
  if (title) return title;
  const [kind = '', verb = ''] = action.split('.');
  const noun =
    (RESOURCE_TYPES as Readonly<Record<string, string | undefined>>)[kind] ??
    resourceTypeTitle(resource.type);
  return `${noun} ${ACTION_VERBS[verb] ?? splitWords(verb)}`.trim();
}

/** The part of a UUIDv7 that is its time in milliseconds. */
const ID_LENGTH = 13;

/** Returns the name of an actor and the start of its ID, because several actors may have one name. */
export function actorName({ kind, name, id }: Actor): string {
  if (kind === 'system') return t('theService');
  if (!name) return id ? visible(id) : kind === 'scimKey' ? t('aConnection') : t('anAdministrator');
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
  scimKey: t('connection'),
  admin: t('administrator'),
  system: t('service'),
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
