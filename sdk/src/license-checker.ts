import { type Clock, ServiceTime, SYSTEM_CLOCK, type TimeRecord } from './clock.ts';
import { ServiceApi, type ServiceApiOptions, ServiceUnavailableError } from './service-api.ts';
import { hashLicenseKey } from './license-key.ts';
import { Records, Turns } from './records.ts';
import type { Store } from './store.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The answer to a license check. */
export interface CheckAnswer {
  readonly status: 'active' | 'inactive' | 'unknown';
  /** Present if the license is active. */
  readonly userType?: string;
  readonly domain?: { readonly id: string; readonly name: string };
  /** Present if the license is active, and if the checker asks for them. */
  readonly organizations?: readonly LicenseOrganization[];
}

/** An organization of the user, and a role of the user in it. */
export interface LicenseOrganization {
  readonly name: string;
  readonly role: string;
}

/**
 * An answer, and how it was found: asked now, within its cache time, or in the grace period because of a
 * failure.
 */
export interface CheckedLicense extends CheckAnswer {
  readonly source: 'service' | 'cache' | 'grace';
}

export interface LicenseCheckerOptions extends ServiceApiOptions {
  /** The output `licenseUrl` of the stack `ScimApi`, which ends in `/license/v1`. */
  readonly url: string;
  readonly store: Store;
  /**
   * The number of days for which an active answer is used while the service cannot be reached. @default 14
   */
  readonly graceDays?: number;
  /** Whether answers contain the organizations of the user. @default false */
  readonly includeOrganizations?: boolean;
  /** @default - the clocks of this machine */
  readonly clock?: Clock;
}

interface CheckRecord {
  readonly answer: CheckAnswer;
  readonly time: TimeRecord;
  /**
   * Times of the service, in milliseconds: of the answer, of the next check, and of the end of the cache
   * time.
   */
  readonly answeredAt: number;
  readonly checkAt: number;
  readonly freshUntil: number;
}

/**
 * Checks license keys, and keeps the answers for the time that the service allows. If the service cannot be
 * reached, an active license stays active for a grace period.
 */
export class LicenseChecker {
  private readonly api: ServiceApi;
  private readonly records: Records<CheckRecord>;
  private readonly graceMs: number;
  private readonly path: string;
  private readonly clock: Clock;
  private readonly times = new Map<string, ServiceTime>();
  private readonly turns = new Turns();

  constructor(options: LicenseCheckerOptions) {
    const { store, graceDays = 14, includeOrganizations = false, clock = SYSTEM_CLOCK, ...api } = options;
    this.api = new ServiceApi(api);
    // An answer without organizations must not be used for a question about them.
    this.records = new Records(store, includeOrganizations ? 'check+organizations:' : 'check:');
    this.graceMs = graceDays * DAY_MS;
    this.path = includeOrganizations ? 'check?include=organizations' : 'check';
    this.clock = clock;
  }

  /**
   * Checks a license key, as the person typed it. Throws `ServiceUnavailableError` if there is no answer and
   * no grace, and `ServiceRefusedError` if the key is missing.
   */
  check(key: string): Promise<CheckedLicense> {
    const name = hashLicenseKey(key);
    return this.turns.take(name, () => this.checkNow(key, name));
  }

  private async checkNow(key: string, name: string): Promise<CheckedLicense> {
    const time = this.timeOf(name);
    const stored = await this.records.read(name);
    const reading = stored && time.read(stored.time);
    if (stored && reading && !reading.isTurnedBack) {
      const { now } = reading;
      if (now < stored.freshUntil) return { ...stored.answer, source: 'cache' };
      if (now < stored.checkAt && this.hasGrace(stored, now)) return { ...stored.answer, source: 'grace' };
    }
    try {
      return await this.ask(key, name, time);
    } catch (error) {
      if (!(error instanceof ServiceUnavailableError) || !stored || !reading) throw error;
      const isUsable = !reading.isTurnedBack && this.hasGrace(stored, reading.now);
      const pause = (error.retryAfterSeconds ?? 60) * 1000 + Math.random() * MINUTE_MS;
      const { isTurnedBack: _, ...record } = reading;
      await this.records.write(name, { ...stored, time: record, checkAt: reading.now + pause });
      if (!isUsable) throw error;
      return { ...stored.answer, source: 'grace' };
    }
  }

  private async ask(key: string, name: string, time: ServiceTime): Promise<CheckedLicense> {
    const { body, maxAgeSeconds } = await this.api.get(this.path, { 'License-Key': key });
    const answer = readAnswer(body);
    const now = this.clock.wall();
    const freshUntil = now + maxAgeSeconds * 1000;
    // An answer of the check does not name a time, so the time begins at that of this machine.
    const record = { answer, time: time.start(now), answeredAt: now, checkAt: freshUntil, freshUntil };
    await this.records.write(name, record);
    return { ...answer, source: 'service' };
  }

  private hasGrace({ answer, answeredAt }: CheckRecord, now: number): boolean {
    return answer.status === 'active' && now <= answeredAt + this.graceMs;
  }

  private timeOf(name: string): ServiceTime {
    const time = this.times.get(name) ?? new ServiceTime(this.clock);
    this.times.set(name, time);
    return time;
  }
}

/** Throws if the answer is not one of the service, for example that of a proxy. */
function readAnswer(body: Readonly<Record<string, unknown>>): CheckAnswer {
  const { status, userType, domain, organizations } = body as Partial<CheckAnswer>;
  if (status !== 'active' && status !== 'inactive' && status !== 'unknown')
    throw new ServiceUnavailableError('The answer is not one of a license check.');
  return status === 'active'
    ? { status, userType, domain, ...(organizations && { organizations }) }
    : { status };
}
