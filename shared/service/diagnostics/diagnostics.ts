/**
 * Records problems of a client's configuration that a successful request shows, so that readiness can report
 * them. Recording is best effort: no request fails because of it.
 */
export interface Diagnostics {
  /**
   * Records an attribute or schema that was sent with a value, and is not stored. `reason` says why a known
   * attribute was skipped.
   */
  ignored(resourceType: string, attribute: string, reason?: string): void;
  /**
   * Records an attribute in a filter that `resourceTypes` do not have, so that the filter matches nothing.
   */
  unknownFilterAttribute(resourceTypes: readonly string[], attribute: string): void;
  /** Records ids in `members` of a group, or in `groups` of a user, that identify nothing in the domain. */
  unknownMembers(attribute: 'members' | 'groups', resourceId: string, ids: readonly string[]): void;
  /**
   * Records the address of an active license to which no email can be sent. `email` is undefined if it has no
   * address.
   */
  undeliverable(userId: string, email: string | undefined, detail?: string): void;
}
