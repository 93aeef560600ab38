import { isDeepStrictEqual } from 'node:util';
import { readCursorSecret } from '../../store/secrets/secret';
import { newId } from '../../id';
import { ScimError } from '../../scim/error';
import type { OnIgnored } from '../../scim/input/ignored';
import { applyPatch } from '../../scim/patch/apply';
import { splitMembership, type MemberValue } from '../../scim/patch/membership';
import { parsePatch } from '../../scim/patch/parse';
import { readResource } from '../../scim/input/read-resource';
import type { Attributes, Json, Resource } from '../../scim/resource';
import { groupResourceType } from '../../scim/resource-type';
import type { VersionList } from '../../scim/input/version-list';
import { GroupStore, MAX_MEMBERS_PER_TRANSACTION } from '../../store/groups/group-store';
import { MembershipStore, type Member, type MembershipEdit } from '../../store/groups/membership';
import type { ResourceRecord } from '../../store/resources/resource-record';
import type { Table } from '../../store/table/table';
import { isLate, type Caller } from '../resources/caller';
import { groupAudit } from './group-audit';
import { groupSource } from './group-source';
import { GroupViews } from './group-views';
import type { ListQuery } from '../listing/list-query';
import { Lister } from '../listing/lister';
import { memberEdits, readAffectedMembers } from './member-edits';
import {
  isNoChange,
  desiredMembership,
  fullMembership,
  type DesiredMembership,
} from '../resources/desired-membership';
import { retryOnConflict } from '../resources/retry-on-conflict';
import type { Listing, ReadResult, ResourceService } from '../resources/resource-service';
import { assertIndexable } from '../resources/assert-indexable';

/** The groups of the caller's domain. What a change of members costs does not depend on how many there are. */
export class Groups implements ResourceService {
  private readonly store: GroupStore;
  private readonly memberships: MembershipStore;
  private readonly views: GroupViews;
  private readonly lister: Lister;

  constructor(
    table: Table,
    auditRetentionDays: number,
    private readonly caller: Caller,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.store = new GroupStore({ ...table, deadline: caller.deadline }, caller.domainId, auditRetentionDays);
    this.memberships = new MembershipStore(table, caller.domainId);
    this.views = new GroupViews(this.memberships, caller.baseUrl);
    const sources = [groupSource(table, caller)];
    this.lister = new Lister({ table, caller, sources, now, cursorSecret: readCursorSecret });
  }

  async create(body: Json | undefined): Promise<Resource> {
    const { attributes, goal } = readGroup(body, this.onIgnored);
    const at = this.now().toISOString();
    const group: ResourceRecord = {
      id: newId(),
      attributes: assertIndexable(attributes),
      version: 1,
      created: at,
      lastModified: at,
      groupIds: [],
      memberCount: 0,
    };
    const edits = memberEdits(group.id, goal, []);
    const first = edits.slice(0, MAX_MEMBERS_PER_TRANSACTION);
    const leftOut = await this.store.create(group, first, groupAudit(this.caller, at, undefined, group));
    this.reportUnknownMembers(group, leftOut);
    const rest = await this.changeMembers(
      group,
      edits.slice(MAX_MEMBERS_PER_TRANSACTION),
      `The group ${group.id} exists now: add them with PATCH.`,
    );
    return this.views.show(rest.group, membersOf(goal, [...leftOut, ...rest.unknownMembers], []));
  }

  /** Reads members only as they are taken. */
  async get(id: string): Promise<ReadResult> {
    const group = await this.getExisting(id);
    return {
      resource: this.views.show(group),
      ...(this.caller.shows('members') && { large: this.views.allMembers(group, () => this.isLate()) }),
    };
  }

  list(query: ListQuery): Promise<Listing> {
    return this.lister.list(query);
  }

  async replace(id: string, body: Json | undefined, expected?: VersionList): Promise<Resource> {
    const { attributes, goal } = readGroup(body, this.onIgnored);
    const { group, unknownMembers, present } = await this.change(id, expected, () => attributes, goal);
    return this.views.show(group, membersOf(goal, unknownMembers, present));
  }

  /** Undefined where the group has more than a few members: to show it would cost more than to change it. */
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

  /** A change that changes nothing writes nothing: identity providers repeat themselves. */
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
        const attributes = assertIndexable(edit(before.attributes));
        const present = isNoChange(desired) ? [] : await readAffectedMembers(this.memberships, id, desired);
        const edits = memberEdits(id, desired, present);
        const same = isDeepStrictEqual(attributes, before.attributes);
        if (same && edits.length === 0) return { group: before, unknownMembers: [], present };

        const at = this.now().toISOString();
        const after = { ...before, attributes, version: before.version + 1, lastModified: at };
        const first = edits.slice(0, MAX_MEMBERS_PER_TRANSACTION);
        const audit = groupAudit(this.caller, at, before, after);
        // Memberships alone commute with whatever else happens; only If-Match asks for the version.
        const leftOut =
          same && !expected
            ? await this.store.changeMembers(id, at, first, audit)
            : await this.store.replace(before, after, first, audit);
        this.reportUnknownMembers(before, leftOut);
        const rest = await this.changeMembers(
          after,
          edits.slice(MAX_MEMBERS_PER_TRANSACTION),
          'What was changed is kept: send the same request again to go on.',
        );
        return { group: rest.group, unknownMembers: [...leftOut, ...rest.unknownMembers], present };
      },
    );
  }

  /** The members that one transaction does not hold, in as many as it takes. `hint` is said where the time is over. */
  private async changeMembers(
    before: ResourceRecord,
    edits: readonly MembershipEdit[],
    hint: string,
  ): Promise<GroupChange> {
    const unknownMembers: string[] = [];
    let group = before;
    for (let done = 0; done < edits.length; done += MAX_MEMBERS_PER_TRANSACTION) {
      if (this.isLate()) throw timeLimitError(edits.length - done, hint);
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

/** A group after a change, and the ids of members that name no user. */
interface GroupChange {
  readonly group: ResourceRecord;
  readonly unknownMembers: readonly string[];
}

function readGroup(
  body: Json | undefined,
  onIgnored: OnIgnored,
): { attributes: Attributes; goal: DesiredMembership } {
  const { members, ...attributes } = readResource(groupResourceType, body, onIgnored);
  const values = ((members ?? []) as Attributes[]).filter(({ value }) => typeof value === 'string');
  return { attributes, goal: fullMembership(values as unknown as MemberValue[]) };
}

/** The members of a group after its whole membership was written; of those who were `present`, a `display` stays. */
function membersOf(
  { added }: DesiredMembership,
  unknownMembers: readonly string[],
  present: readonly Member[],
): Member[] {
  const unknown = new Set(unknownMembers);
  const before = new Map(present.map(({ userId, display }) => [userId, display]));
  return [...added].flatMap(([userId, display]) =>
    unknown.has(userId) ? [] : [{ userId, display: display ?? before.get(userId) }],
  );
}

const timeLimitError = (remaining: number, hint: string): ScimError =>
  ScimError.unavailable(`There was no time for ${remaining} of the members. ${hint}`, 1);
