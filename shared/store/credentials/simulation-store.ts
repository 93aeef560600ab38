import { auditWrite, type AuditEvent } from '../audit/audit';
import { domainKey, simulationKey } from '../table/keys';
import type { Table } from '../table/table';
import { VersionConflict } from '../table/operations/transaction';
import { ITEM_EXISTS } from '../table/write';
import { credentialItem, readCredential, type Credential } from './credential';

/** The time for which the item of a connection test stays after the test, so that its end can be repeated. */
const KEPT_SECONDS = 86_400;

/**
 * The credential of the last connection test of each domain. A domain has at most one, so tests leave nothing
 * behind. A change is one transaction with its audit event.
 */
export class SimulationStore {
  constructor(
    private readonly table: Table,
    private readonly auditRetentionDays: number,
  ) {}

  async get(domainId: string): Promise<Credential | undefined> {
    const item = await this.table.get(simulationKey(domainId));
    return item && readCredential(item);
  }

  /** Replaces the credential of an earlier test. Throws `VersionConflict` if the domain does not exist. */
  async start(
    domainId: string,
    credential: Credential & { readonly expireTime: string },
    audit: AuditEvent,
  ): Promise<void> {
    const ttl = Math.ceil(Date.parse(credential.expireTime) / 1_000) + KEPT_SECONDS;
    const failed = await this.table.tryTransact([
      { check: domainKey(domainId), condition: ITEM_EXISTS },
      { put: { ...simulationKey(domainId), ...credentialItem(credential), ttl } },
      auditWrite(domainId, audit, this.auditRetentionDays),
    ]);
    if (failed.length > 0) throw new VersionConflict();
  }

  /** Revokes the credential of a test. Returns false if it is revoked, or if another test has begun. */
  async end(domainId: string, simulationId: string, audit: AuditEvent): Promise<boolean> {
    const failed = await this.table.tryTransact([
      {
        update: simulationKey(domainId),
        set: { revokedAt: audit.at },
        condition: {
          expression: 'keyId = :simulationId AND attribute_not_exists(revokedAt)',
          values: { simulationId },
        },
      },
      auditWrite(domainId, audit, this.auditRetentionDays),
    ]);
    return failed.length === 0;
  }
}
