import { randomUUID } from 'node:crypto';
import type { JSONWebKeySet } from 'jose';
import { type Clock, ServiceTime, SYSTEM_CLOCK, type TimeReading, type TimeRecord } from './clock.ts';
import type { ChangeEvent, EventType } from './events.ts';
import { issueTimeOf, type Lease, LeaseError, verifyLease } from './lease.ts';
import {
  ServiceApi,
  type ServiceApiOptions,
  ServiceRefusedError,
  ServiceUnavailableError,
} from './service-api.ts';
import { hashLicenseKey } from './license-key.ts';
import { Records, Turns } from './records.ts';
import type { Store } from './store.ts';

const MINUTE_MS = 60_000;
/** A reading of the clocks is stored at most so often. */
const STORE_EVERY_MS = MINUTE_MS;

/**
 * Whether the product may be used with a license key:
 *
 * - `active`: yes, until the lease ends
 * - `inactive`, `unknown`: no, the service says so
 * - `ended`: no. The lease has ended, and the service cannot be reached
 * - `dropped`: no. An event has ended the lease, and the service cannot be reached
 * - `clockTurnedBack`: no. The clock of this machine was turned back, and the service cannot be reached
 * - `unavailable`: no. There has been no lease yet, and the service cannot be reached
 */
export type LeaseState =
  | { readonly status: 'active'; readonly lease: Lease; readonly source: 'service' | 'store' }
  | { readonly status: 'inactive' | 'unknown' | 'ended' | 'dropped' | 'clockTurnedBack' | 'unavailable' };

export interface LeaseKeeperOptions extends ServiceApiOptions {
  /** The output `licenseUrl` of the stack `ScimApi`, which ends in `/license/v1`. */
  readonly url: string;
  readonly store: Store;
  /** The keys that the product knows. @default - those that the service publishes, stored with the lease */
  readonly keys?: JSONWebKeySet;
  /** @default - the clocks of this machine */
  readonly clock?: Clock;
}

interface LeaseRecord {
  /** Absent if an event has ended the lease, or if the service has. */
  readonly jwt?: string;
  readonly keys: JSONWebKeySet;
  readonly time: TimeRecord;
  /** The time of the service, in milliseconds, before which the service is not asked. */
  readonly renewAt: number;
  /** The answer of the service without a lease, and the reason why there is none. */
  readonly status: 'active' | 'inactive' | 'unknown' | 'dropped';
}

/** Events that end a license, or its key. The lease is dropped. */
const ENDING: ReadonlySet<string> = new Set<EventType>([
  'license.ended',
  'license.pending',
  'license.keyReplaced',
]);
/** Events after which a lease is out of date. It is renewed. */
const CHANGING: ReadonlySet<string> = new Set<EventType>(['license.activated', 'license.changed']);

/**
 * Keeps a lease for each license key, renews it in time, and decides whether the product may be used, also
 * without a connection.
 */
export class LeaseKeeper {
  private readonly api: ServiceApi;
  private readonly records: Records<LeaseRecord>;
  /** License → hash of its key, so that an event finds the lease. */
  private readonly owners: Records<string>;
  private readonly pinned?: JSONWebKeySet;
  private readonly clock: Clock;
  private readonly times = new Map<string, ServiceTime>();
  private readonly turns = new Turns();
  /** License → the last event that ended it, of those in the last minute. */
  private readonly endings = new Map<string, { readonly count: number; readonly at: number }>();
  /** Counts these events. */
  private endingCount = 0;

  constructor({ store, keys, clock = SYSTEM_CLOCK, ...api }: LeaseKeeperOptions) {
    this.api = new ServiceApi(api);
    this.records = new Records(store, 'lease:');
    this.owners = new Records(store, 'license:');
    this.pinned = keys;
    this.clock = clock;
  }

  /**
   * Returns whether the product may be used with this license key now. Call it at every start, and every few
   * minutes. Asks the service only if the lease must be renewed. Throws `ServiceRefusedError` if there is no
   * valid lease and the service refuses the request, for example because the key is missing. Throws
   * `LeaseError` if the service sends a lease that must not be accepted.
   */
  current(key: string): Promise<LeaseState> {
    const name = hashLicenseKey(key);
    return this.turns.take(name, () => this.decide(key, name));
  }

  /**
   * Applies an event of a webhook or of the feed: drops the lease of an ended license, and renews that of a
   * changed one. Returns whether this store has the lease. An event may arrive more than once.
   */
  async apply({
    type,
    domainId,
    subject,
  }: Pick<ChangeEvent, 'type' | 'domainId' | 'subject'>): Promise<boolean> {
    const [ends, changes] = [ENDING.has(type), CHANGING.has(type)];
    const owner = ownerName(domainId, subject.id);
    // The first lease of the license may be on its way.
    if (ends) this.noteEnding(owner);
    const name = ends || changes ? await this.owners.read(owner) : undefined;
    if (name === undefined) return false;
    return this.turns.take(name, async () => {
      const record = await this.records.read(name);
      if (!record) return false;
      const { jwt: _, ...dropped } = record;
      await this.records.write(
        name,
        ends ? { ...dropped, status: 'dropped', renewAt: 0 } : { ...record, renewAt: 0 },
      );
      return true;
    });
  }

  private async decide(key: string, name: string): Promise<LeaseState> {
    const time = this.timeOf(name);
    const record = await this.records.read(name);
    const reading = record && time.read(record.time);
    const lease = record && reading && (await this.storedLease(record, reading, name));
    const isDue = !record || !reading || reading.isTurnedBack || reading.now >= record.renewAt;
    if (record && reading && !isDue) {
      if (reading.now - record.time.now >= STORE_EVERY_MS) await this.keepTime(name, record, reading);
      if (lease) return { status: 'active', lease, source: 'store' };
      if (record.status !== 'active') return { status: record.status };
    }
    try {
      return await this.renew(key, name, time, record);
    } catch (error) {
      // A firewall or a wrong route on the way refuses requests, too. That says nothing about a valid lease.
      const isPassing =
        error instanceof ServiceUnavailableError || (lease && error instanceof ServiceRefusedError);
      if (!isPassing) throw error;
      if (record && reading) await this.keepTime(name, record, reading, error);
      return lease ? { status: 'active', lease, source: 'store' } : offlineState(record, reading);
    }
  }

  /** Returns the stored lease if it is valid now. */
  private async storedLease(
    { jwt, keys }: LeaseRecord,
    { now, isTurnedBack }: TimeReading,
    keyHash: string,
  ): Promise<Lease | undefined> {
    if (jwt === undefined || isTurnedBack) return undefined;
    try {
      return await verifyLease(jwt, {
        keys: this.pinned ?? keys,
        issuer: this.api.url,
        now: new Date(now),
        keyHash,
      });
    } catch (error) {
      if (error instanceof LeaseError) return undefined;
      throw error;
    }
  }

  private async renew(
    key: string,
    name: string,
    time: ServiceTime,
    record: LeaseRecord | undefined,
  ): Promise<LeaseState> {
    const [nonce, endingsBefore] = [randomUUID(), this.endingCount];
    const answer = await this.api.get(`lease?nonce=${nonce}`, { 'License-Key': key });
    const { status, lease: jwt } = answer.body;
    if (status === 'inactive' || status === 'unknown') {
      const now = this.clock.wall();
      const renewAt = now + answer.maxAgeSeconds * 1000;
      await this.records.write(name, { keys: { keys: [] }, time: time.start(now), renewAt, status });
      return { status };
    }
    if (status !== 'active' || typeof jwt !== 'string')
      throw new ServiceUnavailableError('The answer is not one about a lease.');
    const { lease, keys } = await this.verifyAnswer(jwt, { keyHash: name, nonce }, record);
    const now = lease.issuedAt.getTime();
    const renewAt = now + answer.maxAgeSeconds * 1000;
    const owner = ownerName(lease.domain.id, lease.licenseId);
    await this.owners.write(owner, name);
    if ((this.endings.get(owner)?.count ?? 0) > endingsBefore) {
      await this.records.write(name, { keys, time: time.start(now), renewAt: 0, status: 'dropped' });
      return { status: 'dropped' };
    }
    await this.records.write(name, { jwt, keys, time: time.start(now), renewAt, status: 'active' });
    return { status: 'active', lease, source: 'service' };
  }

  private async verifyAnswer(
    jwt: string,
    { keyHash, nonce }: { readonly keyHash: string; readonly nonce: string },
    record: LeaseRecord | undefined,
  ): Promise<{ lease: Lease; keys: JSONWebKeySet }> {
    // The nonce shows that the lease was issued just now, whatever the clock of this machine says.
    const options = { issuer: this.api.url, now: new Date(issueTimeOf(jwt)), keyHash, nonce };
    const keys = this.pinned ?? record?.keys ?? { keys: [] };
    try {
      return { lease: await verifyLease(jwt, { ...options, keys }), keys };
    } catch (error) {
      if (this.pinned || !(error instanceof LeaseError && error.code === 'unknownKey')) throw error;
      const published = await this.api.keys();
      return { lease: await verifyLease(jwt, { ...options, keys: published }), keys: published };
    }
  }

  private noteEnding(owner: string): void {
    const now = this.clock.steady();
    for (const [other, { at }] of this.endings) if (at < now - MINUTE_MS) this.endings.delete(other);
    this.endings.set(owner, { count: ++this.endingCount, at: now });
  }

  private async keepTime(
    name: string,
    record: LeaseRecord,
    { isTurnedBack: _, ...time }: TimeReading,
    failure?: ServiceUnavailableError | ServiceRefusedError,
  ): Promise<void> {
    const seconds = failure instanceof ServiceUnavailableError ? failure.retryAfterSeconds : undefined;
    const pause = (seconds ?? 60) * 1000 + Math.random() * MINUTE_MS;
    // A lease that is still valid is not renewed at each call. Without one, every call asks.
    const renewAt = failure && record.jwt !== undefined ? time.now + pause : record.renewAt;
    await this.records.write(name, { ...record, time, renewAt });
  }

  private timeOf(name: string): ServiceTime {
    const time = this.times.get(name) ?? new ServiceTime(this.clock);
    this.times.set(name, time);
    return time;
  }
}

function offlineState(record: LeaseRecord | undefined, reading: TimeReading | undefined): LeaseState {
  if (!record || !reading) return { status: 'unavailable' };
  if (record.status !== 'active') return { status: record.status };
  return { status: reading.isTurnedBack ? 'clockTurnedBack' : 'ended' };
}

const ownerName = (domainId: string, licenseId: string): string => `${domainId}/${licenseId}`;
