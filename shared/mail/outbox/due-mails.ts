import type { DuePage, OutboxEntry, OutboxStore } from '../../store/mail/outbox-store';
import type { OutboxMinute } from '../../store/mail/outbox-minutes';
import { MinuteCleanup } from './minute-cleanup';

/** The interval at which a run looks for domains that have got due emails. */
const REFRESH_MS = 1_000;
/** The part of the time that a run spends on domains without due emails, as milliseconds for each domain. */
const IDLE_MS_PER_DOMAIN = 10;

/** The entries that the previous version stored for all domains are one more domain. */
const SHARED = '';

/** Returns whether emails may be due: if none is, it is true for a few minutes after the last one. */
export async function hasDueMails(outbox: DueMailsParts['outbox'], now: Date): Promise<boolean> {
  for await (const minutes of outbox.minutes.begunBy(now)) if (minutes.length > 0) return true;
  return (await outbox.duePage(undefined, now)).entries.length > 0;
}

export interface DueMailsParts {
  readonly outbox: Pick<OutboxStore, 'duePage'> & {
    readonly minutes: Pick<OutboxStore['minutes'], 'begunBy' | 'isOver' | 'merge' | 'remove'>;
  };
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  /** Waits for emails that are due in this time, instead of leaving them to the next run. @default 0 */
  readonly lingerMs?: number;
  /** Returns whether the emails of a domain are paused. None of them is taken. @default no domain */
  readonly isPaused?: (domainId: string) => Promise<boolean>;
}

/**
 * The due emails of the outbox, one domain after the other. A turn reads at most one page of a domain, so the
 * backlog of a domain costs the others nothing. Each email is returned once.
 */
export class DueMails {
  /** The domains that may have due emails, in the order of their turns. */
  private readonly turns: DomainMails[] = [];
  private readonly domains = new Map<string, DomainMails>();
  private minutes: OutboxMinute[] = [];
  private refreshAt = 0;
  private last: Promise<unknown> = Promise.resolve();
  private readonly cleanup: MinuteCleanup;

  constructor(private readonly parts: DueMailsParts) {
    this.cleanup = new MinuteCleanup(parts.outbox.minutes);
  }

  /** Returns the email whose turn it is; undefined if none is due. */
  next(): Promise<OutboxEntry | undefined> {
    // One call after the other, so that two workers do not read the same page.
    const result = this.last.then(() => this.take());
    this.last = result.catch(() => undefined);
    return result;
  }

  /** Finishes the work that no email waits for. Throws if some of it failed. */
  finish(): Promise<void> {
    return this.cleanup.finish();
  }

  private async take(): Promise<OutboxEntry | undefined> {
    const { now, sleep, lingerMs = 0 } = this.parts;
    if (now().getTime() >= this.refreshAt) await this.refresh();
    let soonest: DomainMails | undefined;
    for (let left = this.turns.length; left > 0; left--) {
      const domain = this.turns.shift();
      if (!domain) break;
      const entry = await domain.peek(new Date(now().getTime() + lingerMs));
      if (!entry) {
        domain.idleSince = now().getTime();
        this.removeMinutes(domain);
        continue;
      }
      this.turns.push(domain);
      if (Date.parse(entry.dueAt) <= now().getTime()) return domain.take();
      if (!soonest?.first || entry.dueAt < soonest.first.dueAt) soonest = domain;
    }
    if (!soonest?.first) return undefined;
    await sleep(Date.parse(soonest.first.dueAt) - now().getTime());
    return soonest.take();
  }

  /** Gives turns to the domains that have got due emails, those with the oldest emails first. */
  private async refresh(): Promise<void> {
    const at = this.parts.now();
    this.refreshAt = at.getTime() + REFRESH_MS;
    this.minutes = [];
    for await (const page of this.parts.outbox.minutes.begunBy(at)) this.minutes.push(...page);
    this.cleanup.merge(this.minutes.filter((minute) => this.parts.outbox.minutes.isOver(minute, at)));
    // An email that SES has refused because of its rate is due again after a second.
    const idleMs = Math.max(REFRESH_MS, this.domains.size * IDLE_MS_PER_DOMAIN);
    for (const domainId of new Set([SHARED, ...this.minutes.map(({ domainId: id }) => id)])) {
      const known = this.domains.get(domainId);
      const isIdle = known?.idleSince !== undefined && at.getTime() >= known.idleSince + idleMs;
      if (known && (!isIdle || domainId === SHARED)) continue;
      if (domainId !== SHARED && (await this.parts.isPaused?.(domainId))) continue;
      const domain = known ?? this.addDomain(domainId);
      domain.idleSince = undefined;
      this.turns.push(domain);
    }
  }

  private addDomain(domainId: string): DomainMails {
    const { outbox } = this.parts;
    const page: PageReader = (before, after) =>
      domainId === SHARED ? this.sharedPage(before, after) : outbox.duePage(domainId, before, after);
    const domain = new DomainMails(domainId, page);
    this.domains.set(domainId, domain);
    return domain;
  }

  /** Reads a page of the entries of all domains, without those of domains whose emails are paused. */
  private async sharedPage(before: Date, after?: DuePage['next']): Promise<DuePage> {
    const { outbox, isPaused } = this.parts;
    const { entries, ...rest } = await outbox.duePage(undefined, before, after);
    const paused = new Map<string, boolean>();
    for (const { domainId } of entries)
      if (!paused.has(domainId)) paused.set(domainId, (await isPaused?.(domainId)) ?? false);
    return { ...rest, entries: entries.filter(({ domainId }) => !paused.get(domainId)) };
  }

  /** Forgets a domain that has no due emails anymore. */
  private removeMinutes({ domainId, isEmpty }: DomainMails): void {
    if (!isEmpty || domainId === SHARED) return;
    const { outbox, now } = this.parts;
    this.cleanup.remove(
      this.minutes.filter((minute) => minute.domainId === domainId && outbox.minutes.isOver(minute, now())),
    );
  }
}

type PageReader = (before: Date, after?: DuePage['next']) => Promise<DuePage>;

/** The due emails of one domain. */
class DomainMails {
  /** The time since which no email was due, in milliseconds since the epoch. */
  idleSince: number | undefined;
  /** True if the last look found no email at all, not even one that is being sent. */
  isEmpty = false;
  private readonly taken = new Set<string>();
  private page: OutboxEntry[] = [];

  constructor(
    readonly domainId: string,
    private readonly read: PageReader,
  ) {}

  get first(): OutboxEntry | undefined {
    return this.page[0];
  }

  take(): OutboxEntry | undefined {
    const entry = this.page.shift();
    if (entry) this.taken.add(idOf(entry));
    return entry;
  }

  /**
   * Returns the first email that is due before a time and was not taken. It starts at the earliest email
   * again after each page, because functions store emails in any order. Emails that were sent are not there
   * anymore.
   */
  async peek(before: Date): Promise<OutboxEntry | undefined> {
    if (this.page.length > 0) return this.first;
    this.isEmpty = true;
    let after: DuePage['next'];
    do {
      const { entries, next } = await this.read(before, after);
      if (entries.length > 0) this.isEmpty = false;
      this.page = entries.filter((entry) => !this.taken.has(idOf(entry)));
      after = next;
    } while (this.page.length === 0 && after);
    return this.first;
  }
}

const idOf = ({ dueAt, userId, mailId }: OutboxEntry): string => `${dueAt}#${userId}#${mailId}`;
