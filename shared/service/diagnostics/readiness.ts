import type { SenderStatus } from '../../mail/ses/sender-status';
import type { RatePlanName, RatePlans } from '../../rate-plan';
import { readCounts } from '../../store/domains/counts';
import { LicenseStore } from '../../store/licenses/license-store';
import { NoticeStore } from '../../store/diagnostics/diagnostics-store';
import { readRateUsage } from '../../store/limits/rate-usage';
import { ScimKeyStore } from '../../store/credentials/scim-key-store';
import { oldestWaiting } from '../../store/licenses/seat-queue';
import { SuppressionStore } from '../../store/mail/suppression-store';
import type { Table } from '../../store/table/table';
import { bouncedFindings, undeliverableFindings } from './address-findings';
import { type Finding, type Found, told } from './finding';
import { keyFindings } from './key-findings';
import { mailFindings, SENDER_UNKNOWN } from './mail-findings';
import { rateFindings } from './rate-findings';
import { ignoredFindings, leftOutFindings, refusedFindings } from './request-findings';
import { seatFindings } from './seat-findings';

export interface ReadinessSettings {
  readonly plans: RatePlans;
  /** The SES identity from which license mails go out: a domain or an address. */
  readonly mailIdentity: string;
  readonly senderStatus: () => Promise<SenderStatus>;
  /** Where docs/ is; findings link into it. */
  readonly docsUrl: string;
  /** SES could not be asked. */
  readonly onSenderUnknown: (error: unknown) => void;
}

/** Whether a domain can be provisioned without anybody having to do anything. */
export interface Readiness {
  /** Nothing was found. */
  readonly ready: boolean;
  /** RFC 3339, UTC. */
  readonly checkedAt: string;
  readonly findings: readonly Finding[];
}

// What is read does not depend on the size of the domain.
const KEYS_AT_MOST = 100;
const WAITING_AT_MOST = 5;
const ADDRESSES_AT_MOST = 50;

/** The domain that is looked at. */
export interface CheckedDomain {
  readonly domainId: string;
  readonly ratePlan: RatePlanName;
}

/** Looks at a domain. Reads only, strongly consistent. */
export async function readiness(
  table: Table,
  { domainId, ratePlan }: CheckedDomain,
  settings: ReadinessSettings,
  now: Date,
): Promise<Readiness> {
  const notices = new NoticeStore(table);
  const limit = settings.plans[ratePlan];
  const found = await Promise.all([
    sender(settings),
    new ScimKeyStore(table).newest(domainId, KEYS_AT_MOST).then((keys) => keyFindings(keys, now)),
    seats(table, domainId),
    undeliverable(table, notices, domainId),
    new SuppressionStore(table)
      .list(domainId, ADDRESSES_AT_MOST)
      .then(({ addresses, next }) => bouncedFindings(addresses, next !== undefined)),
    limit ? readRateUsage(table, domainId, now).then((usage) => rateFindings(usage, limit)) : [],
    notices.refusals(domainId, now).then(refusedFindings),
    notices.leftOut(domainId, now).then(leftOutFindings),
    notices.ignored(domainId, now).then(ignoredFindings),
  ]);
  const findings = told(found.flat(), settings.docsUrl);
  return { ready: findings.length === 0, checkedAt: now.toISOString(), findings };
}

async function sender({ senderStatus, mailIdentity, onSenderUnknown }: ReadinessSettings): Promise<Found[]> {
  try {
    return mailFindings(await senderStatus(), mailIdentity);
  } catch (error) {
    onSenderUnknown(error);
    return [SENDER_UNKNOWN];
  }
}

async function seats(table: Table, domainId: string): Promise<Found[]> {
  const [counts, oldest] = await Promise.all([
    readCounts(table, domainId),
    oldestWaiting(table, domainId, WAITING_AT_MOST),
  ]);
  return seatFindings(counts, oldest);
}

async function undeliverable(table: Table, store: NoticeStore, domainId: string): Promise<Found[]> {
  const { notices } = await store.undeliverable(domainId, ADDRESSES_AT_MOST);
  const licenses = await new LicenseStore(table).readAll(
    domainId,
    notices.map(({ userId }) => userId),
  );
  return undeliverableFindings(notices.map((notice) => ({ notice, license: licenses.get(notice.userId) })));
}
