import { isActive } from '../../scim/input/user-rules';
import type { Attributes } from '../../scim/resource';
import type { Domain } from '../../store/domains/domain-store';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { AdminError } from '../admin/admin-error';
import { managerOf } from '../users/user-manager';
import type { Users } from '../users/users';
import {
  assertColumns,
  attributesWith,
  bodyOfNew,
  changedColumns,
  withField,
  type UserValues,
} from './user-values';

/** Reports nothing, because the values of columns are either valid or refused. */
const NO_REPORTS = { onIgnored: () => undefined, onSkipped: () => undefined };

/** Returns whether the clients of connections can write users of a domain. */
const isScimInUse = ({ scimAvailable, scimEnabled }: Domain): boolean => scimAvailable && scimEnabled;

/**
 * Creates, changes, and deletes the users of a domain manually, with the services of the SCIM API. Throws an
 * `AdminError` that names the field, or the `ScimError` of the service.
 */
export class ManagedUsers {
  constructor(
    private readonly domain: Domain,
    private readonly users: Users,
  ) {}

  /** Returns the id of the new user. */
  async create(values: UserValues): Promise<string> {
    assertColumns(Object.keys(values));
    return namingField(async () => (await this.users.create(bodyOfNew(values))).id);
  }

  /** Changes these values, and keeps all others. */
  async change(id: string, values: UserValues): Promise<void> {
    assertColumns(Object.keys(values));
    await namingField(() => this.users.edit(id, (before) => this.edited(before, values)));
  }

  async activate(id: string): Promise<void> {
    await this.change(id, { active: 'true' });
  }

  async delete(id: string): Promise<void> {
    await this.users.delete(id, undefined, (user) => this.assertManaged(user, 'delete it'));
  }

  /** Returns the attributes that `create` would store. */
  previewNew(values: UserValues): Promise<Attributes> {
    return namingField(() => this.users.previewNew(bodyOfNew(values)));
  }

  /** Returns the attributes that `change` would store. */
  previewChange(before: ResourceRecord, values: UserValues): Promise<Attributes> {
    return namingField(() => {
      const after = this.edited(before, values);
      this.users.checkAddress(after, before.attributes);
      return after;
    });
  }

  private edited(before: ResourceRecord, values: UserValues): Attributes {
    const after = attributesWith(before.attributes, values, NO_REPORTS);
    if (after === before.attributes) return after;
    const isActivation = !isActive(before.attributes) && isActive(after);
    const isDeactivation = isActive(before.attributes) && !isActive(after);
    const onlyDeactivates = isDeactivation && changedColumns(before.attributes, after).length === 1;
    this.assertManaged(
      before,
      onlyDeactivates ? 'deactivate it' : isActivation ? 'activate it' : 'change it',
    );
    return after;
  }

  /**
   * While SCIM is enabled, an administrator may not overwrite what a connection has written: the next request
   * of the connection would undo it, and a person who has left could get access again.
   */
  private assertManaged(
    user: ResourceRecord,
    what: 'activate it' | 'change it' | 'deactivate it' | 'delete it',
  ): void {
    if (managerOf(user) === 'administrator' || !isScimInUse(this.domain)) return;
    const isManaged = `The user ${user.attributes.userName as string} is managed by a connection, so `;
    throw new AdminError(
      what === 'deactivate it'
        ? `${isManaged}an import or a change of values cannot deactivate it. Deactivate it on its page in the portal, or ` +
            `with: scim user deactivate ${this.domain.domainId} ${user.id}`
        : `${isManaged}an administrator can only deactivate it. To ${what}, use the identity provider, or disable ` +
            'SCIM first.',
      'conflict',
    );
  }
}

async function namingField<T>(run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw withField(error);
  }
}
