import type { Term } from './filter';

/** The position of a user or group in the order of creation, counting deleted ones. It may not exist. */
export type Ordinal = number;

export interface Email {
  readonly value: string;
  readonly type?: string;
  readonly primary?: boolean;
}

/** The body of a POST or PUT of a user. */
export interface UserBody {
  readonly userName?: string;
  readonly externalId?: string;
  readonly title?: string;
  readonly active?: boolean | string;
  readonly emails?: readonly Email[];
  readonly groups?: readonly Ordinal[];
}

type MemberForm = 'object' | 'text';

/** A member in a request: an object, with or without a `display`, or only the ID. */
export interface MemberInput {
  readonly user: Ordinal;
  readonly form: MemberForm;
  readonly display?: string;
}

/** The body of a POST or PUT of a group. */
export interface GroupBody {
  readonly displayName?: string;
  readonly externalId?: string;
  readonly members?: readonly MemberInput[];
}

/**
 * One operation of a PATCH on an attribute. `set` with null clears it; `pathless` sends the attribute in the
 * value.
 */
export type Change =
  | {
      readonly kind: 'set';
      readonly attribute: string;
      readonly value: string | boolean | null;
      readonly pathless: boolean;
    }
  | { readonly kind: 'unset'; readonly attribute: string };

/** One operation of a PATCH of a user. */
export type UserChange =
  | Change
  | { readonly kind: 'emails'; readonly emails: readonly Email[] }
  | { readonly kind: 'workEmail'; readonly value: string }
  | { readonly kind: 'groups'; readonly op: MembershipOp; readonly groups: readonly Ordinal[] };

/** The operation of a membership change. `removeAll` is a `remove` without a value. */
export type MembershipOp = 'add' | 'remove' | 'replace' | 'removeAll';

/**
 * The form of members: an array at the path, a `remove` of `members[value eq …]`, or a value without a path.
 */
type MembersForm = 'array' | 'selected' | 'pathless';

/** One operation of a PATCH of a group. */
export type GroupChange =
  | Change
  | {
      readonly kind: 'members';
      readonly op: MembershipOp;
      readonly form: MembersForm;
      readonly members: readonly MemberInput[];
    };

export type ResourcePath = 'Users' | 'Groups';

/** Attributes that a request hides: `members` or `groups`, or all except the name. */
export type HiddenAttributes = 'nothing' | 'memberships' | 'allButName';

/** The version in `If-Match`: the current one, one that never existed, or any. */
export type IfMatchChoice = 'right' | 'wrong' | '*';

interface ProjectionOptions {
  readonly hide?: HiddenAttributes;
}
interface TargetOptions extends ProjectionOptions {
  readonly at: Ordinal;
  readonly match?: IfMatchChoice;
}

export type Operation =
  | ({ readonly do: 'POST'; readonly type: 'Users'; readonly body: UserBody } & ProjectionOptions)
  | ({ readonly do: 'POST'; readonly type: 'Groups'; readonly body: GroupBody } & ProjectionOptions)
  | ({ readonly do: 'PUT'; readonly type: 'Users'; readonly body: UserBody } & TargetOptions)
  | ({ readonly do: 'PUT'; readonly type: 'Groups'; readonly body: GroupBody } & TargetOptions)
  | ({
      readonly do: 'PATCH';
      readonly type: 'Users';
      readonly changes: readonly UserChange[];
    } & TargetOptions)
  | ({
      readonly do: 'PATCH';
      readonly type: 'Groups';
      readonly changes: readonly GroupChange[];
    } & TargetOptions)
  | ({ readonly do: 'DELETE' | 'GET'; readonly type: ResourcePath } & TargetOptions)
  | ({
      readonly do: 'LIST';
      readonly type: ResourcePath;
      readonly filter?: Term;
      readonly startIndex?: number;
      readonly count?: number;
    } & ProjectionOptions);
