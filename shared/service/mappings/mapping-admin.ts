import type { Deployment } from '../../deployment';
import { UsageKeys } from '../../gateway/usage-keys';
import { newId } from '../../id';
import { product } from '../../product/product';
import type { Mapping } from '../../scim/mapping/mapping';
import type { Actor, AuditEvent, AttributeChange } from '../../store/audit/audit';
import { awaitDispatchers } from '../../store/consumers/change-consumers';
import { readCounts } from '../../store/domains/counts';
import { DomainStore } from '../../store/domains/domain-store';
import type { EvaluationRecord, MappingsRecord, Organization } from '../../store/mappings/mapping-items';
import { MappingStore } from '../../store/mappings/mapping-store';
import { ResourceStore } from '../../store/resources/resource-store';
import { openTable, type Table } from '../../store/table/table';
import { AdminError } from '../admin/admin-error';
import { domainNotFound } from '../domains/domain-admin';
import { retryDomainChange } from '../domains/retry-domain-change';
import { mappingChanges } from './mapping-audit';
import { validateMappings, type MappingInput } from './mapping-input';
import { previewUsers, type MappingPreview } from './mapping-preview';

export type { PreviewedResult, PreviewedUser } from './mapping-preview';

/** The progress of the evaluation of all users of a domain after a change of its mappings. */
interface MappingEvaluation {
  /** The version of the mappings. */
  readonly version: number;
  readonly done: number;
  /** The number of users when the evaluation started. It may differ from `done` in the end. */
  readonly total: number;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  /** Absent while the evaluation is running. */
  readonly finishedAt?: string;
}

/** The mappings of a domain. A domain that never had any has version 0. */
export interface DomainMappings {
  readonly mappings: readonly Mapping[];
  /** The organizations that the domain declares. */
  readonly organizations: readonly Organization[];
  /** The organizations that the vendor declares for all domains. */
  readonly vendorOrganizations: readonly Organization[];
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly changedAt?: string;
  readonly evaluation?: MappingEvaluation;
}

export interface MappingsInput {
  readonly mappings: readonly MappingInput[];
  /** @default - unchanged */
  readonly organizations?: readonly Organization[];
}

export interface MappingsReplacement extends MappingsInput {
  /** The version that the administrator saw. */
  readonly version: number;
}

/**
 * Administers the mappings of domains. Throws `AdminError`: `notFound`, `invalid`, or `conflict` if the
 * version differs.
 */
export interface MappingAdministration {
  get(domainId: string): Promise<DomainMappings>;
  replace(domainId: string, input: MappingsReplacement, actor: Actor): Promise<DomainMappings>;
  /** Evaluates users as if the mappings were replaced, and writes nothing. */
  preview(domainId: string, input: MappingsInput, after?: string): Promise<MappingPreview>;
}

export interface MappingAdminDependencies {
  readonly table: Table;
  readonly usageKeys: Pick<UsageKeys, 'flushAuthorizerCache'>;
  /** Waits until the dispatcher knows that a domain has mappings. */
  readonly awaitDispatchers: () => Promise<void>;
  readonly vendorOrganizations: readonly Organization[];
  readonly auditRetentionDays: number;
  readonly now: () => Date;
}

const NONE = { mappings: [], organizations: [] } as const;

export class MappingAdmin implements MappingAdministration {
  constructor(private readonly dependencies: MappingAdminDependencies) {}

  async get(domainId: string): Promise<DomainMappings> {
    const store = this.storeOf(domainId);
    const record = await store.read();
    if (!record) await this.assertDomain(domainId);
    return this.viewOf(record, record && (await store.evaluation()));
  }

  /**
   * Replaces the mappings of a domain, and starts the evaluation of all users. Nothing is written if nothing
   * changes.
   */
  async replace(domainId: string, input: MappingsReplacement, actor: Actor): Promise<DomainMappings> {
    const { now, auditRetentionDays, table, usageKeys } = this.dependencies;
    const store = this.storeOf(domainId);
    await this.assertDomain(domainId);
    return retryDomainChange(now, async () => {
      const before = await store.read();
      assertVersion(before, input.version);
      const after = this.validate(before, input);
      const changes = mappingChanges(before ?? NONE, after);
      if (changes.length === 0) return this.viewOf(before, before && (await store.evaluation()));
      if (!before) {
        // From the first mapping on, no change of a user may be missed.
        await store.register();
        await this.dependencies.awaitDispatchers();
      }
      const { users } = await readCounts(table, domainId);
      const audit = this.auditOf(domainId, actor, changes);
      const record = await store.replace(before, after, users, audit, auditRetentionDays);
      // Cached responses of the authorizer say that the domain has no mappings.
      if (!before) await usageKeys.flushAuthorizerCache();
      return this.viewOf(record, await store.evaluation());
    });
  }

  async preview(domainId: string, input: MappingsInput, after?: string): Promise<MappingPreview> {
    const { table } = this.dependencies;
    await this.assertDomain(domainId);
    const current = await this.storeOf(domainId).state();
    const { mappings } = this.validate(current?.record, input);
    const { users: total } = await readCounts(table, domainId);
    const stores = {
      users: new ResourceStore(table, domainId, 'USER'),
      groups: new ResourceStore(table, domainId, 'GROUP'),
    };
    return previewUsers(stores, current, mappings, total, after);
  }

  private validate(before: MappingsRecord | undefined, { mappings, organizations }: MappingsInput) {
    const { vendorOrganizations } = this.dependencies;
    return validateMappings(mappings, organizations ?? before?.organizations ?? [], vendorOrganizations);
  }

  private storeOf(domainId: string): MappingStore {
    return new MappingStore(this.dependencies.table, domainId);
  }

  private async assertDomain(domainId: string): Promise<void> {
    const { table, auditRetentionDays } = this.dependencies;
    if (!(await new DomainStore(table, auditRetentionDays).get(domainId))) throw domainNotFound(domainId);
  }

  private viewOf(
    { mappings, organizations, version, changedAt }: Partial<MappingsRecord> = {},
    evaluation?: EvaluationRecord,
  ): DomainMappings {
    return {
      mappings: mappings ?? [],
      organizations: organizations ?? [],
      vendorOrganizations: this.dependencies.vendorOrganizations,
      version: version ?? 0,
      ...(changedAt !== undefined && { changedAt }),
      ...(evaluation && { evaluation: evaluationView(evaluation) }),
    };
  }

  private auditOf(domainId: string, actor: Actor, changes: readonly AttributeChange[]): AuditEvent {
    const at = this.dependencies.now().toISOString();
    return { id: newId(), at, action: 'mappings.changed', resourceId: domainId, actor, changes };
  }
}

export function openMappingAdmin(deployment: Deployment, now = () => new Date()): MappingAdmin {
  return new MappingAdmin({
    table: openTable(deployment.tableName),
    usageKeys: new UsageKeys(deployment),
    awaitDispatchers,
    vendorOrganizations: product.settings.organizations,
    auditRetentionDays: deployment.auditRetentionDays,
    now,
  });
}

const evaluationView = ({
  version,
  done,
  total,
  startedAt,
  finishedAt,
}: EvaluationRecord): MappingEvaluation => ({
  version,
  done,
  total,
  startedAt,
  ...(finishedAt !== undefined && { finishedAt }),
});

function assertVersion(before: MappingsRecord | undefined, version: number): void {
  const current = before?.version ?? 0;
  if (current === version) return;
  throw new AdminError(
    `The mappings have changed since you read them: they have version ${current}, not ${version}. Read them again, then ` +
      'repeat your change.',
    'conflict',
  );
}
