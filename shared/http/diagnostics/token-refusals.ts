import type { AuditEvent } from '../../store/audit/audit';
import { type Refusal, TOKEN_ROUTE } from '../../store/diagnostics/diagnostic';
import type { DiagnosticsStore } from '../../store/diagnostics/diagnostics-store';
import type { Clock } from '../chain/clock';
import { WriteShare } from './write-share';

export interface TokenRefusalOptions {
  /** Writes into the audit log of a domain. */
  readonly writeAudit: (domainId: string, event: AuditEvent) => Promise<void>;
  /** Stores what readiness reports. */
  readonly diagnostics: Pick<DiagnosticsStore, 'recordRefusal'>;
  readonly now: Clock;
  readonly onFailed: (error: unknown) => void;
}

const HOUR_MS = 3_600_000;
/**
 * Anyone who knows a client id can have its requests refused, so each process records only this many in an
 * hour.
 */
const RECORDS_PER_HOUR = 100;
const UNAUTHORIZED = 401;

/**
 * Records refused token requests of known clients: as audit events, and for readiness. Each connection has a
 * share of its own, so that none can use up that of another one.
 */
export class TokenRefusals {
  private readonly share = new WriteShare(RECORDS_PER_HOUR, HOUR_MS);

  constructor(private readonly options: TokenRefusalOptions) {}

  /**
   * Records a refusal by its audit event, whose resource is the connection. Waits for the writes, because
   * Lambda may freeze the process after the response. Never throws.
   */
  async record(domainId: string, event: AuditEvent): Promise<void> {
    const { writeAudit, diagnostics, now, onFailed } = this.options;
    if (!this.share.take(`${domainId} ${event.resourceId}`, now())) return;
    await Promise.all([
      writeAudit(domainId, event).catch(onFailed),
      diagnostics.recordRefusal(domainId, refusalOf(event), 1, new Date(now())).catch(onFailed),
    ]);
  }
}

const refusalOf = ({ resourceId, status = UNAUTHORIZED, reason = '', actor }: AuditEvent): Refusal => ({
  method: 'POST',
  route: TOKEN_ROUTE,
  status,
  connectionId: resourceId,
  ...(actor.userAgent && { userAgent: actor.userAgent }),
  detail: reason,
});
