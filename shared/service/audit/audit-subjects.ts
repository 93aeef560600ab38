import type { AdministratorStore } from '../../store/administrators/administrator-store';
import type { MappedAdministratorStore } from '../../store/administrators/mapped-administrator-store';
import { type AuditSubject, subjectWithId } from '../../store/audit/audit-subject';
import type { AddressIndex } from '../../store/resources/address-index';
import type { ResourceStore } from '../../store/resources/resource-store';
import { nameKeyOf } from '../../scim/text/name-key';
import { DEPLOYMENT } from '../../store/table/keys';

/** The largest number of users with one address that are looked up. */
const MAX_USERS = 20;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface AuditSubjectsOptions {
  /** The id of a domain, or `DEPLOYMENT`. */
  readonly scope: string;
  readonly users: Pick<AddressIndex, 'idsOf'>;
  readonly groups: Pick<ResourceStore, 'idOfName'>;
  readonly administrators: Pick<AdministratorStore, 'list'>;
  readonly mapped: Pick<MappedAdministratorStore, 'get'>;
}

/**
 * Finds the resources and actors that a filter of the audit log names, with a constant number of reads. A
 * text may be an id, the userName or an email address of a user, the displayName of a group, or the address
 * or name of an administrator.
 */
export class AuditSubjects {
  constructor(private readonly options: AuditSubjectsOptions) {}

  /** Returns the changed resources that the text names. */
  async resources(text: string): Promise<AuditSubject> {
    if (UUID.test(text)) return subjectWithId(text);
    const [users, group, administrators] = await Promise.all([
      this.usersOf(text),
      this.groupOf(text),
      this.administratorsOf([this.options.scope], text),
    ]);
    return subject(text, [...users, ...group, ...administrators]);
  }

  /** Returns the actors that the text names: administrators of the scope, and operators. */
  async actors(text: string): Promise<AuditSubject> {
    if (UUID.test(text)) return subjectWithId(text);
    const { scope } = this.options;
    const [administrators, mapped] = await Promise.all([
      this.administratorsOf([...new Set([scope, DEPLOYMENT])], text),
      this.mappedOf(text),
    ]);
    return subject(text, [...administrators, ...mapped]);
  }

  /** The deployment has no users. */
  private async usersOf(text: string): Promise<string[]> {
    const { scope, users } = this.options;
    return scope === DEPLOYMENT ? [] : users.idsOf(text, MAX_USERS);
  }

  private async groupOf(text: string): Promise<string[]> {
    const { scope, groups } = this.options;
    const id = scope === DEPLOYMENT ? undefined : await groups.idOfName(text);
    return id === undefined ? [] : [id];
  }

  private async administratorsOf(scopes: readonly string[], text: string): Promise<string[]> {
    const key = nameKeyOf(text);
    const lists = await Promise.all(scopes.map((scope) => this.options.administrators.list(scope)));
    return lists.flatMap(({ administrators }) =>
      administrators
        .filter(({ email, name }) => [email, name].some((known) => known && nameKeyOf(known) === key))
        .map(({ administratorId }) => administratorId),
    );
  }

  /**
   * Returns the portal users who are administrators because of mappings, and whose SCIM user has the address.
   */
  private async mappedOf(text: string): Promise<string[]> {
    const { scope, mapped } = this.options;
    const found = await Promise.all((await this.usersOf(text)).map((userId) => mapped.get(scope, userId)));
    return found.flatMap((administrator) => administrator?.administratorId ?? []);
  }
}

/** The text itself may be an id, such as that of a suppressed address. */
const subject = (text: string, ids: readonly string[]): AuditSubject => ({ ids: [text, ...ids], name: text });
