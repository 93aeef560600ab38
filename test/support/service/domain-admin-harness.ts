import { APIGatewayClient, GetApiKeysCommand, GetUsagePlanKeysCommand } from '@aws-sdk/client-api-gateway';
import type { Deployment } from '../../../shared/deployment';
import { UsageKeys } from '../../../shared/gateway/usage-keys';
import type { RatePlanName } from '../../../shared/limits/rate-plan';
import { DomainAdmin, openDomainAdmin } from '../../../shared/service/domains/domain-admin';
import type { AuditEvent } from '../../../shared/store/audit/audit';
import { DeletedDomains } from '../../../shared/store/domains/deleted-domains';
import { UsageKeyChanges } from '../../../shared/store/domains/usage-key-changes';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import { auditPartition } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../consistency/domain-data';
import { queryItems, RETENTION_DAYS } from '../store/records';
import { deployment, OPERATOR } from '../system/system';

/** The administration of domains, with ways to inspect it and to make its parts fail. */
export class DomainAdminHarness {
  readonly admin: DomainAdmin;
  private readonly gateway = new APIGatewayClient({});

  private constructor(
    readonly deployment: Deployment,
    readonly table: Table,
  ) {
    this.admin = openDomainAdmin(deployment);
  }

  static async open(): Promise<DomainAdminHarness> {
    return new DomainAdminHarness(await deployment(), await systemTable());
  }

  create(name = 'Example') {
    return this.admin.createDomain({ name }, OPERATOR);
  }

  update(domainId: string, settings: Parameters<DomainAdmin['updateDomain']>[1]) {
    return this.admin.updateDomain(domainId, settings, OPERATOR);
  }

  /** Returns the ids of a domain's usage keys. */
  async usageKeysOf(domainId: string): Promise<string[]> {
    const { items = [] } = await this.gateway.send(
      new GetApiKeysCommand({ nameQuery: `scim-${domainId}`, limit: 500 }),
    );
    return items.map(({ id }) => id ?? '');
  }

  async keysOnPlan(plan: RatePlanName): Promise<(string | undefined)[]> {
    const { items = [] } = await this.gateway.send(
      new GetUsagePlanKeysCommand({ usagePlanId: this.deployment.usagePlanIds[plan], limit: 500 }),
    );
    return items.map(({ id }) => id);
  }

  async eventsOf(domainId: string): Promise<AuditEvent[]> {
    const events = (await queryItems(this.table, auditPartition(domainId))) as unknown as AuditEvent[];
    return events.filter(({ action }) => action.startsWith('domain.'));
  }

  /** Returns the usage keys of the deployment with some methods replaced. */
  usageKeysWith(methods: Partial<UsageKeys>): UsageKeys {
    return Object.assign(new UsageKeys(this.deployment), methods);
  }

  domainsWith(methods: Partial<DomainStore>): DomainStore {
    return Object.assign(new DomainStore(this.table, RETENTION_DAYS), methods);
  }

  adminWith(usageKeys: UsageKeys, domains = new DomainStore(this.table, RETENTION_DAYS)): DomainAdmin {
    const changes = new UsageKeyChanges(this.table);
    return new DomainAdmin(domains, new DeletedDomains(this.table), usageKeys, changes, () => new Date());
  }
}

export const rejectUnreachable = () => Promise.reject(new Error('unreachable'));
