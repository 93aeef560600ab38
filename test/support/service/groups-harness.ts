import type { Json, Resource } from '../../../shared/scim/resource';
import { Groups } from '../../../shared/service/groups/groups';
import type { Caller } from '../../../shared/service/resources/caller';
import { MembershipStore } from '../../../shared/store/groups/membership';
import type { Table } from '../../../shared/store/table/table';
import { readDomain } from '../consistency/domain-data';
import { createCaller } from '../requests/caller';
import { seedUsers } from '../seed/seed-users';
import { RETENTION_DAYS } from '../store/records';

/** The groups of a new domain, with ways to read what they store. */
export class GroupsHarness {
  readonly caller: Caller = createCaller();

  constructor(readonly table: Table) {}

  /** Returns a new service, because a service serves one request. */
  groups(caller: Partial<Caller> = {}): Groups {
    return new Groups(this.table, RETENTION_DAYS, { ...this.caller, ...caller });
  }

  /** Creates users, and returns their ids in order. */
  newUsers(number: number): Promise<string[]> {
    return seedUsers(this.caller.domainId, number, this.table);
  }

  /** Reads a group with all its members. */
  async read(id: string): Promise<Resource> {
    const { resource, large } = await this.groups().get(id);
    const members: Json[] = [];
    for await (const page of large?.pages ?? []) members.push(...page);
    return { ...resource, members };
  }

  /** Returns the user ids of the stored memberships. */
  async storedMembers(groupId: string): Promise<string[]> {
    const members = await new MembershipStore(this.table, this.caller.domainId).members(groupId);
    return members.map(({ userId }) => userId);
  }

  async eventsOf(groupId: string) {
    const { audit } = await readDomain(this.caller.domainId, this.table);
    return audit.filter(({ resourceId }) => resourceId === groupId);
  }
}

export const refs = (ids: readonly string[]): Json => ids.map((value) => ({ value }));

export const patch = (...Operations: object[]): Json => ({ Operations }) as Json;

export const addMembers = (...ids: string[]): Json => patch({ op: 'add', path: 'members', value: refs(ids) });
export const removeMembers = (...ids: string[]): Json =>
  patch({ op: 'remove', path: 'members', value: refs(ids) });
export const renameGroup = (displayName: string): Json =>
  patch({ op: 'replace', path: 'displayName', value: displayName });

/** Returns the sorted member ids of a group in a response. */
export const memberIdsOf = (group: Resource | undefined): string[] =>
  ((group?.members ?? []) as { value: string }[]).map(({ value }) => value).sort();
