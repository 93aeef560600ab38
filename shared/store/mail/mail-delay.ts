import { domainKey } from '../table/keys';
import { optionalFlag, optionalNumber, type Item } from '../table/read-item';
import type { Table } from '../table/table';

/** The lifetime of cached settings. Emails that are resumed do not wait for long. */
const CACHE_MS = 60_000;
const PAUSED_CACHE_MS = 5_000;
const MINUTE_MS = 60_000;

/** The settings of a domain for its emails. An absent limit is that of the deployment. */
export interface DomainMailSettings {
  /** The time between an activation and its first email. */
  readonly delayMs: number;
  /** Whether an operator has paused the emails of the domain. */
  readonly isPaused: boolean;
  readonly minutesPerAddress?: number;
  readonly emailsPerHour?: number;
}

/**
 * Reads the settings of domains for their emails, and caches them for a minute, or for seconds if they are
 * paused.
 */
export class MailDelays {
  private readonly cache = new Map<
    string,
    { readonly settings: DomainMailSettings; readonly until: number }
  >();

  constructor(private readonly table: Table) {}

  /**
   * Returns the time between an activation and its first email in milliseconds; 0 if the domain does not
   * exist.
   */
  async get(domainId: string, now: Date): Promise<number> {
    return (await this.settings(domainId, now)).delayMs;
  }

  async isPaused(domainId: string, now: Date): Promise<boolean> {
    return (await this.settings(domainId, now)).isPaused;
  }

  /** Returns the defaults if the domain does not exist. */
  async settings(domainId: string, now: Date): Promise<DomainMailSettings> {
    const cached = this.cache.get(domainId);
    return cached && now.getTime() < cached.until ? cached.settings : this.read(domainId, now, true);
  }

  /** Reads the settings as they are now. */
  async current(domainId: string, now: Date): Promise<DomainMailSettings> {
    return this.read(domainId, now, false);
  }

  private async read(
    domainId: string,
    now: Date,
    eventuallyConsistent: boolean,
  ): Promise<DomainMailSettings> {
    const domain = await this.table.get(domainKey(domainId), {
      attributes: ['mailDelayMinutes', 'mailPaused', 'mailMinutesPerAddress', 'mailsPerHour'],
      eventuallyConsistent,
    });
    const settings = readSettings(domain ?? {});
    const until = now.getTime() + (settings.isPaused ? PAUSED_CACHE_MS : CACHE_MS);
    this.cache.set(domainId, { settings, until });
    return settings;
  }
}

const readSettings = (domain: Item): DomainMailSettings => ({
  delayMs: (optionalNumber(domain, 'mailDelayMinutes') ?? 0) * MINUTE_MS,
  isPaused: optionalFlag(domain, 'mailPaused') ?? false,
  minutesPerAddress: optionalNumber(domain, 'mailMinutesPerAddress'),
  emailsPerHour: optionalNumber(domain, 'mailsPerHour'),
});
