import { deliverableAddress } from '../../mail/address';
import { ScimError } from '../../scim/error';
import type { Attributes } from '../../scim/resource';
import type { MembershipEdit } from '../../store/groups/membership';
import { isKeyText } from '../../store/table/keys';
import { LicenseConflict } from '../../store/licenses/license-write';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { GROUPS_AT_ONCE, GroupsGone, type UserChange, type UserStore } from '../../store/users/user-store';
import { isLate, type Caller } from '../resources/caller';
import { groupEdits } from './group-edits';
import { standingFor } from './resolve-seat';
import { userChange, type Standing } from './user-change';

/** Said where the time is over. */
const AGAIN = 'What was changed is kept: send the same request again to go on.';

/** Writes changes of users and their memberships, of which a transaction holds `GROUPS_AT_ONCE`. */
export class UserWriter {
  constructor(
    private readonly store: UserStore,
    private readonly caller: Caller,
    private readonly now: () => Date,
  ) {}

  /** Takes the first `GROUPS_AT_ONCE` of the edits. Returns the user as it is then. */
  async create(user: ResourceRecord, edits: readonly MembershipEdit[]): Promise<ResourceRecord> {
    return this.write(undefined, user, edits.slice(0, GROUPS_AT_ONCE), (created, change) =>
      this.store.create(created, change),
    );
  }

  /**
   * The edits that the first transaction does not hold follow in others; `goOn` is said where the time is over before. Returns the
   * user as it is then.
   */
  async replace(
    before: ResourceRecord,
    attributes: Attributes,
    edits: readonly MembershipEdit[],
    goOn = AGAIN,
  ): Promise<ResourceRecord> {
    const after = {
      ...before,
      attributes,
      version: before.version + 1,
      lastModified: this.now().toISOString(),
    };
    const written = await this.write(before, after, edits.slice(0, GROUPS_AT_ONCE), (changed, change) =>
      this.store.replace(before, changed, change),
    );
    return this.enterAndLeave(written, edits.slice(GROUPS_AT_ONCE), goOn);
  }

  /** Takes the user out of its groups, too. */
  async delete(user: ResourceRecord): Promise<void> {
    const edits = groupEdits(user, { replaces: true, added: new Map(), removed: new Set() });
    const most = Math.max(0, edits.length - GROUPS_AT_ONCE);
    const left = await this.enterAndLeave(user, edits.slice(0, most));
    await this.write(left, undefined, edits.slice(most), (_, change) => this.store.delete(left, change));
  }

  private async enterAndLeave(
    user: ResourceRecord,
    edits: readonly MembershipEdit[],
    goOn?: string,
  ): Promise<ResourceRecord> {
    if (edits.length === 0) return user;
    if (isLate(this.caller, this.now)) throw cutOff(edits.length, goOn);
    return this.replace(user, user.attributes, edits, goOn);
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
    let standing: Standing = {};
    const gone = new Set(edits.map(({ groupId }) => groupId).filter((groupId) => !isKeyText(groupId)));
    for (;;) {
      const memberships = edits
        .filter(({ kind, groupId }) => kind === 'remove' || !gone.has(groupId))
        .map((edit) => (gone.has(edit.groupId) ? { ...edit, groupGone: true } : edit));
      const target = after && { ...after, groupIds: groupIdsAfter(after.groupIds, memberships) };
      const leftOut = edits.filter(({ kind, groupId }) => kind === 'add' && gone.has(groupId));
      const change = userChange(this.caller, at, before, target, { memberships, leftOut, standing });
      try {
        await send(target ?? (before as ResourceRecord), change);
        this.tell(change, leftOut);
        return target ?? (before as ResourceRecord);
      } catch (error) {
        if (error instanceof GroupsGone) for (const groupId of error.groupIds) gone.add(groupId);
        else if (error instanceof LicenseConflict)
          standing = await standingFor(this.store, change, isLate(this.caller, this.now));
        else throw error;
      }
    }
  }

  private tell({ audit, holder }: UserChange, leftOut: readonly MembershipEdit[]): void {
    const { notices } = this.caller;
    const { resourceId } = audit;
    notices?.leftOut(
      'groups',
      resourceId,
      leftOut.map(({ groupId }) => groupId),
    );
    if (holder && deliverableAddress(holder.email) === undefined)
      notices?.undeliverable(resourceId, holder.email);
  }
}

const cutOff = (left: number, goOn = AGAIN): ScimError =>
  ScimError.unavailable(`There was no time for ${left} of the groups. ${goOn}`, 1);

function groupIdsAfter(groupIds: readonly string[], edits: readonly MembershipEdit[]): string[] {
  const after = new Set(groupIds);
  for (const { kind, groupId } of edits) {
    if (kind === 'add') after.add(groupId);
    else after.delete(groupId);
  }
  return [...after];
}
