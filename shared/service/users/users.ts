import { isDeepStrictEqual } from 'node:util';
import { readCursorSecret } from '../../store/secrets/secret';
import { newId } from '../../id';
import { ScimError } from '../../scim/error';
import { applyPatch } from '../../scim/patch/apply';
import { splitMembership } from '../../scim/patch/membership';
import { parsePatch } from '../../scim/patch/parse';
import { readResource } from '../../scim/input/read-resource';
import type { Attributes, Json, Resource } from '../../scim/resource';
import { userResourceType } from '../../scim/resource-type';
import { completeUser } from '../../scim/input/user-rules';
import type { VersionList } from '../../scim/input/version-list';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { ResourceStore } from '../../store/resources/resource-store';
import type { Table } from '../../store/table/table';
import { MAX_GROUPS_PER_TRANSACTION, UserStore } from '../../store/users/user-store';
import { isLate, type Caller } from '../resources/caller';
import { groupEdits, desiredGroupsOfBody } from './group-edits';
import type { ListQuery } from '../listing/list-query';
import { Lister } from '../listing/lister';
import {
  desiredMembership,
  NO_MEMBERSHIP_CHANGE,
  type DesiredMembership,
} from '../resources/desired-membership';
import { retryOnConflict } from '../resources/retry-on-conflict';
import type { Listing, ReadResult, ResourceService } from '../resources/resource-service';
import { assertIndexable } from '../resources/assert-indexable';
import { userSource } from './user-source';
import { UserViews } from './user-views';
import { UserWriter } from './user-writer';

/** Provisions the users of the caller's domain, and with them their licenses. */
export class Users implements ResourceService {
  private readonly store: UserStore;
  private readonly writer: UserWriter;
  private readonly views: UserViews;
  private readonly lister: Lister;

  constructor(
    table: Table,
    auditRetentionDays: number,
    private readonly caller: Caller,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.store = new UserStore({ ...table, deadline: caller.deadline }, caller.domainId, auditRetentionDays);
    this.writer = new UserWriter(this.store, caller, now);
    this.views = new UserViews(new ResourceStore(table, caller.domainId, 'GROUP'), caller.baseUrl);
    const sources = [userSource(table, caller)];
    this.lister = new Lister({ table, caller, sources, now, cursorSecret: readCursorSecret });
  }

  /** A user is active unless the body says otherwise; `groups` that are not empty are entered. */
  async create(body: Json | undefined): Promise<Resource> {
    const read = readResource(userResourceType, body, this.onIgnored);
    const attributes = assertIndexable(completeUser({ active: true, ...read }));
    const goal = desiredGroupsOfBody(body);
    const at = this.now().toISOString();
    const user: ResourceRecord = {
      id: newId(),
      attributes,
      version: 1,
      created: at,
      lastModified: at,
      groupIds: [],
      memberCount: 0,
    };
    const edits = groupEdits(user, goal);
    const created = await this.writer.create(user, edits);
    if (edits.length <= MAX_GROUPS_PER_TRANSACTION) return this.view(created);
    // From here on others may know the user, and change it as well.
    const goOn = `The user ${user.id} exists now: enter them with PATCH.`;
    return this.change(user.id, undefined, (same) => same, goal, goOn);
  }

  async get(id: string): Promise<ReadResult> {
    return { resource: await this.view(await this.getExisting(id)) };
  }

  list(query: ListQuery): Promise<Listing> {
    return this.lister.list(query);
  }

  /** `active` stays as it is where the body leaves it out; `groups` is ignored, since Okta always sends it empty. */
  async replace(id: string, body: Json | undefined, expected?: VersionList): Promise<Resource> {
    const attributes = readResource(userResourceType, body, this.onIgnored);
    return this.change(id, expected, ({ active }) =>
      completeUser({ ...(active !== undefined && { active }), ...attributes }),
    );
  }

  /** Operations on the path `groups` enter and leave groups. */
  async patch(id: string, body: Json | undefined, expected?: VersionList): Promise<Resource> {
    const { membership, attributeOperations } = splitMembership(parsePatch(body, this.onIgnored), 'groups');
    const edit = (attributes: Attributes): Attributes =>
      attributeOperations.length > 0
        ? completeUser(applyPatch(userResourceType, attributes, attributeOperations, this.onIgnored))
        : attributes;
    return this.change(id, expected, edit, desiredMembership(membership));
  }

  async delete(id: string, expected?: VersionList): Promise<void> {
    await retryOnConflict(
      () => this.getExisting(id),
      expected,
      () => isLate(this.caller, this.now),
      (user) => this.writer.delete(user),
    );
  }

  /** A change that changes nothing writes nothing: identity providers repeat themselves. */
  private change(
    id: string,
    expected: VersionList | undefined,
    edit: (attributes: Attributes) => Attributes,
    desired: DesiredMembership = NO_MEMBERSHIP_CHANGE,
    hint?: string,
  ): Promise<Resource> {
    return retryOnConflict(
      () => this.getExisting(id),
      expected,
      () => isLate(this.caller, this.now),
      async (before) => {
        const attributes = assertIndexable(edit(before.attributes));
        const edits = groupEdits(before, desired);
        if (edits.length === 0 && isDeepStrictEqual(attributes, before.attributes)) return this.view(before);
        return this.view(await this.writer.replace(before, attributes, edits, hint));
      },
    );
  }

  private readonly onIgnored = (attribute: string): void =>
    this.caller.diagnostics?.ignored(userResourceType.name, attribute);

  private async getExisting(id: string): Promise<ResourceRecord> {
    const user = await this.store.get(id);
    if (!user) throw ScimError.notFound(`There is no user with the id "${id.slice(0, 100)}".`);
    return user;
  }

  private async view(user: ResourceRecord): Promise<Resource> {
    const shown = this.caller.shows('groups')
      ? await this.views.showAll([user])
      : this.views.withKnownNames([user]);
    return shown[0] as Resource;
  }
}
