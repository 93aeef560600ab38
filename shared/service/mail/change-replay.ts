import { isAddressed, mailForLicense } from '../../mail/content/planned-mail';
import type { DomainStore } from '../../store/domains/domain-store';
import type { LicenseHistory } from '../../store/licenses/license-history';
import type { LicenseRecord } from '../../store/licenses/license-record';
import type { LicenseStore, TimeSpan } from '../../store/licenses/license-store';
import { NO_ADDRESS, wasToldOfKey } from '../../store/mail/mail-item';
import type { MailStore } from '../../store/mail/mail-store';
import type { OutboxStore } from '../../store/mail/outbox-store';

/** The number of domains that are searched at the same time. */
export const DOMAIN_CONCURRENCY = 10;
/** The number of changed licenses of a domain that are replayed at the same time. */
const LICENSE_CONCURRENCY = 5;
/** The number of entries of a license's history that are searched. */
const HISTORY_LIMIT = 50;

/** A domain whose licenses are not all searched: only those of users up to `after` are. */
interface OpenDomain {
  readonly domainId: string;
  readonly after?: string;
}

/** The place at which a search continues: the open domains, and then those after the domain `after`. */
export interface SearchPosition {
  readonly after?: string;
  readonly open: readonly OpenDomain[];
}

export const SEARCH_START: SearchPosition = { open: [] };

export interface ReplayDependencies {
  readonly domains: Pick<DomainStore, 'page'>;
  readonly licenses: Pick<LicenseStore, 'changedPage'>;
  readonly history: Pick<LicenseHistory, 'page'>;
  readonly mails: Pick<MailStore, 'read' | 'recordEntry' | 'recordNoAddress'>;
  readonly outbox: Pick<OutboxStore, 'add'>;
  /** Requests that free seats are given to the queued licenses of a domain. */
  readonly requestPromotion: (domainId: string, now: Date) => Promise<void>;
  readonly now: () => Date;
}

/**
 * Replays abandoned changes. Their messages contain only their time, so this finds the licenses that changed
 * then and have no entry for it. An abandoned record may also be one of counts, which should have started a
 * promotion.
 */
export class ChangeReplay {
  /** The number of emails that are due now. */
  mails = 0;

  constructor(
    private readonly dependencies: ReplayDependencies,
    private readonly spans: readonly TimeSpan[],
  ) {}

  /** Searches all domains, and stops when `isLate`. Returns the position then, or undefined at the end. */
  async run({ after, open }: SearchPosition, isLate: () => boolean): Promise<SearchPosition | undefined> {
    for (;;) {
      const left = await Promise.all(open.map((domain) => this.replayDomain(domain, isLate)));
      open = left.filter((domain) => domain !== undefined);
      if (open.length > 0 || isLate()) return { ...(after !== undefined && { after }), open };
      const { domains } = await this.dependencies.domains.page(DOMAIN_CONCURRENCY, after);
      if (domains.length === 0) return undefined;
      open = domains.map(({ domainId }) => ({ domainId }));
      after = domains.at(-1)?.domainId;
    }
  }

  /** Returns the domain if licenses are left. Each call makes progress, even if it is late at once. */
  private async replayDomain(domain: OpenDomain, isLate: () => boolean): Promise<OpenDomain | undefined> {
    const { domainId } = domain;
    let { after } = domain;
    do {
      const { licenses, next } = await this.dependencies.licenses.changedPage(domainId, this.spans, after);
      for (let at = 0; at < licenses.length; at += LICENSE_CONCURRENCY) {
        const group = licenses.slice(at, at + LICENSE_CONCURRENCY);
        for (const isDue of await Promise.all(group.map((license) => this.replayLicense(license))))
          if (isDue) this.mails++;
        if (isLate()) return { domainId, after: group.at(-1)?.userId };
      }
      after = next;
      if (after !== undefined && isLate()) return { domainId, after };
    } while (after !== undefined);
    await this.dependencies.requestPromotion(domainId, this.dependencies.now());
    return undefined;
  }

  /** Returns whether an email is due now. */
  private async replayLicense(license: LicenseRecord): Promise<boolean> {
    const { mails, outbox, now } = this.dependencies;
    if (license.changeId === undefined) return false;
    const mail = mailForLicense(license);
    const item = await mails.read(mail.ref);
    if (item && item.status !== NO_ADDRESS) return false;
    if (license.status === 'pending' || !(await this.wasNotified(license))) {
      await mails.recordEntry(mail.ref, mail.event, now());
      return false;
    }
    if (!isAddressed(mail)) {
      await mails.recordNoAddress(mail.ref, { ...mail.event, kind: mail.kind }, now());
      return false;
    }
    return outbox.add(mail.ref, { ...mail.event, kind: mail.kind, to: mail.holder.email }, now());
  }

  /**
   * Returns whether the user expects an email. After the end of a license, that is so only if its key was
   * emailed last. An entry without an email, or with one that was never sent, changes nothing.
   */
  private async wasNotified({ domainId, userId, status, activationId }: LicenseRecord): Promise<boolean> {
    if (status === 'active') return true;
    const { entries } = await this.dependencies.history.page(domainId, userId, HISTORY_LIMIT);
    if (entries.length === 0) return activationId !== undefined;
    return wasToldOfKey(entries);
  }
}
