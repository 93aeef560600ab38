import type { PageKey } from '../table/operations/query';

/** A diagnostic of a request. An earlier version did not store the connection. */
interface FromConnection {
  readonly connectionId?: string;
}

/** The route of token requests in refusals. All others are routes of the SCIM API. */
export const TOKEN_ROUTE = '/oauth2/token';

/** A kind of request that was refused as invalid. Texts come from clients and are cut to a maximum length. */
export interface Refusal extends FromConnection {
  readonly method: string;
  /** The pattern, e.g. `/Users/{id}`. */
  readonly route: string;
  readonly status: number;
  readonly scimType?: string;
  readonly userAgent?: string;
  /** The `detail` of the last response. */
  readonly detail: string;
}

/** The refused requests of one kind in one hour. Times are RFC 3339, UTC. */
export interface RefusedRequests extends Refusal {
  readonly count: number;
  readonly lastAt: string;
}

/**
 * An attribute or schema that a client sent and that the service does not know, or whose value it skipped.
 */
export interface IgnoredAttribute extends FromConnection {
  readonly resourceType: string;
  readonly attribute: string;
  /** The reason why the value of a known attribute was skipped. */
  readonly reason?: string;
  readonly userAgent?: string;
  readonly lastAt: string;
}

/** An attribute that a client used in a filter and that the resource types do not have. */
export interface UnknownFilterAttribute extends FromConnection {
  /** The types that the request lists, e.g. `User`. */
  readonly resourceTypes: readonly string[];
  readonly attribute: string;
  readonly userAgent?: string;
  readonly lastAt: string;
}

/** Ids in `members` of a group, or in `groups` of a user, that do not exist in the domain. */
export interface UnknownMembers extends FromConnection {
  readonly attribute: 'members' | 'groups';
  readonly resourceId: string;
  readonly count: number;
  /** One of the ids. */
  readonly example: string;
  readonly lastAt: string;
}

/** The address of a license to which email cannot be delivered. `email` is absent if the license has none. */
export interface UndeliverableAddress {
  readonly userId: string;
  readonly email?: string;
  readonly lastAt: string;
  /** The refused email; absent if none was sent. */
  readonly mailId?: string;
  readonly detail?: string;
}

/** A resource whose name another one has, too, because an earlier version of the service let both exist. */
export interface DuplicateNameNotice {
  readonly resourceType: 'User' | 'Group';
  readonly resourceId: string;
  readonly name: string;
  readonly otherId: string;
  readonly lastAt: string;
}

/** Diagnostics of one kind, in no particular order. `more` is true if a limit left some out. */
export interface DiagnosticsPage<T> {
  readonly entries: readonly T[];
  readonly more: boolean;
  /** The position at which the next page begins; absent after the last one. */
  readonly next?: PageKey;
}
