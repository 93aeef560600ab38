import { deliverableAddress } from '../../mail/address';
import { ScimError } from '../../scim/error';
import type { Attributes } from '../../scim/resource';
import type { MembershipEdit } from '../../store/groups/membership';
import { isKeyText } from '../../store/table/keys';
import { LicenseConflict } from '../../store/licenses/license-write';
import type { ResourceRecord } from '../../store/resources/resource-record';
import {
  MAX_GROUPS_PER_TRANSACTION,
  GroupsNotFound,
  type UserChange,
  type UserStore,
} from '../../store/users/user-store';
import { isLate, type Caller } from '../resources/caller';
import { groupEdits } from './group-edits';
import { resolveSeat } from './resolve-seat';
import { userChange, type SeatResolution } from './user-change';

/** Said where the time is over. */
const RETRY_HINT = 'What was changed is kept: send the same request again to go on.';

/** Writes changes of users and their memberships, of which a transaction holds `MAX_GROUPS_PER_TRANSACTION`. */
export class UserWriter {
  constructor(
    private readonly store: UserStore,
    private readonly caller: Caller,
    private readonly now: () => Date,
  ) {}

  /** Takes the first `MAX_GROUPS_PER_TRANSACTION` of the edits. Returns the user as it is then. */
  async create(user: ResourceRecord, edits: readonly MembershipEdit[]): Promise<ResourceRecord> {
    return this.write(undefined, user, edits.slice(0, MAX_GROUPS_PER_TRANSACTION), (created, change) =>
      this.store.create(created, change),
    );
  }

  /**
   * The edits that the first transaction does not hold follow in others; `hint` is said where the time is over before. Returns the
   * user as it is then.
   */
  async replace(
    before: ResourceRecord,
    attributes: Attributes,
    edits: readonly MembershipEdit[],
    hint = RETRY_HINT,
  ): Promise<ResourceRecord> {
    const after = {
      ...before,
      attributes,
      version: before.version + 1,
      lastModified: this.now().toISOString(),
    };
    const written = await this.write(
      before,
      after,
      edits.slice(0, MAX_GROUPS_PER_TRANSACTION),
      (changed, change) => this.store.replace(before, changed, change),
    );
    return this.writeRemaining(written, edits.slice(MAX_GROUPS_PER_TRANSACTION), hint);
  }

  /** Takes the user out of its groups, too. */
  async delete(user: ResourceRecord): Promise<void> {
    const edits = groupEdits(user, { replaces: true, added: new Map(), removed: new Set() });
    const most = Math.max(0, edits.length - MAX_GROUPS_PER_TRANSACTION);
    const left = await this.writeRemaining(user, edits.slice(0, most));
    await this.write(left, undefined, edits.slice(most), (_, change) => this.store.delete(left, change));
  }

  private async writeRemaining(
    user: ResourceRecord,
    edits: readonly MembershipEdit[],
    hint?: string,
  ): Promise<ResourceRecord> {
    if (edits.length === 0) return user;
    if (isLate(this.caller, this.now)) throw timeLimitError(edits.length, hint);
    return this.replace(user, user.attributes, edits, hint);
  }

  /**
   * A group that is gone, or whose id none can have, is not entered, and left without being touched; the audit event says so.
   * The license is presumed to get a seat, and not to wait for one: what is so is read only where that was wrong.
   */
  private async write(
    before: ResourceRecord | undefined,
    after: ResourceRecord | undefined,
    edits: readonly MembershipEdit[],
    send: (after: ResourceRecord, change: UserChange) => Promise<void>,
  ): Promise<ResourceRecord> {
    const at = this.now().toISOString();
    let seat: SeatResolution = {};
    const gone = new Set(edits.map(({ groupId }) => groupId).filter((groupId) => !isKeyText(groupId)));
    for (;;) {
      const memberships = edits
        .filter(({ kind, groupId }) => kind === 'remove' || !gone.has(groupId))
        .map((edit) => (gone.has(edit.groupId) ? { ...edit, isGroupDeleted: true } : edit));
      const target = after && { ...after, groupIds: groupIdsAfter(after.groupIds, memberships) };
      const unknownGroups = edits.filter(({ kind, groupId }) => kind === 'add' && gone.has(groupId));
      const change = userChange(this.caller, at, before, target, { memberships, unknownGroups, seat });
      try {
        await send(target ?? (before as ResourceRecord), change);
        this.reportDiagnostics(change, unknownGroups);
        return target ?? (before as ResourceRecord);
      } catch (error) {
        if (error instanceof GroupsNotFound) for (const groupId of error.groupIds) gone.add(groupId);
        else if (error instanceof LicenseConflict)
          seat = await resolveSeat(this.store, change, isLate(this.caller, this.now));
        else throw error;
      }
    }
  }

  private reportDiagnostics({ audit, holder }: UserChange, unknownGroups: readonly MembershipEdit[]): void {
    const { diagnostics } = this.caller;
    const { resourceId } = audit;
    diagnostics?.unknownMembers(
      'groups',
      resourceId,
      unknownGroups.map(({ groupId }) => groupId),
    );
    if (holder && deliverableAddress(holder.email) === undefined)
      diagnostics?.undeliverable(resourceId, holder.email);
  }
}

const timeLimitError = (remaining: number, hint = RETRY_HINT): ScimError =>
  ScimError.unavailable(`There was no time for ${remaining} of the groups. ${hint}`, 1);

function groupIdsAfter(groupIds: readonly string[], edits: readonly MembershipEdit[]): string[] {
  const after = new Set(groupIds);
  for (const { kind, groupId } of edits) {
    if (kind === 'add') after.add(groupId);
    else after.delete(groupId);
  }
  return [...after];
}
