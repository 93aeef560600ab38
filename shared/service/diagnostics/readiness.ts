import type { SenderStatus } from '../../mail/ses/sender-status';
import type { RatePlans } from '../../limits/rate-plan';
import type { MailBudgetLimits } from '../../limits/mail-budget';
import { readCounts } from '../../store/domains/counts';
import { LicenseStore } from '../../store/licenses/license-store';
import type { DiagnosticsPage, UndeliverableAddress } from '../../store/diagnostics/diagnostic';
import { DiagnosticsStore } from '../../store/diagnostics/diagnostics-store';
import { readDomainConnections } from '../../store/credentials/connection-store';
import { readOldestQueued } from '../../store/licenses/seat-queue';
import { MailBudgetStore } from '../../store/mail/mail-budget-store';
import { MailDelays } from '../../store/mail/mail-delay';
import { SuppressionStore } from '../../store/mail/suppression-store';
import type { PageKey } from '../../store/table/operations/query';
import type { Table } from '../../store/table/table';
import {
  bouncedFindings,
  isCurrent,
  missingAddressFindings,
  undeliverableFindings,
  type AddressWithLicense,
} from './findings/address-findings';
import { AdminError } from '../admin/admin-error';
import { checkMappedAdministrators } from './findings/administrator-findings';
import { connectionsOf } from '../connections/connection-view';
import { availabilityFindings } from './findings/availability-finding';
import { type CheckedDomain, type Finding, type FindingDraft, toFindings } from './finding';
import { checkConnections } from './findings/connection-findings';
import { checkCreators } from './findings/creator-findings';
import { mailFindings, SENDER_UNKNOWN } from './findings/mail-findings';
import { mailLimitFindings } from './findings/mail-limit-findings';
import { checkManagedUsers } from './findings/managed-user-findings';
import { nameFindings } from './findings/name-findings';
import { seatFindings } from './findings/seat-findings';
import type { FindingLanguage } from './texts/finding-texts';
import { checkWebhooks } from '../webhooks/check-webhooks';

export interface ReadinessSettings {
  /** The limits on the emails of a domain that has none of its own. */
  readonly mailBudget: MailBudgetLimits;
  readonly plans: RatePlans;
  /** The SES identity that sends license emails: a domain or an address. */
  readonly mailIdentity: string;
  readonly senderStatus: () => Promise<SenderStatus>;
  /** Returns the URL of the documentation, to which findings link, in the form of the setting `docsUrl`. */
  readonly docsUrl: () => Promise<string | undefined>;
  /** Tells owners how to get SCIM if it is not available to their domain. */
  readonly contactText?: string;
  /** Whether the report may name administrators. It does not for SCIM clients. */
  readonly namesAdministrators: boolean;
  /** Receives the error if SES cannot be reached. */
  readonly onSenderUnknown: (error: unknown) => void;
}

/** The result of a readiness check. */
export interface Readiness {
  /** True if there are no findings. */
  readonly ready: boolean;
  /** RFC 3339, UTC. */
  readonly checkedAt: string;
  readonly findings: readonly Finding[];
}

// These limits make the cost of a check independent of the size of the domain.
const MAX_QUEUED = 5;
const MAX_ADDRESSES = 50;
/** The largest number of pages of addresses that are read, if most of them are outdated. */
const MAX_ADDRESS_PAGES = 10;

/** Checks a domain. It only reads, strongly consistent. */
export async function checkReadiness(
  table: Table,
  checked: CheckedDomain,
  settings: ReadinessSettings,
  now: Date,
  language?: FindingLanguage,
): Promise<Readiness> {
  const { domainId } = checked;
  const connections = connectionsOf(await readDomainConnections(table, domainId));
  const drafts = await Promise.all([
    checkConnections(table, checked, connections, settings, now),
    checkSender(settings),
    checkSeats(table, domainId),
    checkMailLimits(table, domainId, settings.mailBudget, now),
    checkAddresses(table, new DiagnosticsStore(table), domainId),
    new SuppressionStore(table)
      .list(domainId, MAX_ADDRESSES)
      .then(({ addresses, next }) => bouncedFindings(addresses, next !== undefined)),
    new DiagnosticsStore(table).duplicateNames(domainId).then(nameFindings),
    checkWebhooks(table, domainId, now),
    checkMappedAdministrators(table, domainId),
    checkManagedUsers(table, domainId, connections),
    settings.namesAdministrators ? checkCreators(table, domainId, connections, now) : [],
  ]);
  const availability = availabilityFindings(checked, connections, settings.contactText);
  return readinessOf([...availability, ...drafts.flat()], settings, now, language);
}

/**
 * Checks one connection of a domain: its credentials and its requests. Throws `AdminError` if there is no
 * such connection.
 */
export async function checkConnectionReadiness(
  table: Table,
  checked: CheckedDomain,
  connectionId: string,
  settings: ReadinessSettings,
  now: Date,
  language?: FindingLanguage,
): Promise<Readiness> {
  const connections = connectionsOf(await readDomainConnections(table, checked.domainId));
  if (!connections.some(({ record }) => record.connectionId === connectionId))
    throw new AdminError(`The domain ${checked.domainId} has no connection ${connectionId}.`, 'notFound');
  const drafts = await checkConnections(table, checked, connections, settings, now, connectionId);
  const availability = availabilityFindings(checked, connections, settings.contactText);
  return readinessOf([...availability, ...drafts], settings, now, language);
}

async function readinessOf(
  drafts: readonly FindingDraft[],
  { docsUrl }: ReadinessSettings,
  now: Date,
  language?: FindingLanguage,
): Promise<Readiness> {
  const findings = toFindings(drafts, await docsUrl(), language);
  return { ready: findings.length === 0, checkedAt: now.toISOString(), findings };
}

async function checkSender({
  senderStatus,
  mailIdentity,
  onSenderUnknown,
}: ReadinessSettings): Promise<FindingDraft[]> {
  try {
    return mailFindings(await senderStatus(), mailIdentity);
  } catch (error) {
    onSenderUnknown(error);
    return [SENDER_UNKNOWN];
  }
}

async function checkSeats(table: Table, domainId: string): Promise<FindingDraft[]> {
  const [counts, oldest] = await Promise.all([
    readCounts(table, domainId),
    readOldestQueued(table, domainId, MAX_QUEUED),
  ]);
  return seatFindings(counts, oldest);
}

async function checkMailLimits(
  table: Table,
  domainId: string,
  defaults: MailBudgetLimits,
  now: Date,
): Promise<FindingDraft[]> {
  const [settings, hours] = await Promise.all([
    new MailDelays(table).settings(domainId, now),
    new MailBudgetStore(table).recentHours(domainId, now),
  ]);
  return mailLimitFindings(settings, hours, defaults);
}

async function checkAddresses(
  table: Table,
  store: DiagnosticsStore,
  domainId: string,
): Promise<FindingDraft[]> {
  const licenses = new LicenseStore(table);
  const [missing, undeliverable] = await Promise.all([
    readCurrent(licenses, domainId, (after) => store.missingAddresses(domainId, MAX_ADDRESSES, after)),
    readCurrent(licenses, domainId, (after) => store.undeliverable(domainId, MAX_ADDRESSES, after)),
  ]);
  const addresses = [...missing.addresses, ...undeliverable.addresses];
  return [...missingAddressFindings(addresses, missing.more), ...undeliverableFindings(addresses)];
}

/** Returns about a page of entries. Skips outdated ones, which could otherwise hide the others for weeks. */
async function readCurrent(
  licenses: LicenseStore,
  domainId: string,
  read: (after?: PageKey) => Promise<DiagnosticsPage<UndeliverableAddress>>,
): Promise<{ readonly addresses: AddressWithLicense[]; readonly more: boolean }> {
  const addresses: AddressWithLicense[] = [];
  let after: PageKey | undefined;
  for (let page = 0; page < MAX_ADDRESS_PAGES && addresses.length < MAX_ADDRESSES; page++) {
    const { entries, next } = await read(after);
    const found = await licenses.readAll(
      domainId,
      entries.map(({ userId }) => userId),
    );
    addresses.push(
      ...entries
        .map((undeliverable) => ({ undeliverable, license: found.get(undeliverable.userId) }))
        .filter(isCurrent),
    );
    after = next;
    if (!next) break;
  }
  return { addresses, more: after !== undefined };
}
