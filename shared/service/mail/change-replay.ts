import { contentOf, isAddressed, mailForLicense, type PlannedMail } from '../../mail/content/planned-mail';
import { CLAIM_LEASE_MS } from '../../mail/delivery/delivery';
import { type EarlierMailsParts, isNeeded, supersedeEarlier } from '../../mail/delivery/earlier-mails';
import type { DomainStore } from '../../store/domains/domain-store';
import type { LicenseHistory } from '../../store/licenses/license-history';
import type { LicenseRecord } from '../../store/licenses/license-record';
import type { LicenseStore, TimeSpan } from '../../store/licenses/license-store';
import { type MailItem, NO_ADDRESS } from '../../store/mail/mail-item';
import type { MailStore } from '../../store/mail/mail-store';
import type { OutboxStore } from '../../store/mail/outbox-store';

/** The number of domains that are searched at the same time. */
export const DOMAIN_CONCURRENCY = 10;
/** The number of changed licenses of a domain that are replayed at the same time. */
const LICENSE_CONCURRENCY = 5;
/** The number of entries of a license's history in which claims are searched. */
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
  readonly mails: EarlierMailsParts['mails'] &
    Pick<MailStore, 'claim' | 'recordEntry' | 'recordNoAddress' | 'reopen' | 'withdraw'>;
  readonly outbox: EarlierMailsParts['outbox'] & Pick<OutboxStore, 'adopt' | 'postpone'>;
  /** Requests that free seats are given to the queued licenses of a domain. */
  readonly requestPromotion: (domainId: string, now: Date) => Promise<void>;
  readonly now: () => Date;
}

/**
 * Replays abandoned changes. Their messages contain only their time, so this finds the licenses that changed
 * then, and have no entry for it or an email that its sender has abandoned. An abandoned record may also be
 * one of counts, which should have started a promotion.
 */
export class ChangeReplay {
  /** The number of emails that are due now. */
  mails = 0;
  /** Whether a change was not replayed, because an earlier email of its license is being sent. */
  isBusy = false;

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
        await Promise.all(group.map((license) => this.replayLicense(license)));
        if (isLate()) return { domainId, after: group.at(-1)?.userId };
      }
      after = next;
      if (after !== undefined && isLate()) return { domainId, after };
    } while (after !== undefined);
    await this.dependencies.requestPromotion(domainId, this.dependencies.now());
    return undefined;
  }

  private async replayLicense(license: LicenseRecord): Promise<void> {
    const { history, outbox, now } = this.dependencies;
    const { domainId, userId, changeId } = license;
    if (changeId === undefined) return;
    const { entries } = await history.page(domainId, userId, HISTORY_LIMIT);
    for (const entry of entries)
      if (entry.status === 'claimed' && (await outbox.adopt(entry, now()))) this.mails++;
    const mail = mailForLicense(license);
    const item = entries.find(({ mailId }) => mailId === mail.ref.mailId);
    if (item && !(await this.maySendAgain(mail, item))) return;
    if (license.status === 'pending') await this.dependencies.mails.recordEntry(mail.ref, mail.event, now());
    else await this.replayMail(mail);
  }

  /**
   * Makes the email of a change due if the user needs it. The stream may still deliver an earlier change of
   * the license, and send its email. Once this one is claimed, it does not. So only then is it known which
   * emails the user got. For the same reason, the entry has no `toldBy`.
   */
  private async replayMail(mail: PlannedMail): Promise<void> {
    const { mails, outbox, now } = this.dependencies;
    const { ref, event, kind } = mail;
    const earlier = await supersedeEarlier(mail, this.dependencies);
    if (earlier.isBeingSent) {
      this.isBusy = true;
      return;
    }
    if (!isAddressed(mail)) {
      if (isNeeded(mail, earlier)) await mails.recordNoAddress(ref, { ...event, kind }, now());
      else await mails.recordEntry(ref, event, now());
      return;
    }
    const claim = await mails.claim(ref, contentOf(mail), now());
    if (typeof claim === 'string') return;
    const settled = await supersedeEarlier(mail, this.dependencies);
    if (claim.attempts === 1 && !isNeeded(mail, settled)) return mails.withdraw(ref, claim, now());
    const dueAt = new Date(now().getTime() + (settled.isBeingSent ? CLAIM_LEASE_MS : 0));
    if (await outbox.postpone(ref, claim, dueAt, undefined, { isUnsent: true })) this.mails++;
  }

  /**
   * Returns whether an email that has an entry may be sent to another address: it had none, or SES refused
   * the former one.
   */
  private async maySendAgain(
    { ref, kind, refusedAddress, holder }: PlannedMail,
    { status }: MailItem,
  ): Promise<boolean> {
    if (status === NO_ADDRESS) return true;
    if (kind !== 'license-key' || refusedAddress === undefined || refusedAddress === holder.email)
      return false;
    return this.dependencies.mails.reopen(ref, refusedAddress);
  }
}
