/** A request that was refused as invalid, as one kind of such requests. Texts come from clients and are cut. */
export interface Refusal {
  readonly method: string;
  /** The pattern, e.g. `/Users/{id}`. */
  readonly route: string;
  readonly status: number;
  readonly scimType?: string;
  readonly userAgent?: string;
  /** What the last such request was told. */
  readonly detail: string;
}

/** Of one kind in one hour. Times are RFC 3339, UTC. */
export interface RefusedRequests extends Refusal {
  readonly count: number;
  readonly lastAt: string;
}

/** An attribute or schema that a client sent and the service does not have. */
export interface IgnoredAttribute {
  readonly resourceType: string;
  readonly attribute: string;
  readonly userAgent?: string;
  readonly lastAt: string;
}

/** Ids in `members` of a group, or `groups` of a user, that name nothing of the domain. */
export interface UnknownMembers {
  readonly attribute: 'members' | 'groups';
  readonly resourceId: string;
  readonly count: number;
  /** One of the ids. */
  readonly example: string;
  readonly lastAt: string;
}

/** An address of a license to which no mail can go. */
export interface UndeliverableAddress {
  readonly userId: string;
  readonly email: string;
  readonly lastAt: string;
  /** The mail that was refused; absent where none was sent yet. */
  readonly mailId?: string;
  readonly detail?: string;
}

/** Notices in no particular order, those of a limited number of items; `more` where there are others. */
export interface DiagnosticsPage<T> {
  readonly entries: readonly T[];
  readonly more: boolean;
}
