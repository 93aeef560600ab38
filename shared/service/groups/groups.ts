import { isDeepStrictEqual } from 'node:util';
import { newId } from '../../id';
import { ScimError } from '../../scim/error';
import { applyPatch } from '../../scim/patch/apply';
import {
  desiredMembership,
  isNoChange,
  splitMembership,
  type DesiredMembership,
} from '../../scim/patch/membership';
import { parsePatch } from '../../scim/patch/parse';
import type { Attributes, Json, Resource } from '../../scim/resource';
import { groupResourceType } from '../../scim/resource-type';
import type { VersionList } from '../../scim/input/version-list';
import { GroupStore, MAX_MEMBERS_PER_TRANSACTION } from '../../store/groups/group-store';
import { MembershipStore, type Member, type MembershipEdit } from '../../store/groups/membership';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { readCursorSecret } from '../../store/secrets/secret';
import type { Table } from '../../store/table/table';
import type { ListQuery } from '../listing/list-query';
import { Lister } from '../listing/lister';
import { isLate, patchLimits, timeLimitError, type Caller } from '../resources/caller';
import { creationMark, continueHint, findCreation } from '../resources/creation';
import type { Listing, ReadResult, ResourceService } from '../resources/resource-service';
import { retryOnConflict } from '../resources/retry-on-conflict';
import { groupAudit } from './group-audit';
import { checkGroup, readGroup } from './group-input';
import { groupSource } from './group-source';
import { GroupViews, membersAfterReplace } from './group-views';
import { memberEdits, readAffectedMembers } from './member-edits';

/**
 * The groups of the caller's domain. The cost of a membership change does not depend on the number of
 * members.
 */
export class Groups implements ResourceService {
  private readonly store: GroupStore;
  private readonly memberships: MembershipStore;
  private readonly views: GroupViews;

  constructor(
    private readonly table: Table,
    auditRetentionDays: number,
    private readonly caller: Caller,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.store = new GroupStore(table.withDeadline(caller.deadline), caller.domainId, auditRetentionDays);
    this.memberships = new MembershipStore(table, caller.domainId);
    this.views = new GroupViews(this.memberships, caller.baseUrl);
  }

  /** Continues the creation of the group if the same request was cut off before it had written all members. */
  async create(body: Json | undefined): Promise<Resource> {
    const { attributes, desired } = readGroup(body, this.onIgnored);
    const at = this.now().toISOString();
    const isLarge = desired.added.size > MAX_MEMBERS_PER_TRANSACTION;
    const group: ResourceRecord = {
      id: newId(),
      attributes: checkGroup(attributes),
      version: 1,
      created: at,
      lastModified: at,
      groupIds: [],
      memberCount: 0,
      ...(isLarge && { creation: creationMark(this.caller, at, attributes, desired) }),
    };
    const edits = memberEdits(group.id, desired, []);
    const first = edits.slice(0, MAX_MEMBERS_PER_TRANSACTION);
    let unknown: readonly string[];
    try {
      unknown = await this.store.create(group, first, groupAudit(this.caller, at, undefined, group));
    } catch (error) {
      const begun = await findCreation(this.store, group, error, this.now);
      if (!begun) throw error;
      return this.continueCreation(begun, desired);
    }
    this.reportUnknownMembers(group, unknown);
    return this.writeNewMembers(group, edits.slice(MAX_MEMBERS_PER_TRANSACTION), desired, [], unknown);
  }

  /** The request that began the creation may still be running. Both then write the same members. */
  private async continueCreation(begun: ResourceRecord, desired: DesiredMembership): Promise<Resource> {
    const present = await this.memberships.members(begun.id);
    const missing = memberEdits(begun.id, { ...desired, replaces: false }, present);
    if (missing.length === 0) await this.store.endCreation(begun);
    return this.writeNewMembers(begun, missing, desired, present);
  }

  private async writeNewMembers(
    group: ResourceRecord,
    edits: readonly MembershipEdit[],
    desired: DesiredMembership,
    present: readonly Member[],
    unknown: readonly string[] = [],
  ): Promise<Resource> {
    const change = await this.changeMembers(group, edits, {
      endsCreation: true,
      hint: continueHint('group', group),
    });
    const unknownMembers = [...unknown, ...change.unknownMembers];
    return this.views.show(change.group, membersAfterReplace(desired, unknownMembers, present));
  }

  /** Reads members only when the response takes them. */
  async get(id: string): Promise<ReadResult> {
    const group = await this.getExisting(id);
    return {
      resource: this.views.show(group),
      ...(this.caller.shows('members') && { large: this.views.allMembers(group, () => this.isLate()) }),
    };
  }

  list(query: ListQuery): Promise<Listing> {
    const { table, caller, now } = this;
    const sources = [groupSource(table, caller)];
    return new Lister({ table, caller, sources, now, cursorSecret: readCursorSecret }).list(query);
  }

  async replace(id: string, body: Json | undefined, expected?: VersionList): Promise<Resource> {
    const { attributes, desired } = readGroup(body, this.onIgnored);
    const { group, unknownMembers, present } = await this.change(id, expected, () => attributes, desired);
    return this.views.show(group, membersAfterReplace(desired, unknownMembers, present));
  }

  /**
   * Returns undefined if the group has more than a few members: showing it would cost more than the change.
   */
  async patch(id: string, body: Json | undefined, expected?: VersionList): Promise<Resource | undefined> {
    const { membership, attributeOperations } = splitMembership(parsePatch(body, this.onIgnored), 'members');
    const { onIgnored } = this;
    const limits = patchLimits(this.caller, this.now);
    const edit = (attributes: Attributes): Attributes =>
      attributeOperations.length > 0
        ? applyPatch(groupResourceType, attributes, attributeOperations, { onIgnored, ...limits() })
        : attributes;
    const { group } = await this.change(id, expected, edit, desiredMembership(membership));
    return this.caller.shows('members') ? this.views.showIfFewMembers(group) : this.views.show(group);
  }

  async delete(id: string, expected?: VersionList): Promise<void> {
    await retryOnConflict(
      () => this.getExisting(id),
      expected,
      () => this.isLate(),
      async (group) => {
        const at = this.now().toISOString();
        await this.store.delete(group, groupAudit(this.caller, at, group, undefined)([], []));
      },
    );
  }

  /** Writes nothing if nothing changes: identity providers repeat their requests. */
  private change(
    id: string,
    expected: VersionList | undefined,
    edit: (attributes: Attributes) => Attributes,
    desired: DesiredMembership,
  ): Promise<GroupChange & { readonly present: readonly Member[] }> {
    return retryOnConflict(
      () => this.getExisting(id),
      expected,
      () => this.isLate(),
      async (before) => {
        const attributes = checkGroup(edit(before.attributes), before.attributes);
        const present = isNoChange(desired) ? [] : await readAffectedMembers(this.memberships, id, desired);
        const edits = memberEdits(id, desired, present);
        const sameAttributes = isDeepStrictEqual(attributes, before.attributes);
        if (sameAttributes && edits.length === 0) return { group: before, unknownMembers: [], present };

        const at = this.now().toISOString();
        // A client that changes more than single members has taken over an incomplete creation.
        const creation = sameAttributes && !desired.replaces ? before.creation : undefined;
        const after = { ...before, attributes, version: before.version + 1, lastModified: at, creation };
        const first = edits.slice(0, MAX_MEMBERS_PER_TRANSACTION);
        const audit = groupAudit(this.caller, at, before, after);
        // Membership changes commute with all other changes, so they need the version only for If-Match.
        const unknown =
          sameAttributes && !expected
            ? await this.store.changeMembers(id, at, first, audit, before.creation && !creation)
            : await this.store.replace(before, after, first, audit);
        this.reportUnknownMembers(before, unknown);
        const { group, unknownMembers } = await this.changeMembers(
          after,
          edits.slice(MAX_MEMBERS_PER_TRANSACTION),
        );
        return { group, unknownMembers: [...unknown, ...unknownMembers], present };
      },
    );
  }

  /**
   * Writes edits in as many transactions as they need. The last one ends the group's creation if `endsCreation`.
   * `hint` ends the error of a request that times out.
   */
  private async changeMembers(
    before: ResourceRecord,
    edits: readonly MembershipEdit[],
    { endsCreation = false, hint }: { readonly endsCreation?: boolean; readonly hint?: string } = {},
  ): Promise<GroupChange> {
    const unknownMembers: string[] = [];
    let group = before;
    for (let done = 0; done < edits.length; done += MAX_MEMBERS_PER_TRANSACTION) {
      if (this.isLate()) throw timeLimitError(edits.length - done, 'member', hint);
      const at = this.now().toISOString();
      const chunk = edits.slice(done, done + MAX_MEMBERS_PER_TRANSACTION);
      const audit = groupAudit(this.caller, at, group, group);
      const isLast = done + MAX_MEMBERS_PER_TRANSACTION >= edits.length;
      const unknown = await this.store.changeMembers(group.id, at, chunk, audit, endsCreation && isLast);
      this.reportUnknownMembers(group, unknown);
      unknownMembers.push(...unknown);
      group = { ...group, version: group.version + 1, lastModified: at };
    }
    return { group, unknownMembers };
  }

  private readonly onIgnored = (attribute: string): void =>
    this.caller.diagnostics?.ignored(groupResourceType.name, attribute);

  private reportUnknownMembers({ id }: ResourceRecord, userIds: readonly string[]): void {
    this.caller.diagnostics?.unknownMembers('members', id, userIds);
  }

  private isLate(): boolean {
    return isLate(this.caller, this.now);
  }

  private async getExisting(id: string): Promise<ResourceRecord> {
    const group = await this.store.get(id);
    if (!group) throw ScimError.notFound(`There is no group with the id "${id.slice(0, 100)}".`);
    return group;
  }
}

/** A group after a change, and the ids of members that identify no user. */
interface GroupChange {
  readonly group: ResourceRecord;
  readonly unknownMembers: readonly string[];
}
