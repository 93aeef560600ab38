import type { ScimError } from '../../scim/error';
import type { Diagnostics } from '../../service/diagnostics/diagnostics';
import type { Refusal } from '../../store/diagnostics/diagnostic';
import type { DiagnosticsStore } from '../../store/diagnostics/diagnostics-store';
import type { Clock } from '../chain/clock';
import type { HourlyDeduplicator } from './hourly-deduplicator';
import type { WriteShare } from './write-share';

/** The writing part of the store. */
export type DiagnosticsWriter = Pick<
  DiagnosticsStore,
  | 'recordRefusal'
  | 'recordIgnored'
  | 'recordUnknownFilterAttribute'
  | 'recordUnknownMembers'
  | 'recordUndeliverable'
>;

export interface DiagnosticsOptions {
  readonly store: () => DiagnosticsWriter;
  /** Shared by all requests of the process: what every request sends is recorded once an hour. */
  readonly deduplicator: HourlyDeduplicator;
  /** Shared by all requests of the process. @default no limit */
  readonly share?: Pick<WriteShare, 'take'>;
  readonly now: Clock;
  readonly onFailed: (error: unknown) => void;
  /** Writes an audit event of a refused change. @default refusals are not audited */
  readonly audit?: AuditRefusal;
}

/** The client whose requests are recorded. */
export interface DiagnosedClient {
  readonly domainId: string;
  readonly connectionId: string;
  readonly userAgent?: string;
}

/** The kind of a request, by which similar requests are grouped. */
export interface DiagnosedRequest {
  readonly method: string;
  /** The pattern of the path, e.g. `/Users/{id}`. */
  readonly route: string;
  /** True if a route has this path and method. */
  readonly isServed: boolean;
  /** Id in the path. */
  readonly resourceId?: string;
}

/** Writes an audit event of a refused change. */
export type AuditRefusal = (request: DiagnosedRequest, error: ScimError) => Promise<void>;

/**
 * Limits the writes of one request: a bulk, or a body with many unknown attributes, could cause any number.
 */
const MAX_WRITES = 20;

/**
 * Records the diagnostics of one request. Most writes start at once and run next to the request's own work.
 * Refusals are counted and written at the end. A failed write does not fail the request.
 */
export class RequestDiagnostics implements Diagnostics {
  private readonly refusals = new Map<string, { readonly refusal: Refusal; count: number }>();
  private readonly writes: Promise<void>[] = [];

  constructor(
    private readonly client: DiagnosedClient,
    private readonly options: DiagnosticsOptions,
  ) {}

  ignored(resourceType: string, attribute: string, reason?: string): void {
    if (!this.isNew([resourceType, attribute])) return;
    const ignored = { resourceType, attribute, ...(reason && { reason }), ...this.origin() };
    this.write((store, at) => store.recordIgnored(this.client.domainId, ignored, at));
  }

  unknownFilterAttribute(resourceTypes: readonly string[], attribute: string): void {
    if (!this.isNew(['filter', resourceTypes, attribute])) return;
    const unknown = { resourceTypes, attribute, ...this.origin() };
    this.write((store, at) => store.recordUnknownFilterAttribute(this.client.domainId, unknown, at));
  }

  unknownMembers(attribute: 'members' | 'groups', resourceId: string, ids: readonly string[]): void {
    const [example] = ids;
    if (example === undefined) return;
    const { connectionId } = this.client;
    const unknown = { connectionId, attribute, resourceId, count: ids.length, example };
    this.write((store, at) => store.recordUnknownMembers(this.client.domainId, unknown, at));
  }

  undeliverable(userId: string, email: string | undefined, detail?: string): void {
    const address = { userId, ...(email !== undefined && { email }), ...(detail && { detail }) };
    this.write((store, at) => store.recordUndeliverable(this.client.domainId, address, at));
  }

  /**
   * Records a failed request or bulk operation: invalid requests as diagnostics, refused changes as audit
   * events.
   */
  refused(request: DiagnosedRequest, error: ScimError): void {
    const { status, scimType, detail } = error;
    const { audit } = this.options;
    if (audit && isRefusedChange(request, status)) this.enqueue(() => audit(request, error));
    if (!isInvalid(request, status)) return;
    const { method, route } = request;
    const kind = JSON.stringify([method, route, status, scimType]);
    const refusal = { method, route, status, ...(scimType && { scimType }), ...this.origin(), detail };
    this.refusals.set(kind, { refusal, count: (this.refusals.get(kind)?.count ?? 0) + 1 });
  }

  /** Waits for all writes, because Lambda may freeze the process after the response. Never throws. */
  async flush(): Promise<void> {
    for (const { refusal, count } of this.refusals.values())
      this.write((store, at) => store.recordRefusal(this.client.domainId, refusal, count, at));
    this.refusals.clear();
    await Promise.all(this.writes);
  }

  /**
   * Returns whether a diagnostic is the first of its kind in this hour, and the request may still write it.
   */
  private isNew(kind: readonly unknown[]): boolean {
    const { deduplicator, now } = this.options;
    const { domainId, connectionId } = this.client;
    const sender = `${domainId} ${connectionId}`;
    return this.mayWrite() && deduplicator.isFirst(sender, JSON.stringify(kind), now());
  }

  private origin(): { connectionId: string; userAgent?: string } {
    const { connectionId, userAgent } = this.client;
    return { connectionId, ...(userAgent && { userAgent }) };
  }

  private write(record: (store: DiagnosticsWriter, at: Date) => Promise<void>): void {
    const { store, now, share } = this.options;
    if (share && !share.take(this.client.domainId, now())) return;
    this.enqueue(async () => record(store(), new Date(now())));
  }

  private mayWrite(): boolean {
    return this.writes.length < MAX_WRITES;
  }

  private enqueue(write: () => Promise<void>): void {
    if (this.mayWrite()) this.writes.push(write().catch(this.options.onFailed));
  }
}

/**
 * Returns whether a change was refused. 401 and 429 do not count, because a client may cause any number of
 * them.
 */
const isRefusedChange = ({ method, route }: DiagnosedRequest, status: number): boolean =>
  method !== 'GET' &&
  !route.endsWith('/.search') &&
  status >= 400 &&
  status < 500 &&
  status !== 401 &&
  status !== 429;

/**
 * Returns whether the error indicates a wrong setup of the client. An invalid key (401), a version conflict
 * (412), a rate limit (429), and reading or deleting a deleted resource (404) do not.
 */
function isInvalid({ method, isServed }: DiagnosedRequest, status: number): boolean {
  if (status < 400 || status >= 500) return false;
  if (status === 404) return !isServed || (method !== 'GET' && method !== 'DELETE');
  return status !== 401 && status !== 412 && status !== 429;
}
