import type { ResourceRecord } from '../../store/resources/resource-record';
import type { DomainRole } from '../admin/admin-roles';

/** The administrator role that a mapping gives to a user. */
export interface MappedRole {
  readonly role: DomainRole;
  readonly mappingId: string;
  /** The group of a mapping of a group. */
  readonly groupId?: string;
}

/** The result of an evaluation of one user, as far as it concerns administrators. */
export interface EvaluatedUser {
  readonly userId: string;
  /** The user that was evaluated; absent if the user does not exist anymore. */
  readonly user?: ResourceRecord;
  /**
   * Absent if no mapping makes the user an administrator. Ignored if the user is inactive or does not exist.
   */
  readonly mapped?: MappedRole;
  /** The revision of the mappings that were evaluated. */
  readonly mappingsVersion: number;
}

/**
 * The effect of an application. `notConfirmed`: no owner has confirmed that the connection of the user may
 * make administrators. `noAddress`: the user has no address at which the user could sign in. `limit`: the
 * domain has as many administrators from roles as it may have. In these three cases, the user is not an
 * administrator.
 */
export type MappedOutcome =
  'unchanged' | 'made' | 'changed' | 'removed' | 'notConfirmed' | 'noAddress' | 'limit';

/** Makes portal administrators what the mappings of their domain say. */
export interface AppliesAdministrators {
  /**
   * Makes the role from mappings of one user what an evaluation says. A repeated call changes nothing. Throws
   * `VersionConflict` if the user or the mappings have changed since they were evaluated; evaluate again.
   *
   * Call it downstream, before the result is stored, so that a repeated message makes up for a crash. A
   * caller may leave it out if neither the stored result nor the new one has an administrator.
   */
  apply(domainId: string, evaluated: EvaluatedUser): Promise<MappedOutcome>;
}
