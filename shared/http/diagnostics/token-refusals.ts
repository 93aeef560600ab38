import { newId } from '../../id';
import { toWellFormed, truncate } from '../../scim/text';
import type { AuditEvent } from '../../store/audit/audit';
import type { DiagnosticsStore } from '../../store/diagnostics/diagnostics-store';
import { type Refusal, TOKEN_ROUTE } from '../../store/diagnostics/diagnostic';
import type { Clock } from '../chain/clock';
import { WriteShare } from './write-share';

/** A token request that was refused, although its client exists. */
export interface RefusedTokenRequest {
  readonly domainId: string;
  readonly connectionId: string;
  readonly connectionName?: string;
  readonly requestId: string;
  readonly status: number;
  /** The error code of RFC 6749, e.g. `invalid_client`. */
  readonly error: string;
  /** Names the check that failed. It contains no secret. */
  readonly reason: string;
  readonly sourceAddress?: string;
  readonly userAgent?: string;
}

export interface TokenRefusalOptions {
  /** Writes into the audit log of a domain. */
  readonly writeAudit: (domainId: string, event: AuditEvent) => Promise<void>;
  /** Stores what readiness reports. */
  readonly diagnostics: Pick<DiagnosticsStore, 'recordRefusal'>;
  readonly now: Clock;
  readonly onFailed: (error: unknown) => void;
}

const HOUR_MS = 3_600_000;
/** Anyone who knows a client id can have its requests refused, so each process records only this many in an hour. */
const RECORDS_PER_HOUR = 100;
const MAX_REASON_LENGTH = 1_000;
const MAX_USER_AGENT_LENGTH = 200;

/**
 * Records each refused token request: as an audit event, and for readiness. Each connection has a share of its own, so
 * that none can use up that of another one.
 */
export class TokenRefusals {
  private readonly share = new WriteShare(RECORDS_PER_HOUR, HOUR_MS);

  constructor(private readonly options: TokenRefusalOptions) {}

  /** Waits for the writes, because Lambda may freeze the process after the response. Never throws. */
  async record(refused: RefusedTokenRequest): Promise<void> {
    const { writeAudit, diagnostics, now, onFailed } = this.options;
    const { domainId, connectionId } = refused;
    if (!this.share.take(`${domainId} ${connectionId}`, now())) return;
    await Promise.all([
      writeAudit(domainId, tokenRefusedEvent(refused, now)).catch(onFailed),
      diagnostics.recordRefusal(domainId, refusalOf(refused), 1, new Date(now())).catch(onFailed),
    ]);
  }
}

const refusalOf = ({ connectionId, status, error, reason, userAgent }: RefusedTokenRequest): Refusal => ({
  method: 'POST',
  route: TOKEN_ROUTE,
  status,
  scimType: error,
  connectionId,
  ...(userAgent && { userAgent }),
  detail: reason,
});

/** Creates the audit event of a refused token request. Its actor is the client that the request claims to be from. */
function tokenRefusedEvent(refused: RefusedTokenRequest, now: Clock): AuditEvent {
  const { connectionId, connectionName, requestId, status, reason, sourceAddress, userAgent } = refused;
  return {
    id: newId(),
    at: new Date(now()).toISOString(),
    action: 'token.refused',
    resourceId: connectionId,
    ...(connectionName !== undefined && { resourceName: connectionName }),
    requestId,
    actor: {
      kind: 'scimKey',
      keyId: connectionId,
      ...(connectionName !== undefined && { keyName: connectionName }),
      ...(sourceAddress && { sourceAddress }),
      ...(userAgent && { userAgent: toWellFormed(userAgent, MAX_USER_AGENT_LENGTH) }),
    },
    request: `POST ${TOKEN_ROUTE}`,
    status,
    reason: truncate(reason, MAX_REASON_LENGTH),
  };
}
