import type { MappedGroup, Mapping } from '../../scim/mapping/mapping';
import { auditWrite, type AuditEvent } from '../audit/audit';
import { addMappingsConsumer } from '../consumers/consumer-store';
import type { Condition } from '../table/expressions';
import {
  domainKey,
  MAPPED_GROUP_PREFIX,
  mappedGroupKey,
  mappingEvaluationKey,
  mappingsKey,
  mappingsPartition,
  resourceKey,
} from '../table/keys';
import type { Table } from '../table/table';
import { VersionConflict } from '../table/operations/transaction';
import { ITEM_EXISTS, ITEM_IS_ABSENT, type Write } from '../table/write';
import {
  readEvaluationItem,
  readMappedGroupItem,
  readMappingsItem,
  startEvaluation,
  type EvaluationRecord,
  type MappingsRecord,
} from './mapping-items';

/**
 * The input of an evaluation from a domain: its mappings, and the groups that they name otherwise than by id.
 */
export interface MappingState {
  readonly record: MappingsRecord;
  readonly groups: readonly MappedGroup[];
}

/** A group as mappings see it, with the condition that it is still like this. */
export interface CurrentGroup extends MappedGroup {
  readonly nameKey: string;
}

const versionConflict = () => new VersionConflict();

/**
 * Returns the write that fails with `VersionConflict` if the mappings of a domain, or the groups that they
 * name, have changed. It belongs to every transaction that stores the result of an evaluation, except those
 * of requests: they are evaluated again.
 */
export const mappingsCheck = (domainId: string, revision: number): Write => ({
  check: mappingsKey(domainId),
  condition: { expression: '#revision = :revision', values: { revision } },
  conditionError: versionConflict,
});

/** The mappings of one domain, the groups that they name, and the evaluation of all users. */
export class MappingStore {
  constructor(
    private readonly table: Table,
    readonly domainId: string,
  ) {}

  /** Returns undefined if the domain has never had mappings. */
  async read(): Promise<MappingsRecord | undefined> {
    const item = await this.table.get(mappingsKey(this.domainId));
    return item && readMappingsItem(item);
  }

  /**
   * Reads what an evaluation needs. The groups are read after the mappings: if one changes in between,
   * `mappingsCheck` fails.
   */
  async state(): Promise<MappingState | undefined> {
    const record = await this.read();
    if (!record) return undefined;
    return { record, groups: namesGroups(record.mappings) ? await this.groups() : [] };
  }

  /** Returns the groups that mappings name otherwise than by id. */
  async groups(): Promise<MappedGroup[]> {
    const groups: MappedGroup[] = [];
    const sortKey = { beginsWith: MAPPED_GROUP_PREFIX };
    for await (const items of this.table.pages({ pk: mappingsPartition(this.domainId), sortKey }))
      groups.push(...items.map(readMappedGroupItem));
    return groups;
  }

  async evaluation(): Promise<EvaluationRecord | undefined> {
    const item = await this.table.get(mappingEvaluationKey(this.domainId));
    return item && readEvaluationItem(item);
  }

  /**
   * Lets the dispatcher know that the domain has mappings. Call `awaitDispatchers` before they are stored.
   */
  async register(): Promise<void> {
    await this.table.transact([
      { check: domainKey(this.domainId), condition: ITEM_EXISTS, conditionError: versionConflict },
      ...addMappingsConsumer(this.domainId),
    ]);
  }

  /**
   * Stores new mappings, and starts the evaluation of all users. Throws `VersionConflict` if others were
   * stored since `before` was read, or if the domain does not exist.
   */
  async replace(
    before: MappingsRecord | undefined,
    after: Pick<MappingsRecord, 'mappings' | 'organizations'>,
    total: number,
    audit: AuditEvent,
    auditRetentionDays: number,
  ): Promise<MappingsRecord> {
    const version = (before?.version ?? 0) + 1;
    const revision = (before?.revision ?? 0) + 1;
    const record: MappingsRecord = {
      ...{ ...after, version, revision, changedAt: audit.at },
      ...(namesGroups(after.mappings) && { findsGroups: true }),
    };
    const evaluation = startEvaluation(record, total, audit.at);
    await this.table.transact([
      {
        put: { ...mappingsKey(this.domainId), ...record },
        condition: before ? isRevision(before) : ITEM_IS_ABSENT,
        conditionError: versionConflict,
      },
      {
        // A concurrent change of the domain must not restore its earlier attributes.
        update: domainKey(this.domainId),
        set: { mappingsVersion: version },
        add: { version: 1 },
        condition: ITEM_EXISTS,
        conditionError: versionConflict,
      },
      { put: { ...mappingEvaluationKey(this.domainId), ...evaluation } },
      auditWrite(this.domainId, audit, auditRetentionDays),
    ]);
    return record;
  }

  /**
   * Starts the evaluation of all users again. Does nothing if the domain has no mappings, or if they are
   * changed at the same time, because that also starts one.
   */
  async evaluateAgain(now: Date): Promise<void> {
    const record = await this.read();
    if (!record) return;
    const { version } = record;
    const { total = 0 } = (await this.evaluation()) ?? {};
    const evaluation = startEvaluation(record, total, now.toISOString());
    await this.table.tryTransact([
      {
        check: mappingsKey(this.domainId),
        condition: { expression: '#version = :version', values: { version } },
      },
      { put: { ...mappingEvaluationKey(this.domainId), ...evaluation } },
    ]);
  }

  /**
   * Stores a group that mappings name, as it is now. Throws `VersionConflict` if the group or the mappings
   * have changed since they were read.
   */
  putGroup(
    { revision }: MappingsRecord,
    { groupId, nameKey, displayName, externalId }: CurrentGroup,
  ): Promise<void> {
    const isSame: Condition = {
      expression:
        externalId === undefined
          ? '#nameKey = :nameKey AND attribute_not_exists(externalId)'
          : '#nameKey = :nameKey AND externalId = :externalId',
      values: { nameKey, ...(externalId !== undefined && { externalId }) },
    };
    return this.table.transact([
      this.nextRevision(revision),
      { put: { ...mappedGroupKey(this.domainId, groupId), displayName, externalId } },
      {
        check: resourceKey(this.domainId, 'GROUP', groupId),
        condition: isSame,
        conditionError: versionConflict,
      },
    ]);
  }

  /** Forgets a group that mappings no longer name. Throws `VersionConflict` if the mappings have changed. */
  deleteGroup({ revision }: MappingsRecord, groupId: string): Promise<void> {
    return this.table.transact([
      this.nextRevision(revision),
      { delete: mappedGroupKey(this.domainId, groupId) },
    ]);
  }

  /**
   * Records that all groups are stored which this version of the mappings names. Does nothing if there is a
   * newer one.
   */
  async groupsFound(version: number): Promise<void> {
    await this.table.update(
      mappingsKey(this.domainId),
      { remove: ['findsGroups'] },
      { condition: { expression: '#version = :version', values: { version } } },
    );
  }

  /** Results that were computed with the groups before are not stored anymore. */
  private nextRevision(revision: number): Write {
    return {
      update: mappingsKey(this.domainId),
      add: { revision: 1 },
      condition: { expression: '#revision = :before', values: { before: revision } },
      conditionError: versionConflict,
    };
  }

  /**
   * Stores how far an evaluation has come. Returns false if another one has come further, or has replaced it.
   */
  async advance(before: EvaluationRecord, after: EvaluationRecord): Promise<boolean> {
    const { version, phase, done } = before;
    const expression = '#version = :versionBefore AND #phase = :phaseBefore AND #done = :doneBefore AND ';
    const { written } = await this.table.put(
      { ...mappingEvaluationKey(this.domainId), ...after },
      {
        condition: {
          expression: `${expression}${before.after === undefined ? 'attribute_not_exists(#after)' : '#after = :afterBefore'}`,
          values: {
            versionBefore: version,
            phaseBefore: phase,
            doneBefore: done,
            ...(before.after !== undefined && { afterBefore: before.after }),
          },
        },
      },
    );
    return written;
  }
}

/** Returns whether mappings name a group otherwise than by its id. */
export const namesGroups = (mappings: readonly Mapping[]): boolean =>
  mappings.some(({ from }) => from.kind === 'group' && from.by !== 'id');

const isRevision = ({ version, revision }: MappingsRecord): Condition => ({
  expression: '#version = :version AND #revision = :revision',
  values: { version, revision },
});
