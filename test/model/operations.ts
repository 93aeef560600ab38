import type { Term } from './filter';

/**
 * Which user or group, by the order of creation, deleted ones included; one that was never made is nobody.
 */
export type Ordinal = number;

export interface Email {
  readonly value: string;
  readonly type?: string;
  readonly primary?: boolean;
}

/** What a client sends of a user. */
export interface UserBody {
  readonly userName?: string;
  readonly externalId?: string;
  readonly title?: string;
  readonly active?: boolean | string;
  readonly emails?: readonly Email[];
  readonly groups?: readonly Ordinal[];
}

export type MemberForm = 'object' | 'text';

/** A member as it is sent: an object, with a `display` perhaps, or the bare id. */
export interface MemberInput {
  readonly user: Ordinal;
  readonly form: MemberForm;
  readonly display?: string;
}

export interface GroupBody {
  readonly displayName?: string;
  readonly externalId?: string;
  readonly members?: readonly MemberInput[];
}

/** One operation of a PATCH. `set` without a value clears; `pathless` puts the attribute into the value. */
export type Change =
  | {
      readonly kind: 'set';
      readonly attribute: string;
      readonly value: string | boolean | null;
      readonly pathless: boolean;
    }
  | { readonly kind: 'unset'; readonly attribute: string };

export type UserChange =
  | Change
  | { readonly kind: 'emails'; readonly emails: readonly Email[] }
  | { readonly kind: 'workEmail'; readonly value: string }
  | { readonly kind: 'groups'; readonly op: MembershipOp; readonly groups: readonly Ordinal[] };

/** `removeAll` is a remove without a value. */
export type MembershipOp = 'add' | 'remove' | 'replace' | 'removeAll';

/**
 * How the members are named: an array at the path, `members[value eq …]` (of a remove), or in a value without
 * a path.
 */
export type MembersForm = 'array' | 'selected' | 'pathless';

export type GroupChange =
  | Change
  | {
      readonly kind: 'members';
      readonly op: MembershipOp;
      readonly form: MembersForm;
      readonly members: readonly MemberInput[];
    };

export type ResourcePath = 'Users' | 'Groups';

/** `memberships` leaves out `members` of a group or `groups` of a user; `allButName` shows the name alone. */
export type HiddenAttributes = 'nothing' | 'memberships' | 'allButName';

/** The version that the client names: the one that is, one that never was, any. */
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
