import { createHash } from 'node:crypto';
import { diagnosticKey } from '../table/keys';
import type { PageKey } from '../table/operations/query';
import type { Table } from '../table/table';
import type {
  DiagnosticsPage,
  DuplicateNameNotice,
  IgnoredAttribute,
  Refusal,
  RefusedRequests,
  UndeliverableAddress,
  UnknownFilterAttribute,
  UnknownMembers,
} from './diagnostic';
import { readDiagnostics, readSent } from './query-diagnostics';
import {
  readDuplicateName,
  readIgnoredAttribute,
  readRefusedRequests,
  readUndeliverableAddress,
  readUnknownFilterAttribute,
  readUnknownMembers,
} from './read-diagnostic';
import { truncateDiagnosticText, truncateTexts } from './truncate';

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 24 * HOUR_SECONDS;
/** Refusals are reported for a day, in items of one hour each. */
const REFUSAL_TTL_SECONDS = 26 * HOUR_SECONDS;
/** Ignored attributes and unknown members are reported for this long after a client last sent them. */
const SENT_TTL_SECONDS = 7 * DAY_SECONDS;
const ADDRESS_TTL_SECONDS = 90 * DAY_SECONDS;

/** A request waits for its diagnostics to be written, so a slow table must not hold it up for longer. */
const TIMEOUT_MS = 3_000;

/**
 * Stores problems of clients and emails that an administrator should know. Written best effort, and read by
 * readiness.
 */
export class DiagnosticsStore {
  constructor(
    private readonly table: Table,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {}

  recordRefusal(domainId: string, refusal: Refusal, count: number, now: Date): Promise<void> {
    const { status, ...given } = refusal;
    const texts = truncateTexts({ ...given });
    const { method, route, scimType = '', userAgent = '', connectionId = '' } = texts;
    const kind = hashOf([method, route, String(status), scimType, userAgent, connectionId]);
    return this.update(
      domainId,
      `refused#${hourOf(now)}#${kind}`,
      { ...texts, status, lastAt: now.toISOString(), ttl: ttl(now, REFUSAL_TTL_SECONDS) },
      count,
    );
  }

  recordIgnored(domainId: string, ignored: Omit<IgnoredAttribute, 'lastAt'>, now: Date): Promise<void> {
    const texts = truncateTexts({ ...ignored });
    return this.update(
      domainId,
      `ignored#${texts.resourceType}#${texts.attribute}${suffixOf(texts)}`,
      { ...texts, lastAt: now.toISOString(), ttl: ttl(now, SENT_TTL_SECONDS) },
      1,
    );
  }

  recordUnknownFilterAttribute(
    domainId: string,
    { resourceTypes, ...unknown }: Omit<UnknownFilterAttribute, 'lastAt'>,
    now: Date,
  ): Promise<void> {
    const texts = truncateTexts({ ...unknown, resourceTypes: resourceTypes.join(' ') });
    return this.update(
      domainId,
      `filter#${texts.resourceTypes}#${texts.attribute}${suffixOf(texts)}`,
      { ...texts, lastAt: now.toISOString(), ttl: ttl(now, SENT_TTL_SECONDS) },
      1,
    );
  }

  recordUnknownMembers(domainId: string, unknown: Omit<UnknownMembers, 'lastAt'>, now: Date): Promise<void> {
    const { count, ...given } = unknown;
    const texts = truncateTexts(given);
    return this.update(
      domainId,
      `left-out#${texts.resourceId}${suffixOf(texts)}`,
      { ...texts, lastAt: now.toISOString(), ttl: ttl(now, SENT_TTL_SECONDS) },
      count,
    );
  }

  async recordUndeliverable(
    domainId: string,
    address: Omit<UndeliverableAddress, 'lastAt'>,
    now: Date,
  ): Promise<void> {
    const { detail, email } = address;
    const kind = email === undefined ? 'no-address' : 'undeliverable';
    await this.table.put(
      {
        ...diagnosticKey(domainId, `${kind}#${address.userId}`),
        ...address,
        detail: detail && truncateDiagnosticText(detail),
        lastAt: now.toISOString(),
        ttl: ttl(now, ADDRESS_TTL_SECONDS),
      },
      { timeoutMs: this.timeoutMs },
    );
  }

  recordDuplicateName(
    domainId: string,
    duplicate: Omit<DuplicateNameNotice, 'lastAt'>,
    now: Date,
  ): Promise<void> {
    return this.update(
      domainId,
      duplicateNameId(duplicate),
      { ...truncateTexts({ ...duplicate }), lastAt: now.toISOString(), ttl: ttl(now, ADDRESS_TTL_SECONDS) },
      1,
    );
  }

  async removeDuplicateName(
    domainId: string,
    duplicate: Pick<DuplicateNameNotice, 'resourceType' | 'resourceId'>,
  ): Promise<void> {
    await this.table.delete(diagnosticKey(domainId, duplicateNameId(duplicate)));
  }

  duplicateNames(domainId: string): Promise<DiagnosticsPage<DuplicateNameNotice>> {
    return readDiagnostics(this.table, domainId, { kind: 'duplicate' }, readDuplicateName);
  }

  /** Returns the refusals of the last 24 hours, of one connection or of all. */
  refusals(domainId: string, now: Date, connectionId?: string): Promise<DiagnosticsPage<RefusedRequests>> {
    const since = new Date(now.getTime() - DAY_SECONDS * 1_000);
    const range = { kind: 'refused', from: hourOf(since) };
    return readSent(this.table, { domainId, connectionId }, range, readRefusedRequests, since);
  }

  /** Returns the attributes that were ignored in the last `SENT_TTL_SECONDS`. */
  ignored(domainId: string, now: Date, connectionId?: string): Promise<DiagnosticsPage<IgnoredAttribute>> {
    const sender = { domainId, connectionId };
    return readSent(this.table, sender, { kind: 'ignored' }, readIgnoredAttribute, reportedSince(now));
  }

  /** Returns the unknown attributes that filters used in the last `SENT_TTL_SECONDS`. */
  unknownFilterAttributes(
    domainId: string,
    now: Date,
    connectionId?: string,
  ): Promise<DiagnosticsPage<UnknownFilterAttribute>> {
    const sender = { domainId, connectionId };
    return readSent(this.table, sender, { kind: 'filter' }, readUnknownFilterAttribute, reportedSince(now));
  }

  /** Returns the unknown members that were sent in the last `SENT_TTL_SECONDS`. */
  unknownMembers(
    domainId: string,
    now: Date,
    connectionId?: string,
  ): Promise<DiagnosticsPage<UnknownMembers>> {
    const sender = { domainId, connectionId };
    return readSent(this.table, sender, { kind: 'left-out' }, readUnknownMembers, reportedSince(now));
  }

  undeliverable(
    domainId: string,
    limit?: number,
    after?: PageKey,
  ): Promise<DiagnosticsPage<UndeliverableAddress>> {
    return readDiagnostics(
      this.table,
      domainId,
      { kind: 'undeliverable', limit, after },
      readUndeliverableAddress,
    );
  }

  /** Returns the licenses without an address. They are a separate kind, so that they hide no bad address. */
  missingAddresses(
    domainId: string,
    limit?: number,
    after?: PageKey,
  ): Promise<DiagnosticsPage<UndeliverableAddress>> {
    return readDiagnostics(
      this.table,
      domainId,
      { kind: 'no-address', limit, after },
      readUndeliverableAddress,
    );
  }

  private async update(
    domainId: string,
    id: string,
    set: Readonly<Record<string, unknown>>,
    count: number,
  ): Promise<void> {
    const changes = { set, add: { count } };
    await this.table.update(diagnosticKey(domainId, id), changes, { timeoutMs: this.timeoutMs });
  }
}

const reportedSince = (now: Date): Date => new Date(now.getTime() - SENT_TTL_SECONDS * 1_000);

/** Ends the id of a diagnostic of a connection. */
const suffixOf = ({ connectionId }: { readonly connectionId?: string }): string =>
  connectionId === undefined ? '' : `#${connectionId}`;

const duplicateNameId = ({
  resourceType,
  resourceId,
}: Pick<DuplicateNameNotice, 'resourceType' | 'resourceId'>): string =>
  `duplicate#${resourceType}#${resourceId}`;

/** Returns the hour of a time, in a form that sorts. */
const hourOf = (time: Date): string => time.toISOString().slice(0, 13);

const ttl = (now: Date, seconds: number): number => Math.floor(now.getTime() / 1_000) + seconds;

const hashOf = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
