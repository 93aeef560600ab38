import { isDeepStrictEqual } from 'node:util';
import { newId } from '../../id';
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
import { withTotals } from '../../store/groups/group-heads';
import { GroupReplacementStore } from '../../store/groups/group-replacement';
import { MAX_MEMBERS_PER_TRANSACTION, MAX_MEMBERS_WITH_CHECKED_HEADS } from '../../store/groups/group-store';
import { MembershipStore, type MembershipEdit } from '../../store/groups/membership';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { ResourceStore } from '../../store/resources/resource-store';
import { readCursorSecret } from '../../store/secrets/secrets';
import type { Table } from '../../store/table/table';
import type { ListQuery } from '../listing/list-query';
import { Lister } from '../listing/lister';
import { patchLimits, type Caller } from '../resources/caller';
import { creationMark, continueHint, findCreation } from '../resources/creation';
import type { Listing, ReadResult, ResourceService } from '../resources/resource-service';
import { retryOnConflict } from '../resources/retry-on-conflict';
import { groupAudit } from './group-audit';
import { GroupContext, type GroupChange } from './group-context';
import { checkGroup, readGroup } from './group-input';
import { groupSource } from './group-source';
import { GroupViews, MAX_LISTED_MEMBERS, MAX_MEMBERS_AFTER_CHANGE, membersAfterReplace } from './group-views';
import { memberEdits, readAffectedMembers } from './member-edits';
import { replaceMembers } from './member-replacement';
import { writeListedMembers, writeMembers } from './member-writer';

/**
 * The groups of the caller's domain. The cost of a membership change does not depend on the number of
 * members.
 */
export class Groups implements ResourceService {
  private readonly store: GroupReplacementStore;
  private readonly memberships: MembershipStore;
  private readonly context: GroupContext;
  private readonly views: GroupViews;

  constructor(
    private readonly table: Table,
    auditRetentionDays: number,
    private readonly caller: Caller,
    private readonly now: () => Date = () => new Date(),
  ) {
    const { domainId, deadline } = caller;
    this.store = new GroupReplacementStore(table.withDeadline(deadline), domainId, auditRetentionDays);
    this.memberships = new MembershipStore(table, domainId);
    const users = new ResourceStore(table, domainId, 'USER');
    this.context = new GroupContext(this.store, users, this.memberships, caller, now);
    this.views = new GroupViews(this.memberships, caller.baseUrl);
  }

  /**
   * Continues the creation of the group if the same request was cut off before it had written all members.
   */
  async create(body: Json | undefined): Promise<Resource> {
    const { attributes, desired } = readGroup(body, this.onIgnored);
    await this.context.own.checkAdded(desired);
    const at = this.now().toISOString();
    const isLarge = desired.added.size > MAX_MEMBERS_PER_TRANSACTION;
    const group: ResourceRecord = {
      id: newId(),
      attributes: checkGroup(attributes, {}, this.caller),
      version: 1,
      created: at,
      lastModified: at,
      groupIds: [],
      memberCount: 0,
      ...(isLarge && { creation: creationMark(this.caller, at, attributes, desired) }),
    };
    const edits = memberEdits(group.id, desired, [], this.caller);
    const first = edits.slice(0, MAX_MEMBERS_PER_TRANSACTION);
    let unknown: readonly string[];
    try {
      unknown = await this.store.create(group, first, groupAudit(this.caller, at, undefined, group));
    } catch (error) {
      const begun = await findCreation(this.store, group, error, this.now);
      if (!begun) throw error;
      return this.continueCreation(begun, desired);
    }
    this.context.reportUnknownMembers(group, unknown);
    const others = edits.slice(MAX_MEMBERS_PER_TRANSACTION);
    const change = await this.writeNewMembers(group, others);
    const unknownMembers = [...unknown, ...change.unknownMembers];
    return this.views.show(change.group, membersAfterReplace(desired, unknownMembers, []));
  }

  /** The request that began the creation may still be running. Both then write the same members. */
  private async continueCreation(begun: ResourceRecord, desired: DesiredMembership): Promise<Resource> {
    const group = await this.store.withHeads(begun);
    const present = await this.memberships.members(group.id);
    const missing = memberEdits(group.id, { ...desired, replaces: false }, present, this.caller);
    if (missing.length === 0) {
      await this.store.endCreation(group);
      return this.views.show(withTotals(group), membersAfterReplace(desired, [], present));
    }
    const change = await this.writeNewMembers(group, missing);
    return this.views.show(change.group, membersAfterReplace(desired, change.unknownMembers, present));
  }

  private writeNewMembers(group: ResourceRecord, edits: readonly MembershipEdit[]): Promise<GroupChange> {
    const hint = continueHint('group', group);
    return writeListedMembers(this.context, group, edits, { endsCreation: true, hint });
  }

  /** Reads members only when the response takes them. */
  async get(id: string): Promise<ReadResult> {
    const group = withTotals(await this.context.getWithHeads(id));
    const isLate = () => this.context.isLate();
    return {
      resource: this.views.show(group),
      ...(this.caller.shows('members') && { large: this.views.allMembers(group, isLate) }),
    };
  }

  list(query: ListQuery): Promise<Listing> {
    const { table, caller, now } = this;
    const sources = [groupSource(table, caller, now)];
    return new Lister({ table, caller, sources, now, cursorSecret: readCursorSecret }).list(query);
  }

  async replace(id: string, body: Json | undefined, expected?: VersionList): Promise<Resource> {
    const { attributes, desired } = readGroup(body, this.onIgnored);
    await this.context.own.checkAdded(desired);
    const request = { id, expected, edit: () => attributes, desired };
    const { group, unknownMembers, present } = await replaceMembers(this.context, request);
    return this.views.show(withTotals(group), membersAfterReplace(desired, unknownMembers, present));
  }

  /**
   * Returns undefined if the group has more than a few members, and the client has not asked for them:
   * showing them would cost more than the change.
   */
  async patch(id: string, body: Json | undefined, expected?: VersionList): Promise<Resource | undefined> {
    const { membership, attributeOperations } = splitMembership(parsePatch(body, this.onIgnored), 'members');
    const { onIgnored } = this;
    const limits = patchLimits(this.caller, this.now);
    const edit = (attributes: Attributes): Attributes =>
      attributeOperations.length > 0
        ? applyPatch(groupResourceType, attributes, attributeOperations, { onIgnored, ...limits() })
        : attributes;
    const desired = desiredMembership(membership);
    await this.context.own.checkAdded(desired);
    if (!desired.replaces) {
      const { group } = await this.change(id, expected, edit, desired);
      return this.showChanged(group, desired.removed.size);
    }
    const replacement = await replaceMembers(this.context, { id, expected, edit, desired });
    const { group, unknownMembers, present, isSuperseded } = replacement;
    if (!isSuperseded) return this.showChanged(group, present.length);
    const members = membersAfterReplace(desired, unknownMembers, present);
    return members.length > this.shownMembers() ? undefined : this.views.show(group, members);
  }

  /** Reads the version before the members: if they change in between, the response has an old version. */
  private async showChanged(changed: ResourceRecord, removed: number): Promise<Resource | undefined> {
    const group = withTotals(await this.store.withHeads(changed));
    if (!this.caller.shows('members')) return this.views.show(group);
    return this.views.showIfFewMembers(group, this.shownMembers(), removed);
  }

  /**
   * Returns how many members the response to a PATCH may have. The change is written, so it must not time
   * out.
   */
  private shownMembers(): number {
    const isAsked = this.caller.requires?.('members') === true && !this.context.isLate();
    return isAsked ? MAX_LISTED_MEMBERS : MAX_MEMBERS_AFTER_CHANGE;
  }

  async delete(id: string, expected?: VersionList): Promise<void> {
    await this.retryOnConflict(id, expected, async (group) => {
      this.context.own.checkChanged('GROUP', group);
      const at = this.now().toISOString();
      // Without If-Match, changes of single members do not matter.
      const before = checksVersion(expected) ? group : { ...group, heads: undefined };
      await this.store.delete(before, groupAudit(this.caller, at, group, undefined)([], []));
    });
  }

  /** Writes nothing if nothing changes: identity providers repeat their requests. */
  private change(
    id: string,
    expected: VersionList | undefined,
    edit: (attributes: Attributes) => Attributes,
    desired: DesiredMembership,
  ): Promise<GroupChange> {
    return this.retryOnConflict(id, expected, async (before) => {
      this.context.own.checkChanged('GROUP', before);
      const attributes = checkGroup(edit(before.attributes), before.attributes, this.caller);
      const present = isNoChange(desired) ? [] : await readAffectedMembers(this.memberships, id, desired);
      const edits = memberEdits(id, desired, present, this.caller);
      const sameAttributes = isDeepStrictEqual(attributes, before.attributes);
      if (sameAttributes && edits.length === 0) return { group: before, unknownMembers: [] };
      // Membership changes commute with all other changes, so they need the version only for If-Match.
      if (sameAttributes && !expected) return writeMembers(this.context, before, edits);

      const at = this.now().toISOString();
      // A client that changes more than single members has taken over an incomplete creation.
      const creation = sameAttributes ? before.creation : undefined;
      const after = { ...before, attributes, version: before.version + 1, lastModified: at, creation };
      const checksHeads = checksVersion(expected);
      const first =
        checksHeads && before.heads ? MAX_MEMBERS_WITH_CHECKED_HEADS : MAX_MEMBERS_PER_TRANSACTION;
      const audit = groupAudit(this.caller, at, before, after);
      const unknown = await this.store.replace(before, after, edits.slice(0, first), audit, { checksHeads });
      this.context.reportUnknownMembers(before, unknown);
      const written = checksHeads ? after : { ...after, heads: undefined };
      if (edits.length <= first) return { group: written, unknownMembers: unknown };
      const { group, unknownMembers } = await writeMembers(this.context, written, edits.slice(first));
      return { group, unknownMembers: [...unknown, ...unknownMembers] };
    });
  }

  /** Reads the heads of a spread group only if the version matters. */
  private retryOnConflict<T>(
    id: string,
    expected: VersionList | undefined,
    write: (before: ResourceRecord) => Promise<T>,
  ): Promise<T> {
    const { context } = this;
    return retryOnConflict(
      () => (expected ? context.getWithHeads(id) : context.getExisting(id)),
      expected,
      () => context.isLate(),
      write,
      (group) => withTotals(group).version,
    );
  }

  private readonly onIgnored = (attribute: string): void =>
    this.caller.diagnostics?.ignored(groupResourceType.name, attribute);
}

const checksVersion = (expected: VersionList | undefined): boolean =>
  expected !== undefined && expected !== '*';
