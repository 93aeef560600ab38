import { isDeepStrictEqual } from 'node:util';
import { newId } from '../id';
import { ScimError } from '../scim/error';
import { applyPatch } from '../scim/patch/apply';
import { parsePatch } from '../scim/patch/parse';
import { readResource } from '../scim/read-resource';
import type { Attributes, Json, Resource } from '../scim/resource';
import { userResourceType } from '../scim/resource-type';
import { completeUser } from '../scim/user-rules';
import { namesVersion, type VersionList } from '../scim/version-list';
import { readCounts } from '../store/counts';
import { PageMarks } from '../store/page-marks';
import type { ResourceRecord } from '../store/resource-record';
import { isKeyText, ResourceStore } from '../store/resource-store';
import type { Table } from '../store/table';
import { UserStore } from '../store/user-store';
import { VersionConflict } from '../store/version-conflict';
import type { Caller } from './caller';
import { Lister } from './lister';
import type { ListQuery } from './list-query';
import type { Listing, ResourceService } from './resource-service';
import { userChange } from './user-change';
import { UserViews } from './user-views';

/** A change that lost a race to another is made again on what the other left; past this many it is a 503. */
const ATTEMPTS = 10;

/** Provisions the users of the caller's domain, and with them their licenses. */
export class Users implements ResourceService {
  private readonly store: UserStore;
  private readonly views: UserViews;

  constructor(
    private readonly table: Table,
    auditRetentionDays: number,
    private readonly caller: Caller,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.store = new UserStore(table, caller.domainId, auditRetentionDays);
    this.views = new UserViews(new ResourceStore(table, caller.domainId, 'GROUP'), caller.baseUrl);
  }

  async create(body: Json | undefined): Promise<Resource> {
    const attributes = completeUser({ active: true, ...readResource(userResourceType, body) });
    const at = this.now().toISOString();
    const user: ResourceRecord = {
      id: newId(),
      attributes: storable(attributes),
      version: 1,
      created: at,
      lastModified: at,
      groupIds: [],
    };
    await this.store.create(user, userChange(this.caller, at, undefined, user));
    return this.view(user);
  }

  async get(id: string): Promise<Resource> {
    return this.view(await this.existing(id));
  }

  list(query: ListQuery): Promise<Listing> {
    const { domainId } = this.caller;
    return new Lister({
      store: this.store,
      marks: new PageMarks(this.table, domainId, 'USER'),
      type: userResourceType,
      view: (users) => this.views.of(users),
      total: async () => (await readCounts(this.table, domainId)).users,
      now: () => this.now().getTime(),
    }).list(query);
  }

  /** `active` stays as it is where the body leaves it out; `groups` is ignored, since Okta always sends it empty. */
  async replace(id: string, body: Json | undefined, expected?: VersionList): Promise<Resource> {
    const attributes = readResource(userResourceType, body);
    return this.change(id, expected, ({ active }) =>
      completeUser({ ...(active !== undefined && { active }), ...attributes }),
    );
  }

  async patch(id: string, body: Json | undefined, expected?: VersionList): Promise<Resource> {
    const operations = parsePatch(body);
    return this.change(id, expected, (attributes) =>
      completeUser(applyPatch(userResourceType, attributes, operations)),
    );
  }

  async delete(id: string, expected?: VersionList): Promise<void> {
    await this.race(id, expected, async (user) => {
      const at = this.now().toISOString();
      await this.store.delete(user, userChange(this.caller, at, user, undefined));
    });
  }

  /** A change that changes nothing writes nothing: identity providers repeat themselves. */
  private change(
    id: string,
    expected: VersionList | undefined,
    edit: (attributes: Attributes) => Attributes,
  ): Promise<Resource> {
    return this.race(id, expected, async (before) => {
      const attributes = storable(edit(before.attributes));
      if (isDeepStrictEqual(attributes, before.attributes)) return this.view(before);
      const at = this.now().toISOString();
      const after = { ...before, attributes, version: before.version + 1, lastModified: at };
      await this.store.replace(before, after, userChange(this.caller, at, before, after));
      return this.view(after);
    });
  }

  /**
   * Reads the user and runs `write`, whose write holds only if the user is still what was read. Where it is not, a client
   * without `If-Match` has its change made to the fresh user; one with it has named a version that is gone.
   */
  private async race<T>(
    id: string,
    expected: VersionList | undefined,
    write: (user: ResourceRecord) => Promise<T>,
  ): Promise<T> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const user = await this.existing(id);
      if (expected && !namesVersion(expected, user.version)) {
        throw ScimError.preconditionFailed(
          `The user is at version W/"${user.version}". Read it again and repeat the change with that If-Match.`,
        );
      }
      try {
        return await write(user);
      } catch (error) {
        if (!(error instanceof VersionConflict)) throw error;
      }
    }
    throw ScimError.unavailable(
      'The user is being changed by many requests at once. Send the request again.',
      1,
    );
  }

  private async existing(id: string): Promise<ResourceRecord> {
    const user = await this.store.get(id);
    if (!user) throw ScimError.notFound(`There is no user with the id "${id.slice(0, 100)}".`);
    return user;
  }

  private async view(user: ResourceRecord): Promise<Resource> {
    const [resource] = await this.views.of([user]);
    return resource as Resource;
  }
}

/** What an index is on can be no longer than a key. */
function storable(attributes: Attributes): Attributes {
  for (const name of ['userName', 'externalId']) {
    const value = attributes[name];
    if (typeof value === 'string' && !isKeyText(value)) {
      throw ScimError.invalidValue(`${name} is longer than 1,024 bytes. Send a shorter one.`);
    }
  }
  return attributes;
}
