import { toResource } from '../../scim/output/representation';
import type { Resource } from '../../scim/resource';
import type { ResourceRecord } from '../../store/resources/resource-record';
import type { ResourceStore } from '../../store/resources/resource-store';
import { userResourceType } from '../../product/product';

/** Shows users with the names of their groups. Each group's name is read once. */
export class UserViews {
  /** Maps group ids to names. The name of a deleted group, whose id some users still have, is undefined. */
  private readonly names = new Map<string, string | undefined>();

  constructor(
    private readonly groups: ResourceStore,
    private readonly baseUrl: string,
  ) {}

  async showAll(users: readonly ResourceRecord[]): Promise<Resource[]> {
    await this.readNames(users.flatMap((user) => user.groupIds));
    return this.withKnownNames(users);
  }

  /** Reads nothing, and leaves out groups whose name is not known. */
  withKnownNames(users: readonly ResourceRecord[]): Resource[] {
    return users.map((user) =>
      toResource(userResourceType, { ...user, baseUrl: this.baseUrl, groups: this.groupsOf(user) }),
    );
  }

  private groupsOf({ groupIds }: ResourceRecord) {
    return groupIds.flatMap((value) => {
      const display = this.names.get(value);
      return display === undefined ? [] : [{ value, display }];
    });
  }

  private async readNames(groupIds: readonly string[]): Promise<void> {
    const unknown = [...new Set(groupIds)].filter((id) => !this.names.has(id));
    if (unknown.length === 0) return;
    for (const id of unknown) this.names.set(id, undefined);
    for (const { id, attributes } of await this.groups.getMany(unknown)) {
      this.names.set(id, attributes.displayName as string);
    }
  }
}
