import type { CredentialType } from '../../../store/credentials/credential';

/** A number that is exact, or a lower bound if there may be more. */
export interface Count {
  readonly number: number;
  readonly atLeast?: boolean;
}

/** A credential in a text. */
export interface NamedCredential {
  readonly name: string;
  /** The name of its connection, if the text has to name it. */
  readonly connection?: string;
  /** The UTC date of the expiry or of the last use; absent if there is none. */
  readonly day?: string;
}

/** The type of several credentials; `mixed` if they have different ones. */
export type CredentialsType = CredentialType | 'mixed';

interface Credentials {
  readonly type: CredentialsType;
  readonly credentials: readonly NamedCredential[];
}

/** The connections that sent requests, if the domain has several. */
interface Senders {
  readonly senders: readonly string[];
}

type SeatPolicy = 'refuse' | 'wait';

/** The facts of the findings about a domain. */
interface DomainFacts {
  /** The contact of the operator, in the language of the operator. */
  readonly 'scim-unavailable': { readonly contactText?: string };
  readonly 'sender-unverified': { readonly identity: string };
  readonly 'sending-paused': object;
  readonly 'sender-sandbox': object;
  readonly 'sender-unknown': object;
  readonly 'emails-paused': object;
  readonly 'email-limit-reached': { readonly limit: number };
  readonly 'key-missing': {
    readonly scope: 'domain' | 'connection';
    readonly noun: 'SCIM key' | 'credential';
    readonly revoked: number;
  };
  readonly 'key-expired': Credentials & { readonly isReplaced: boolean };
  readonly 'key-expires-soon': Credentials & { readonly withinDays: number; readonly nearestDays: number };
  readonly 'key-unused': Credentials & { readonly sinceDays: number };
  /** `items` are the credentials and the subscriptions, with the names of the people who created them. */
  readonly 'credential-creator-gone': {
    readonly credentials: number;
    readonly subscriptions: number;
    readonly items: readonly { readonly name: string; readonly createdBy: string }[];
  };
  readonly 'seats-gone': {
    readonly active: number;
    readonly seats: number;
    readonly policy: SeatPolicy;
  };
  readonly 'seats-almost-gone': {
    readonly active: number;
    readonly seats: number;
    readonly policy: SeatPolicy;
  };
  /** `since` is the UTC date since which the first user waits. */
  readonly 'licenses-pending': { readonly waiting: number; readonly since?: string };
  readonly 'administrators-limit-reached': { readonly administrators: number };
  readonly 'addresses-missing': { readonly users: Count; readonly names: readonly string[] };
  readonly 'addresses-undeliverable': { readonly addresses: readonly string[] };
  readonly 'addresses-bounced': {
    readonly addresses: readonly string[];
    readonly atLeast: boolean;
    readonly complaints: number;
    /** Whether addresses are those of users, or notification addresses of the domain. */
    readonly places: { readonly users: boolean; readonly notifications: boolean };
  };
  readonly 'webhook-dead-letters': { readonly names: readonly string[] };
  readonly 'webhook-events-skipped': { readonly names: readonly string[] };
  readonly 'webhooks-failing': { readonly names: readonly string[] };
  readonly 'users-managed-by-hand': { readonly users: number; readonly moreThan: boolean };
}

/** The facts of the findings about requests of identity providers. */
interface RequestFacts {
  readonly 'tokens-refused': Senders & { readonly requests: Count };
  /** `kinds` are such as `3 × POST /Users` and a status with an optional error. */
  readonly 'requests-refused': Senders & {
    readonly requests: Count;
    readonly kinds: readonly { readonly request: string; readonly error: string }[];
  };
  readonly 'filters-too-broad': Senders & { readonly requests: Count; readonly kinds: readonly string[] };
  readonly 'rate-limit-reached': {
    readonly perMinute: number;
    readonly perTenSeconds: number;
    readonly minutes: number;
    /** The time of the last minute, such as `14:05`, in UTC. */
    readonly lastAt: string;
    /** The connection that sent the most requests, if the domain has several. */
    readonly mostBy?: string;
  };
  readonly 'members-left-out': Senders & {
    readonly atLeast: boolean;
    readonly members: number;
    readonly groups: number;
    readonly groupsOfUsers: number;
    readonly users: number;
  };
  readonly 'names-duplicate': { readonly names: Count };
  readonly 'filter-attributes-unknown': Senders & {
    readonly attributes: readonly UnknownAttribute[];
    readonly atLeast: boolean;
  };
  readonly 'attributes-ignored': Senders & {
    readonly attributes: readonly UnknownAttribute[];
    readonly atLeast: boolean;
  };
}

/** The facts of each finding, from which its texts are made in each language. */
export type FindingFacts = DomainFacts & RequestFacts;

/** An attribute that a client sent. */
export interface UnknownAttribute {
  readonly attribute: string;
  readonly resourceTypes: readonly string[];
}

/** The texts of a finding. */
export interface FindingText {
  /** The observation, in a sentence with names and numbers. */
  readonly found: string;
  /** The action to take, and who should take it. */
  readonly action: string;
}

/** The texts of all findings in one language. */
export type FindingTexts = TextsOf<FindingFacts>;
/** The texts of the findings about requests. */
export type RequestTexts = TextsOf<RequestFacts>;
type TextsOf<Facts> = { readonly [Code in keyof Facts]: (facts: Facts[Code]) => FindingText };
