/**
 * What a request shows of a client's set-up although it is carried out. Noted beside the request, best effort, so that the
 * readiness of the domain can tell of it; nothing waits for it or fails of it.
 */
export interface Diagnostics {
  /** An attribute or schema that was sent with a value and is not kept. */
  ignored(resourceType: string, attribute: string): void;
  /** Ids in `members` of a group, or in `groups` of a user, that name nothing of the domain. */
  unknownMembers(attribute: 'members' | 'groups', resourceId: string, ids: readonly string[]): void;
  /** The address of a license to which no mail can go. */
  undeliverable(userId: string, email: string): void;
}
