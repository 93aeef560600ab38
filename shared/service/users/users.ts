import { isDeepStrictEqual } from 'node:util';
import { ENV, requireEnv } from '../../env';
import { newId } from '../../id';
import { ScimError } from '../../scim/error';
import { reportIgnored } from '../../scim/input/ignored';
import { NO_MEMBERSHIP_CHANGE, type DesiredMembership } from '../../scim/patch/membership';
import type { Attributes, Json, Resource } from '../../scim/resource';
import { checkActiveAddress, isActiveWithoutAddress } from '../../scim/input/user-rules';
import type { VersionList } from '../../scim/input/version-list';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { ResourceStore } from '../../store/resources/resource-store';
import { MappingStore } from '../../store/mappings/mapping-store';
import { readCursorSecret } from '../../store/secrets/secrets';
import type { Table } from '../../store/table/table';
import { toStoredAttributes } from '../../store/resources/stored-user-type';
import { UserStore } from '../../store/users/user-store';
import type { ListQuery } from '../listing/list-query';
import { Lister } from '../listing/lister';
import { isLate, patchLimits, type Caller } from '../resources/caller';
import { continueHint, creationMark, findCreation } from '../resources/creation';
import type { Listing, ReadResult, ResourceService } from '../resources/resource-service';
import { retryOnConflict } from '../resources/retry-on-conflict';
import { desiredGroupsOfBody } from './groups-of-body';
import { CallerMappings } from './mapped-change';
import { groupEdits } from './user-change';
import { managerAfter, managerOfNew } from './user-manager';
import { readNewExact, readNewUser, readReplacement, readUserPatch, type InputReports } from './user-input';
import { userSource } from './user-source';
import { UserViews } from './user-views';
import { UserWriter, type ReplaceOptions } from './user-writer';
import { SimulatedResources } from '../simulation/simulated-resources';
import { CLIENT_RULES, SIMULATION_RULES } from './user-checks';
import { product, userResourceType } from '../../product/product';

/** The settings of the deployment that changes of users follow. */
export interface UserSettings {
  /** The number of whole days for which audit events are kept. */
  readonly auditRetentionDays: number;
  /** The number of whole days for which an ended license keeps its key; 0 if it never does. */
  readonly keyGraceDays: number;
  /** Whether an active user needs an address for license emails. */
  readonly requireMailAddress: boolean;
}

/** Reads the settings of this function. */
export const readUserSettings = (): UserSettings => ({
  auditRetentionDays: Number(requireEnv(ENV.auditRetentionDays)),
  keyGraceDays: Number(requireEnv(ENV.keyGraceDays)),
  requireMailAddress: requireEnv(ENV.requireMailAddress) === 'true',
});

/** The users of the caller's domain. A change of a user also changes the user's license. */
export class Users implements ResourceService {
  private readonly store: UserStore;
  private readonly writer: UserWriter;
  private readonly views: UserViews;
  private readonly own: SimulatedResources;
  private readonly reports: InputReports;

  constructor(
    private readonly table: Table,
    private readonly settings: UserSettings,
    private readonly caller: Caller,
    private readonly now: () => Date = () => new Date(),
  ) {
    const { auditRetentionDays, keyGraceDays } = settings;
    this.store = new UserStore(table.withDeadline(caller.deadline), caller.domainId, auditRetentionDays);
    const groups = new ResourceStore(table, caller.domainId, 'GROUP');
    const mappings = caller.hasMappings
      ? new CallerMappings(new MappingStore(table.withDeadline(caller.deadline), caller.domainId), groups)
      : undefined;
    this.writer = new UserWriter(this.store, caller, keyGraceDays, now, mappings);
    this.views = new UserViews(groups, caller.baseUrl);
    this.own = new SimulatedResources(caller, groups);
    this.reports = reportsTo(caller);
  }

  /**
   * Activates the user unless the body says otherwise, and adds the user to the `groups` of the body.
   * Continues the creation of the user if the same request was cut off before it had written all groups.
   */
  async create(body: Json | undefined): Promise<Resource> {
    const attributes = this.previewNew(body);
    const desired = desiredGroupsOfBody(body);
    await this.own.checkAdded(desired);
    const at = this.now().toISOString();
    const managedBy = managerOfNew(this.caller.actor);
    const newUser: ResourceRecord = {
      id: newId(),
      attributes,
      version: 1,
      created: at,
      lastModified: at,
      groupIds: [],
      memberCount: 0,
      ...(managedBy && { managedBy }),
    };
    const isLarge = desired.added.size > this.store.maxMemberships(undefined, newUser);
    const creation = isLarge
      ? creationMark(this.caller, at, toStoredAttributes(product, attributes), desired)
      : undefined;
    const user = { ...newUser, ...(creation && { creation }) };
    const begun = await this.beginCreation(user, desired);
    if (!isLarge) return this.view(begun);
    // The user exists now, so other requests may change it at the same time.
    return this.change(begun.id, undefined, (attributes) => attributes, desired, {
      endsCreation: 'last',
      hint: continueHint('user', begun),
    });
  }

  /**
   * Returns the attributes that `create` would store. An administrator must correct invalid values, also of
   * inactive users.
   */
  previewNew(body: Json | undefined): Attributes {
    const read = this.caller.actor.kind === 'admin' ? readNewExact : readNewUser;
    const attributes = read(body, this.reports);
    this.checkAddress(attributes);
    return attributes;
  }

  /**
   * Returns the user after the first transaction, or the incomplete one that the same request has created.
   */
  private async beginCreation(user: ResourceRecord, desired: DesiredMembership): Promise<ResourceRecord> {
    try {
      return await this.writer.create(user, groupEdits(user, desired));
    } catch (error) {
      const begun = await findCreation(this.store, user, error, this.now);
      if (!begun) throw error;
      return begun;
    }
  }

  async get(id: string): Promise<ReadResult> {
    const user = await this.getExisting(id);
    // A group that is renamed or deleted does not change the version of its members at once.
    const showsOthers = this.caller.shows('groups') && user.groupIds.length > 0;
    return { resource: await this.view(user), ...(showsOthers && { showsOthers }) };
  }

  list(query: ListQuery): Promise<Listing> {
    const { table, caller, now } = this;
    const sources = [userSource(table, caller, now)];
    return new Lister({ table, caller, sources, now, cursorSecret: readCursorSecret }).list(query);
  }

  /** Keeps `active` if the body lacks it. Ignores `groups`, because Okta always sends it empty. */
  async replace(id: string, body: Json | undefined, expected?: VersionList): Promise<Resource> {
    return this.change(id, expected, readReplacement(body, this.reports));
  }

  /** Operations on the path `groups` change the user's memberships. */
  async patch(id: string, body: Json | undefined, expected?: VersionList): Promise<Resource> {
    const { apply, groups } = readUserPatch(body, this.reports, patchLimits(this.caller, this.now));
    await this.own.checkAdded(groups);
    return this.change(id, expected, apply, groups);
  }

  /**
   * Changes a user manually. If the attributes differ afterward, administrators manage the user from then on.
   * `edit` throws if the user must not be changed like this.
   */
  async edit(id: string, edit: (before: ResourceRecord) => Attributes): Promise<Resource> {
    return this.change(id, undefined, (_, before) => edit(before), NO_MEMBERSHIP_CHANGE, { isManual: true });
  }

  /** `check` throws if the user must not be deleted. */
  async delete(id: string, expected?: VersionList, check?: (user: ResourceRecord) => void): Promise<void> {
    await retryOnConflict(
      () => this.getExisting(id),
      expected,
      () => isLate(this.caller, this.now),
      (user) => {
        this.own.checkChanged('USER', user);
        check?.(user);
        return this.writer.delete(user);
      },
    );
  }

  /**
   * Writes nothing if nothing changes: identity providers repeat their requests. Their first request for a
   * user whom administrators manage is a change, because it takes the user over.
   */
  private change(
    id: string,
    expected: VersionList | undefined,
    edit: (attributes: Attributes, before: ResourceRecord) => Attributes,
    desired: DesiredMembership = NO_MEMBERSHIP_CHANGE,
    options?: ReplaceOptions,
  ): Promise<Resource> {
    return retryOnConflict(
      () => this.getExisting(id),
      expected,
      () => isLate(this.caller, this.now),
      async (before) => {
        this.own.checkChanged('USER', before);
        const attributes = edit(before.attributes, before);
        this.checkAddress(attributes, before.attributes);
        const edits = groupEdits(before, desired);
        const sameAttributes = isDeepStrictEqual(attributes, before.attributes);
        const isTakenOver = managerAfter(this.caller.actor, before) !== before.managedBy;
        if (edits.length === 0 && sameAttributes && !isTakenOver) {
          if (options?.endsCreation) await this.store.endCreation(before);
          return this.view(before);
        }
        // A client that changes more than single memberships has taken over an incomplete creation.
        const endsCreation = sameAttributes && !desired.replaces ? 'never' : 'first';
        return this.view(await this.writer.replace(before, attributes, edits, options ?? { endsCreation }));
      },
    );
  }

  /** A user without an address may stay active if the user was active without one before. */
  checkAddress(after: Attributes, before: Attributes = {}): void {
    if (this.settings.requireMailAddress && !isActiveWithoutAddress(before)) checkActiveAddress(after);
  }

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

/** Returns how the input of a caller is checked and reported. */
const reportsTo = ({ diagnostics, isSimulation }: Caller): InputReports => ({
  rules: isSimulation ? SIMULATION_RULES : CLIENT_RULES,
  onIgnored: (attribute, reason) => diagnostics?.ignored(userResourceType.name, attribute, reason),
  onSkipped: (path, { detail }) =>
    reportIgnored(
      (attribute) => diagnostics?.ignored(userResourceType.name, attribute, detail),
      path,
      detail,
    ),
});
