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
import { isLate, timeLimitError, type Caller } from '../resources/caller';
import type { Listing, ReadResult, ResourceService } from '../resources/resource-service';
import { retryOnConflict } from '../resources/retry-on-conflict';
import { groupAudit } from './group-audit';
import { checkGroup, readGroup } from './group-input';
import { groupSource } from './group-source';
import { GroupViews, membersAfterReplace } from './group-views';

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

  async create(body: Json | undefined): Promise<Resource> {
    const { attributes, desired } = readGroup(body, this.onIgnored);
    const at = this.now().toISOString();
    const group: ResourceRecord = {
      id: newId(),
      attributes: checkGroup(attributes),
      version: 1,
      created: at,
      lastModified: at,
      groupIds: [],
      memberCount: 0,
    };
    const edits = memberEdits(group.id, desired, []);
    const first = edits.slice(0, MAX_MEMBERS_PER_TRANSACTION);
    const unknown = await this.store.create(group, first, groupAudit(this.caller, at, undefined, group));
    this.reportUnknownMembers(group, unknown);
    const change = await this.changeMembers(
      group,
      edits.slice(MAX_MEMBERS_PER_TRANSACTION),
      `The group ${group.id} exists now. Add the remaining members with PATCH.`,
    );
    const unknownMembers = [...unknown, ...change.unknownMembers];
    return this.views.show(change.group, membersAfterReplace(desired, unknownMembers, []));
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
    const edit = (attributes: Attributes): Attributes =>
      attributeOperations.length > 0
        ? applyPatch(groupResourceType, attributes, attributeOperations, this.onIgnored)
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
        const after = { ...before, attributes, version: before.version + 1, lastModified: at };
        const first = edits.slice(0, MAX_MEMBERS_PER_TRANSACTION);
        const audit = groupAudit(this.caller, at, before, after);
        // Membership changes commute with all other changes, so they need the version only for If-Match.
        const unknown =
          sameAttributes && !expected
            ? await this.store.changeMembers(id, at, first, audit)
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

  /** Writes edits in as many transactions as they need. `hint` ends the error of a request that times out. */
  private async changeMembers(
    before: ResourceRecord,
    edits: readonly MembershipEdit[],
    hint?: string,
  ): Promise<GroupChange> {
    const unknownMembers: string[] = [];
    let group = before;
    for (let done = 0; done < edits.length; done += MAX_MEMBERS_PER_TRANSACTION) {
      if (this.isLate()) throw timeLimitError(edits.length - done, 'member', hint);
      const at = this.now().toISOString();
      const chunk = edits.slice(done, done + MAX_MEMBERS_PER_TRANSACTION);
      const audit = groupAudit(this.caller, at, group, group);
      const unknown = await this.store.changeMembers(group.id, at, chunk, audit);
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

/** Reads the current members that the request may change: all of them if it replaces the members. */
const readAffectedMembers = (
  memberships: MembershipStore,
  groupId: string,
  { replaces, added, removed }: DesiredMembership,
): Promise<Member[]> =>
  replaces ? memberships.members(groupId) : memberships.membersAmong(groupId, [...added.keys(), ...removed]);

/**
 * Returns the edits that lead from the members `present` to the desired ones. Another `display` is a rename.
 */
function memberEdits(
  groupId: string,
  { replaces, added, removed }: DesiredMembership,
  present: readonly Member[],
): MembershipEdit[] {
  const members = new Map(present.map((member) => [member.userId, member]));
  const leaves = ({ userId }: Member): boolean => (replaces ? !added.has(userId) : removed.has(userId));
  return [
    ...present.filter(leaves).map(({ userId }): MembershipEdit => ({ kind: 'remove', groupId, userId })),
    ...[...added].flatMap(([userId, display]): MembershipEdit[] => {
      const member = members.get(userId);
      if (!member) return [{ kind: 'add', groupId, userId, display }];
      const isRenamed = display !== undefined && display !== member.display;
      return isRenamed ? [{ kind: 'rename', groupId, userId, display }] : [];
    }),
  ];
}
