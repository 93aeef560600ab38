import { ScimError } from '../../scim/error';
import type { GroupReplacementStore } from '../../store/groups/group-replacement';
import { withTotals } from '../../store/groups/group-heads';
import type { Member, MembershipStore } from '../../store/groups/membership';
import type { ResourceRecord } from '../../store/resources/resource-record';
import type { ResourceStore } from '../../store/resources/resource-store';
import { SimulatedResources } from '../simulation/simulated-resources';
import { isLate, type Caller } from '../resources/caller';

/** A group after a change, and the ids of members that identify no user. */
export interface GroupChange {
  readonly group: ResourceRecord;
  readonly unknownMembers: readonly string[];
}

/** A group whose members were replaced. */
export interface GroupReplacement extends GroupChange {
  /** The members before. */
  readonly present: readonly Member[];
  /** True if a newer request has replaced the list in the meantime. */
  readonly isSuperseded?: boolean;
}

/** Holds what the changes of groups in one request share. */
export class GroupContext {
  readonly own: SimulatedResources;

  constructor(
    readonly store: GroupReplacementStore,
    readonly users: ResourceStore,
    readonly memberships: MembershipStore,
    readonly caller: Caller,
    readonly now: () => Date,
  ) {
    this.own = new SimulatedResources(caller, users);
  }

  /** Reads a group. Throws 404 if it does not exist. */
  async getExisting(id: string): Promise<ResourceRecord> {
    const group = await this.store.get(id);
    if (!group) throw ScimError.notFound(`There is no group with the id "${id.slice(0, 100)}".`);
    return group;
  }

  /** Reads a group with its heads. */
  async getWithHeads(id: string): Promise<ResourceRecord> {
    return this.store.withHeads(await this.getExisting(id));
  }

  /**
   * Returns a group as clients see it after this request wrote a list of its members. `version` is the
   * version if nothing else has changed since the list was read. Otherwise, the response shows a state that
   * existed only for this request, so it gets a version that matches no other state.
   */
  async settle(group: ResourceRecord, version: number): Promise<ResourceRecord> {
    const current = await this.store.get(group.id);
    const totals = current && withTotals(await this.store.withHeads(current));
    return totals?.version === version ? totals : betweenVersions(group, version);
  }

  reportUnknownMembers({ id }: ResourceRecord, userIds: readonly string[]): void {
    this.caller.diagnostics?.unknownMembers('members', id, userIds);
  }

  isLate(): boolean {
    return isLate(this.caller, this.now);
  }
}

/** Returns the group at a version after `version` that no other state of it has. */
export function betweenVersions(group: ResourceRecord, version: number): ResourceRecord {
  return { ...group, headCount: undefined, heads: undefined, version: version + 0.5 };
}
