import {
  ACCOUNT_CHECKS_PARTITION,
  ADMINISTRATOR_TASKS_PARTITION,
} from '../../../shared/store/table/administrator-keys';
import { CHANGE_CONSUMERS_PARTITION } from '../../../shared/store/table/event-keys';
import { VERSION_ATTRIBUTE } from '../../../shared/store/table/item-version';
import {
  DELETED_DOMAINS_PARTITION,
  DOMAIN_LIST_PARTITION,
  SETUP_ATTEMPTS_PREFIX,
  USAGE_KEY_CHANGES_PARTITION,
} from '../../../shared/store/table/keys';
import {
  KEY_CHECK_PARTITION,
  OUTBOX_MINUTES_PARTITION,
  OUTBOX_RUN_PARTITION,
  SHARED_OUTBOX_PARTITION,
} from '../../../shared/store/table/mail-keys';

/**
 * Matches the ID of a domain. `*` would also match `<id>#NAME` and `<id>#PAGE`, and the keys of other kinds.
 */
const DOMAIN_ID = '????????-????-????-????-????????????';

/** The partition keys of each kind of item, as patterns of `dynamodb:LeadingKeys`. */
export const KEYS = {
  /** The domain, its connections, credentials, and setup links, and the tombstone of a deleted domain. */
  domain: `DOMAIN#${DOMAIN_ID}`,
  domainList: DOMAIN_LIST_PARTITION,
  /** The progress of the check for expiring SCIM keys, and the last day whose counts were recorded. */
  keyCheck: KEY_CHECK_PARTITION,
  deletedDomains: DELETED_DOMAINS_PARTITION,
  /** The changes of usage keys in API Gateway that have begun. */
  usageKeyChanges: USAGE_KEY_CHANGES_PARTITION,
  /** The mappings and subscriptions that must learn of changes. */
  changeConsumers: CHANGE_CONSUMERS_PARTITION,
  /** The profiles and roles of portal users, by user. */
  roles: 'ADMINISTRATOR#*',
  /** The administrators and invitations of a domain, and of the deployment. */
  administrators: `${DOMAIN_ID}#ADMINISTRATORS`,
  operators: 'DEPLOYMENT#ADMINISTRATORS',
  /** The users of a domain whom mappings make administrators. */
  mappedAdministrators: `${DOMAIN_ID}#MAPPED-ADMINISTRATORS`,
  administratorTasks: ADMINISTRATOR_TASKS_PARTITION,
  /** The invitations by address. */
  invited: 'INVITED#*',
  accountChecks: ACCOUNT_CHECKS_PARTITION,
  setupAttempts: `${SETUP_ATTEMPTS_PREFIX}*`,
  /** Everything that belongs to a domain, except for the domain itself and its SCIM keys. */
  ofDomain: `${DOMAIN_ID}#*`,
  /** The counts and the seats. */
  counts: `${DOMAIN_ID}#COUNTS`,
  /** The counts on each day. */
  usage: `${DOMAIN_ID}#USAGE`,
  users: `${DOMAIN_ID}#USER`,
  userNames: `${DOMAIN_ID}#NAME#USER#*`,
  /** The state of lookups by address, and users with very many addresses. */
  addressIndex: `${DOMAIN_ID}#EMAIL`,
  addresses: `${DOMAIN_ID}#EMAIL#*`,
  /** The users whom administrators manage, by id. */
  managedUsers: `${DOMAIN_ID}#MANAGED`,
  groups: `${DOMAIN_ID}#GROUP`,
  groupNames: `${DOMAIN_ID}#NAME#GROUP#*`,
  /** The heads of spread groups, which changes of members write instead of the group. */
  groupHeads: `${DOMAIN_ID}#HEAD#*`,
  memberships: `${DOMAIN_ID}#GROUP#*`,
  pageMarks: `${DOMAIN_ID}#PAGE#*`,
  licenses: `${DOMAIN_ID}#LICENSE`,
  licenseKeys: 'LICENSEKEY#*',
  seatQueue: `${DOMAIN_ID}#PENDING`,
  mails: `${DOMAIN_ID}#MAIL`,
  mailBudgets: `${DOMAIN_ID}#MAILBUDGET`,
  outbox: `${DOMAIN_ID}#OUTBOX`,
  /** The outbox of the previous version. */
  sharedOutbox: SHARED_OUTBOX_PARTITION,
  outboxMinutes: OUTBOX_MINUTES_PARTITION,
  outboxRun: OUTBOX_RUN_PARTITION,
  /** The suppressed addresses, and their users. */
  suppressedAddresses: `${DOMAIN_ID}#SUPPRESSED*`,
  /**
   * The progress of the deliveries to webhooks, the events that are tried again or were given up, and the log
   * of attempts.
   */
  webhooks: `${DOMAIN_ID}#WEBHOOK*`,
  deploymentWebhooks: 'DEPLOYMENT#WEBHOOK*',
  /** The webhooks of all domains that wait for their next attempt. */
  parkedWebhooks: 'WEBHOOKS-PARKED',
  notices: `${DOMAIN_ID}#NOTICE`,
  rates: `${DOMAIN_ID}#RATE`,
  requests: `${DOMAIN_ID}#REQUEST#*`,
  /** The mappings, the groups that they name, and the evaluation of all users. */
  mappings: `${DOMAIN_ID}#MAPPINGS`,
  /** The client assertions that were used. */
  assertions: `${DOMAIN_ID}#ASSERTION`,
  events: `${DOMAIN_ID}#AUDIT`,
  /** The events of the deployment itself. */
  deploymentEvents: 'DEPLOYMENT#AUDIT',
  /** The feeds of events of domains, and that of the deployment. */
  feed: `${DOMAIN_ID}#EVENTS`,
  deploymentFeed: 'DEPLOYMENT#EVENTS',
  subscriptions: `${DOMAIN_ID}#SUBSCRIPTIONS`,
  deploymentSubscriptions: 'DEPLOYMENT#SUBSCRIPTIONS',
} as const;

/**
 * The attributes that a write of the counts of a previous version mentions. These counts share a partition
 * key with the domain and its SCIM keys, so only `dynamodb:Attributes` tells them apart.
 */
export const FORMER_COUNTS_ATTRIBUTES: readonly string[] = [
  'pk',
  'sk',
  'users',
  'groups',
  'activeLicenses',
  'pendingLicenses',
  'seats',
  'seatPolicy',
  'deletedAt',
  VERSION_ATTRIBUTE,
];

/** The attributes that a write of the addresses that a domain notifies mentions. */
export const NOTIFY_ATTRIBUTES: readonly string[] = [
  'pk',
  'sk',
  'notifyAddresses',
  'version',
  VERSION_ATTRIBUTE,
];

/** The attributes that a write of a hash with another pepper mentions. */
export const HASH_ATTRIBUTES: readonly string[] = [
  'pk',
  'sk',
  'hash',
  'pepperId',
  'revokedAt',
  VERSION_ATTRIBUTE,
];

/** The attributes that the record of a credential that expires mentions. */
export const EXPIRY_ATTRIBUTES: readonly string[] = [
  'pk',
  'sk',
  'expiryStage',
  'expiryNoticedAt',
  'revokedAt',
  VERSION_ATTRIBUTE,
];
