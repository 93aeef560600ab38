import { auditWrite, clientConnection, type AuditEvent } from '../audit/audit';
import { countsWrite, withCounts } from '../domains/counts-write';
import { withNameKey, withRelease, type ForeignClaim, type NamedRecord } from '../resources/name-claim';
import { withSource, type ResourceRecord } from '../resources/resource-record';
import { ResourceStore } from '../resources/resource-store';
import { createWrites, deleteWrites, replaceWrites } from '../resources/resource-writes';
import type { Table } from '../table/table';
import type { Write } from '../table/write';
import {
  GROUP_HEADS,
  GroupIsHot,
  groupNotFound,
  headChecks,
  headDeletes,
  headWrite,
  readHeads,
  spreadGroup,
} from './group-heads';
import { memberCountDelta, touchGroupWrite, type MembershipEdit } from './membership';
import { writeMemberships } from './write-memberships';

/** A transaction has at most 100 writes: two for each member, and up to five others. */
export const MAX_MEMBERS_PER_TRANSACTION = 47;

/** The number of members that fit into a transaction which also checks the heads of a spread group. */
export const MAX_MEMBERS_WITH_CHECKED_HEADS = MAX_MEMBERS_PER_TRANSACTION - GROUP_HEADS / 2;

/**
 * Returns the audit event of a change, always with the same id, given the written memberships and the ids of
 * members that are not users.
 */
export type GroupAudit = (
  written: readonly MembershipEdit[],
  unknownMembers: readonly string[],
) => AuditEvent;

/** A group after a change of members. Its heads are not read. */
export interface MemberChange {
  readonly group: ResourceRecord;
  readonly unknownMembers: readonly string[];
}

/**
 * The groups of one domain. A change is one transaction: group, name claim, counts, audit event, and
 * memberships. Changes of members skip ids that are not users, and return these ids.
 */
export class GroupStore extends ResourceStore {
  constructor(
    table: Table,
    domainId: string,
    protected readonly auditRetentionDays: number,
  ) {
    super(table, domainId, 'GROUP');
  }

  /** Returns the group with its heads, if it is spread. Reads them only if they were not read yet. */
  async withHeads(group: ResourceRecord): Promise<ResourceRecord> {
    if (group.headCount === undefined || group.heads) return group;
    return { ...group, heads: await readHeads(this.table, this.domainId, group.id) };
  }

  /** Throws 409 `uniqueness` if another group has the name. */
  create(group: ResourceRecord, members: readonly MembershipEdit[], audit: GroupAudit): Promise<string[]> {
    return withCounts(this.table, this.domainId, () =>
      this.write(
        (memberCount, via) => [
          ...createWrites(this.domainId, 'GROUP', { ...group, memberCount, sources: withSource([], via) }),
          countsWrite(this.domainId, { groups: 1 }),
        ],
        members,
        audit,
      ),
    );
  }

  /**
   * Throws `VersionConflict` if the group changed since `before` was read, and 409 `uniqueness` if another
   * group has the new name. Changes of single members count only if the heads of `before` were read, or if it
   * is not spread. `replacesMembers`: `members` lead to a complete list.
   */
  replace(
    before: ResourceRecord,
    after: ResourceRecord,
    members: readonly MembershipEdit[],
    audit: GroupAudit,
    { checksHeads = false, replacesMembers = false } = {},
  ): Promise<string[]> {
    const write = (group: NamedRecord, foreign?: ForeignClaim) =>
      this.write(
        (delta, via) => {
          const memberCount = before.memberCount + delta;
          const sources = withSource(before.sources, via);
          return [
            ...replaceWrites(this.domainId, 'GROUP', before, { ...group, memberCount, sources }, foreign),
            ...(checksHeads ? headChecks(this.domainId, before) : []),
          ];
        },
        members,
        audit,
        replacesMembers,
      );
    return withRelease(this.table, this.domainId, 'GROUP', before, (foreign) =>
      withNameKey('GROUP', before, after, (group) => write(group, foreign)),
    );
  }

  /**
   * Changes memberships only. Such changes commute, so other changes of the group do not conflict with them.
   * A group that other requests write at the same time becomes spread. `endsCreation` also removes the mark
   * of the group's creation. Throws 404 if the group does not exist.
   */
  async changeMembers(
    before: ResourceRecord,
    at: string,
    members: readonly MembershipEdit[],
    audit: GroupAudit,
    endsCreation = false,
  ): Promise<MemberChange> {
    for (let group = before; ;) {
      try {
        const unknownMembers = await this.write(
          (memberCount) => [this.memberChange(group, { at, memberCount }, endsCreation)],
          members,
          audit,
        );
        const isItemWritten = group.headCount === undefined || endsCreation;
        const version = group.version + (isItemWritten ? 1 : 0);
        const lastModified = isItemWritten ? at : group.lastModified;
        return { group: { ...group, version, lastModified, heads: undefined }, unknownMembers };
      } catch (error) {
        if (!(error instanceof GroupIsHot)) throw error;
      }
      const spread = await spreadGroup(this.table, this.domainId, group.id);
      if (!spread) throw groupNotFound(group.id);
      group = spread;
    }
  }

  /**
   * The mark of a creation is in the item, so the write that removes it writes the item of a spread group,
   * too.
   */
  private memberChange(
    { id, version, headCount }: ResourceRecord,
    change: { readonly at: string; readonly memberCount: number },
    endsCreation: boolean,
  ): Write {
    const { domainId } = this;
    if (headCount !== undefined) {
      return endsCreation
        ? touchGroupWrite(domainId, id, change, { remove: ['creation'] })
        : headWrite({ domainId, groupId: id, headCount }, change, () => groupNotFound(id));
    }
    const isHot = () => new GroupIsHot(id);
    return touchGroupWrite(domainId, id, change, {
      condition: {
        expression: '#version = :before AND attribute_not_exists(#heads)',
        values: { before: version },
      },
      conditionError: isHot,
      conflictError: isHot,
      ...(endsCreation && { remove: ['creation'] }),
    });
  }

  /**
   * Deletes the group and leaves its memberships to the sweep. Throws `VersionConflict` if the group changed
   * since `before` was read. Changes of single members of a spread group count only if its heads were read.
   */
  delete(before: ResourceRecord, audit: AuditEvent): Promise<void> {
    return withRelease(this.table, this.domainId, 'GROUP', before, (foreign) =>
      withCounts(this.table, this.domainId, () =>
        this.table.transact([
          ...deleteWrites(this.domainId, 'GROUP', before, foreign),
          ...headDeletes(this.domainId, before),
          countsWrite(this.domainId, { groups: -1 }),
          auditWrite(this.domainId, audit, this.auditRetentionDays),
        ]),
      ),
    );
  }

  protected write(
    groupWrites: (memberCountDelta: number, via: string | undefined) => readonly Write[],
    edits: readonly MembershipEdit[],
    audit: GroupAudit,
    replacesMembers = false,
  ): Promise<string[]> {
    return writeMemberships(
      this.table,
      this.domainId,
      edits,
      (written, unknownMembers) => {
        const event = audit(written, unknownMembers);
        const audited = auditWrite(this.domainId, event, this.auditRetentionDays);
        const via = clientConnection(event.actor);
        return { at: event.at, via, writes: [...groupWrites(memberCountDelta(written), via), audited] };
      },
      replacesMembers,
    );
  }
}
