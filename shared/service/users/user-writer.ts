import { deliverableAddress, undeliverableReason } from '../../mail/address';
import type { Attributes } from '../../scim/resource';
import type { MembershipEdit } from '../../store/groups/membership';
import { KeyGraceConflict } from '../../store/licenses/key-grace';
import { CountsConflict } from '../../store/domains/counts-write';
import { LicenseConflict } from '../../store/licenses/license-write';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { isKeyText } from '../../store/table/keys';
import { GroupsNotFound, type UserChange, type UserStore } from '../../store/users/user-store';
import { assumeKeyGrace } from '../licenses/key-grace';
import { graceOf } from '../licenses/mapped-license';
import { resolveSeat, type SeatResolution } from '../licenses/resolve-seat';
import { assertInTime, isLate, timeLimitError, type Caller } from '../resources/caller';
import type { CallerMappings, MappedChange } from './mapped-change';
import { groupEdits, userChange } from './user-change';
import { managerAfter } from './user-manager';

export interface ReplaceOptions {
  /** The transaction that removes the mark of an incomplete creation. The default is none. */
  readonly endsCreation?: 'first' | 'last' | 'never';
  /** Ends the error of a request that times out between two transactions. */
  readonly hint?: string;
  /**
   * True if administrators manage the user from then on. The default is false: only the client of a
   * connection takes over.
   */
  readonly isManual?: boolean;
}

/**
 * Writes changes of users and their memberships. One transaction takes `UserStore.maxMemberships` of them.
 */
export class UserWriter {
  constructor(
    private readonly store: UserStore,
    private readonly caller: Caller,
    private readonly keyGraceDays: number,
    private readonly now: () => Date,
    /** Absent if the domain has no mappings. */
    private readonly mappings?: CallerMappings,
  ) {}

  /** Writes only the first `UserStore.maxMemberships` edits. Returns the user after them. */
  create(user: ResourceRecord, edits: readonly MembershipEdit[]): Promise<ResourceRecord> {
    const first = edits.slice(0, this.store.maxMemberships(undefined, user));
    return this.write(undefined, user, first, async (created, change) => {
      await this.store.create(created, change);
      return created;
    });
  }

  /**
   * Writes the attributes with the first edits, and the remaining edits in further transactions. Returns the
   * user after all edits.
   */
  async replace(
    before: ResourceRecord,
    attributes: Attributes,
    edits: readonly MembershipEdit[],
    options: ReplaceOptions = {},
  ): Promise<ResourceRecord> {
    const { endsCreation = 'never', isManual = false } = options;
    const changed = {
      ...before,
      attributes,
      version: before.version + 1,
      lastModified: this.now().toISOString(),
      managedBy: isManual ? ('administrator' as const) : managerAfter(this.caller.actor, before),
    };
    const first = this.store.maxMemberships(before, changed);
    const isEnded = endsCreation === 'first' || (endsCreation === 'last' && edits.length <= first);
    const after = { ...changed, creation: isEnded ? undefined : before.creation };
    const written = await this.write(before, after, edits.slice(0, first), (target, change) =>
      this.store.replace(before, target, change),
    );
    return this.writeRemaining(written, edits.slice(first), options);
  }

  /**
   * Ends the user's memberships as well: as many as necessary before the transaction that deletes the user.
   */
  async delete(user: ResourceRecord): Promise<void> {
    const edits = groupEdits(user, { replaces: true, added: new Map(), removed: new Set() });
    const beforehand = Math.max(0, edits.length - this.store.maxMemberships(user, undefined));
    const current = await this.writeRemaining(user, edits.slice(0, beforehand));
    await this.write(current, undefined, edits.slice(beforehand), async (deleted, change) => {
      await this.store.delete(current, change);
      return deleted;
    });
  }

  private async writeRemaining(
    user: ResourceRecord,
    edits: readonly MembershipEdit[],
    options?: ReplaceOptions,
  ): Promise<ResourceRecord> {
    if (edits.length === 0) return user;
    if (isLate(this.caller, this.now)) throw timeLimitError(edits.length, 'group', options?.hint);
    return this.replace(user, user.attributes, edits, options);
  }

  /**
   * Sends the transaction, and repeats it if a group does not exist or the license is in another state than
   * assumed. A group that does not exist is skipped, and the audit event names it. The first attempt assumes
   * that any shard of the counts has a free seat and that the license is not queued; they are read only if
   * that fails. It also assumes whether the license keeps its key, and the second attempt assumes the
   * opposite. In a domain with mappings, each attempt reads the license instead.
   */
  private async write(
    before: ResourceRecord | undefined,
    after: ResourceRecord | undefined,
    edits: readonly MembershipEdit[],
    send: (after: ResourceRecord, change: UserChange) => Promise<ResourceRecord>,
  ): Promise<ResourceRecord> {
    // The audit event has the time of the change, even if the clock moves on in between.
    const at = after?.lastModified ?? this.now().toISOString();
    let seat: SeatResolution = {};
    let grace = before && assumeKeyGrace(this.keyGraceDays, at, before.lastModified);
    const deletedGroupIds = new Set(
      edits.map(({ groupId }) => groupId).filter((groupId) => !isKeyText(groupId)),
    );
    for (;;) {
      const memberships = edits
        .filter(({ kind, groupId }) => kind === 'remove' || !deletedGroupIds.has(groupId))
        .map((edit) => (deletedGroupIds.has(edit.groupId) ? { ...edit, isGroupDeleted: true } : edit));
      const target = after && { ...after, groupIds: groupIdsAfter(after.groupIds, memberships) };
      const unknownGroups = edits.filter(
        ({ kind, groupId }) => kind === 'add' && deletedGroupIds.has(groupId),
      );
      const mapped = await this.evaluate(before, target);
      const change = userChange(this.caller, at, before, target, {
        memberships,
        unknownGroups,
        seat,
        grace: mapped?.license && grace ? graceOf(mapped.license, grace.cutoff) : grace,
        mapped,
      });
      try {
        const stored = await send(target ?? (before as ResourceRecord), change);
        this.reportDiagnostics(change, unknownGroups);
        return stored;
      } catch (error) {
        if (error instanceof GroupsNotFound)
          for (const groupId of error.groupIds) deletedGroupIds.add(groupId);
        else if (error instanceof KeyGraceConflict) grace = grace && { ...grace, keepsKey: !grace.keepsKey };
        // The next attempt reads the license again.
        else if (error instanceof LicenseConflict && mapped) assertInTime(this.caller, this.now);
        else if (error instanceof LicenseConflict || error instanceof CountsConflict)
          seat = await resolveSeat(this.store, change, error, isLate(this.caller, this.now));
        else throw error;
      }
    }
  }

  /** In a domain with mappings, the license is read: it may be inactive although the user is active. */
  private async evaluate(
    before: ResourceRecord | undefined,
    after: ResourceRecord | undefined,
  ): Promise<MappedChange | undefined> {
    const user = after ?? before;
    return (
      user &&
      this.mappings?.evaluate(user, () =>
        before ? this.store.readLicense(before.id) : Promise.resolve(undefined),
      )
    );
  }

  private reportDiagnostics(
    { audit, holder, license, mapped }: UserChange,
    unknownGroups: readonly MembershipEdit[],
  ): void {
    const { diagnostics } = this.caller;
    const { resourceId } = audit;
    diagnostics?.unknownMembers(
      'groups',
      resourceId,
      unknownGroups.map(({ groupId }) => groupId),
    );
    if (!holder || license?.status === 'inactive' || mapped?.result.license === false) return;
    const { email } = holder;
    if (email === undefined) diagnostics?.undeliverable(resourceId, undefined);
    else if (deliverableAddress(email) === undefined)
      diagnostics?.undeliverable(resourceId, email, undeliverableReason(email));
  }
}

function groupIdsAfter(groupIds: readonly string[], edits: readonly MembershipEdit[]): string[] {
  const after = new Set(groupIds);
  for (const { kind, groupId } of edits) {
    if (kind === 'add') after.add(groupId);
    else after.delete(groupId);
  }
  return [...after];
}
