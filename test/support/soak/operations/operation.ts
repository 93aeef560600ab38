import type { Value } from '../model/register';

/** The forms in which identity providers change the members of a group. */
export const MEMBER_FORMS = [
  'add',
  'addWithoutPath',
  'removeByFilter',
  'removeByValues',
  'replace',
  'addAndRemove',
] as const;
export type MemberForm = (typeof MEMBER_FORMS)[number];

export type Attributes = Readonly<Record<string, Value>>;

/**
 * A request of an identity provider. Users and groups have names, because only the service knows their IDs.
 */
export type ClientOperation =
  | { readonly do: 'createUser'; readonly user: string; readonly values: Attributes }
  | {
      readonly do: 'patchUser';
      readonly user: string;
      readonly values: Attributes;
      readonly hasPath: boolean;
    }
  | { readonly do: 'putUser'; readonly user: string; readonly values: Attributes }
  | { readonly do: 'deleteUser'; readonly user: string }
  | {
      readonly do: 'createGroup';
      readonly group: string;
      readonly displayName: string;
      readonly members: readonly string[];
    }
  | { readonly do: 'renameGroup'; readonly group: string; readonly displayName: string }
  | {
      readonly do: 'patchMembers';
      readonly group: string;
      readonly form: MemberForm;
      readonly users: readonly string[];
      /** The users that `addAndRemove` removes. */
      readonly removed?: readonly string[];
    }
  | {
      readonly do: 'putGroup';
      readonly group: string;
      readonly displayName: string;
      readonly members: readonly string[];
    }
  | { readonly do: 'deleteGroup'; readonly group: string }
  | {
      readonly do: 'changeGroupsOfUser';
      readonly user: string;
      readonly op: 'add' | 'remove';
      readonly groups: readonly string[];
    }
  | {
      readonly do: 'bulk';
      readonly users: readonly { readonly user: string; readonly values: Attributes }[];
      readonly group: string;
      readonly displayName: string;
    }
  | { readonly do: 'rotateKey' };

/** A request of an administrator. */
export type AdminOperation =
  | { readonly do: 'setSeats'; readonly seats: number | null; readonly seatPolicy: 'refuse' | 'wait' }
  | { readonly do: 'renameDomain'; readonly name: string }
  | { readonly do: 'pauseMail'; readonly isPaused: boolean }
  | { readonly do: 'replaceKey'; readonly user: string }
  | { readonly do: 'deactivate'; readonly user: string }
  | { readonly do: 'setMappings'; readonly groups: readonly string[]; readonly userTypes: readonly string[] }
  | { readonly do: 'createConnection'; readonly connection: string }
  | { readonly do: 'rotateSecret'; readonly connection: string }
  | { readonly do: 'revokeConnection'; readonly connection: string }
  | { readonly do: 'invite'; readonly email: string; readonly role: 'owner' | 'viewer' }
  | { readonly do: 'withdraw'; readonly email: string }
  | { readonly do: 'deleteDomain' };

/** An operation on the deployment: a killed function, or a change of a webhook. */
export type DeploymentOperation =
  | { readonly do: 'kill'; readonly function: string }
  | { readonly do: 'pauseWebhook'; readonly webhook: number; readonly ms: number }
  | { readonly do: 'rotateWebhookSecret'; readonly webhook: number }
  | { readonly do: 'replayWebhook'; readonly webhook: number; readonly ms: number }
  | { readonly do: 'retryWebhook'; readonly webhook: number };

/** An operation of one actor, which waits for each of its operations before the next one. */
export type Operation = {
  /** The name of the actor. */
  readonly by: string;
  /** The position of the domain. */
  readonly domain: number;
} & (ClientOperation | AdminOperation | DeploymentOperation);
