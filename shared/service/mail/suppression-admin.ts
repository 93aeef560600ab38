import type { Deployment } from '../../deployment';
import { newId } from '../../id';
import type { Actor, AuditEvent } from '../../store/audit/audit';
import { DomainStore } from '../../store/domains/domain-store';
import {
  SuppressionStore,
  type ClearOutcome,
  type SuppressedAddress,
} from '../../store/mail/suppression-store';
import { openTable } from '../../store/table/table';
import { VersionConflict } from '../../store/table/operations/transaction';
import { AdminError } from '../admin/admin-error';
import { domainNotFound } from '../domains/domain-admin';

export interface SuppressionAdminDependencies {
  readonly domains: Pick<DomainStore, 'get'>;
  readonly addresses: SuppressionStore;
  readonly auditRetentionDays: number;
  readonly now: () => Date;
}

/** Shows and clears the suppressed addresses of domains. Throws `AdminError`. */
export class SuppressionAdmin {
  constructor(private readonly dependencies: SuppressionAdminDependencies) {}

  /** Returns at most `limit` addresses, in alphabetical order, after `after`. `next` is absent at the end. */
  async list(
    domainId: string,
    limit: number,
    after?: string,
  ): Promise<{ addresses: SuppressedAddress[]; next?: string }> {
    await this.assertDomain(domainId);
    return this.dependencies.addresses.list(domainId, limit, after);
  }

  /**
   * Allows emails to the address again. Emails that were suppressed are not sent later. Starts no further
   * work after `deadline`, in milliseconds since the epoch.
   */
  async clearAddress(domainId: string, address: string, actor: Actor, deadline = Infinity): Promise<void> {
    await this.assertDomain(domainId);
    const audit = {
      id: newId(),
      at: this.dependencies.now().toISOString(),
      action: 'address.cleared' as const,
      resourceId: address,
      actor,
    };
    const outcome = await this.clear(domainId, address, audit, deadline);
    if (outcome === 'notFound')
      throw new AdminError(`The address ${address} is not suppressed in the domain ${domainId}.`, 'notFound');
    if (outcome === 'unfinished')
      throw new AdminError(
        `The address ${address} has so many users that the request timed out. Completed changes are kept. ` +
          'Send the same request again to continue.',
        'tooSoon',
        1,
      );
  }

  private async clear(
    domainId: string,
    address: string,
    audit: AuditEvent,
    deadline: number,
  ): Promise<ClearOutcome> {
    const { addresses, auditRetentionDays, now } = this.dependencies;
    const isTimeUp = () => now().getTime() > deadline;
    try {
      return await addresses.clear(domainId, address, audit, auditRetentionDays, isTimeUp);
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
      throw new AdminError(`Other emails to ${address} are failing at the same time. Try again.`, 'conflict');
    }
  }

  private async assertDomain(domainId: string): Promise<void> {
    if (!(await this.dependencies.domains.get(domainId))) throw domainNotFound(domainId);
  }
}

export function openSuppressionAdmin(
  { tableName, auditRetentionDays }: Deployment,
  now = () => new Date(),
): SuppressionAdmin {
  const table = openTable(tableName);
  return new SuppressionAdmin({
    domains: new DomainStore(table, auditRetentionDays),
    addresses: new SuppressionStore(table),
    auditRetentionDays,
    now,
  });
}
