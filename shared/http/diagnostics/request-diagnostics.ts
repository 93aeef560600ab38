import type { ScimError } from '../../scim/error';
import type { Diagnostics } from '../../service/diagnostics/diagnostics';
import type { Refusal } from '../../store/diagnostics/diagnostic';
import type { DiagnosticsStore } from '../../store/diagnostics/diagnostics-store';
import type { HourlyDeduplicator } from './hourly-deduplicator';

/** The part of the store that writes. */
export type DiagnosticsWriter = Pick<
  DiagnosticsStore,
  'recordRefusal' | 'recordIgnored' | 'recordUnknownMembers' | 'recordUndeliverable'
>;

export interface DiagnosticsOptions {
  readonly store: () => DiagnosticsWriter;
  /** Of the process: what all requests send is noted once an hour. */
  readonly deduplicator: HourlyDeduplicator;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly onFailed: (error: unknown) => void;
  /** Of the request. @default refusals are no audit events */
  readonly audit?: AuditRefusal;
}

/** What was asked for, as far as it says how requests are alike. */
export interface RequestSummary {
  readonly method: string;
  /** The pattern of the path, e.g. `/Users/{id}`. */
  readonly route: string;
  /** Whether there is anything at such a path, with that method. */
  readonly isServed: boolean;
  /** Id in the path. */
  readonly resourceId?: string;
}

/** Writes down that a change was refused. */
export type AuditRefusal = (asked: RequestSummary, error: ScimError) => Promise<void>;

/** More than one matter is noted for a bulk, or a body with many attributes that are ignored. */
const MAX_WRITES = 20;

/**
 * The notices of one request. Writes begin as soon as there is something to note, beside what the request does; refusals are
 * counted, and written in the end. They fail nothing.
 */
export class RequestDiagnostics implements Diagnostics {
  private readonly refusals = new Map<string, { readonly refusal: Refusal; count: number }>();
  private readonly writes: Promise<void>[] = [];

  constructor(
    private readonly domainId: string,
    private readonly userAgent: string | undefined,
    private readonly options: DiagnosticsOptions,
  ) {}

  ignored(resourceType: string, attribute: string): void {
    const { deduplicator, now } = this.options;
    if (!deduplicator.isFirst(JSON.stringify([this.domainId, resourceType, attribute]), now())) return;
    const ignored = { resourceType, attribute, ...this.client() };
    this.write((store, at) => store.recordIgnored(this.domainId, ignored, at));
  }

  unknownMembers(attribute: 'members' | 'groups', resourceId: string, ids: readonly string[]): void {
    const [example] = ids;
    if (example === undefined) return;
    const leftOut = { attribute, resourceId, count: ids.length, example };
    this.write((store, at) => store.recordUnknownMembers(this.domainId, leftOut, at));
  }

  undeliverable(userId: string, email: string): void {
    this.write((store, at) => store.recordUndeliverable(this.domainId, { userId, email }, at));
  }

  /** A request, or an operation of a bulk, that was answered with an error; only what was invalid is noted, changes are audited. */
  refused(request: RequestSummary, error: ScimError): void {
    const { status, scimType, detail } = error;
    const { audit } = this.options;
    if (audit && isRefusedChange(request, status)) this.enqueue(() => audit(request, error));
    if (!isInvalid(request, status)) return;
    const { method, route } = request;
    const kind = JSON.stringify([method, route, status, scimType]);
    const refusal = { method, route, status, ...(scimType && { scimType }), ...this.client(), detail };
    this.refusals.set(kind, { refusal, count: (this.refusals.get(kind)?.count ?? 0) + 1 });
  }

  /** Waits until all is written: Lambda may freeze the process as soon as the response is out. Never throws. */
  async flush(): Promise<void> {
    for (const { refusal, count } of this.refusals.values())
      this.write((store, at) => store.recordRefusal(this.domainId, refusal, count, at));
    this.refusals.clear();
    await Promise.all(this.writes);
  }

  private client(): { userAgent?: string } {
    return this.userAgent ? { userAgent: this.userAgent } : {};
  }

  private write(note: (store: DiagnosticsWriter, at: Date) => Promise<void>): void {
    const { store, now } = this.options;
    this.enqueue(async () => note(store(), new Date(now())));
  }

  private enqueue(write: () => Promise<void>): void {
    if (this.writes.length < MAX_WRITES) this.writes.push(write().catch(this.options.onFailed));
  }
}

/** A search changes nothing. A key that is refused (401) and a limit (429) may come with any number of requests. */
const isRefusedChange = ({ method, route }: RequestSummary, status: number): boolean =>
  method !== 'GET' &&
  !route.endsWith('/.search') &&
  status >= 400 &&
  status < 500 &&
  status !== 401 &&
  status !== 429;

/**
 * Errors that say that the client's set-up is wrong. A key that is refused (401), a version (412) or a limit (429) that is kept,
 * and a resource that is gone when it is read or deleted again are none.
 */
function isInvalid({ method, isServed }: RequestSummary, status: number): boolean {
  if (status < 400 || status >= 500) return false;
  if (status === 404) return !isServed || (method !== 'GET' && method !== 'DELETE');
  return status !== 401 && status !== 412 && status !== 429;
}
