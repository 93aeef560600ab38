import { stageName } from '../stage';
import { shareOf } from './usage-share';

/** The rate of one caller, or of one share of callers: requests per second, and the size of a burst. */
export interface AdminLimit {
  readonly requestsPerSecond: number;
  readonly burst: number;
}

/**
 * The callers of the admin API by their limit. Each kind has shares of its own, so that no owner or viewer
 * can use up the allowance of an operator, and no person that of the admin token.
 */
export const ADMIN_CALLERS = {
  token: { shares: 1, requestsPerSecond: 50, burst: 200 },
  operator: { shares: 4, requestsPerSecond: 50, burst: 200 },
  user: { shares: 16, requestsPerSecond: 20, burst: 100 },
} as const satisfies Readonly<Record<string, AdminLimit & { readonly shares: number }>>;

export type AdminCallerKind = keyof typeof ADMIN_CALLERS;

/**
 * The limit of each method for all callers together. It is above the sum of the shares, so no caller reaches
 * it with valid tokens. It bounds the cost of a flood of invalid tokens.
 */
export const ADMIN_STAGE_LIMIT: AdminLimit = { requestsPerSecond: 1_000, burst: 2_000 };

/** The API keys that an AWS account can have in a region. AWS does not raise this quota. */
export const MAX_API_KEYS = 10_000;

/** The number of API keys above which an alarm goes off. */
export const MANY_API_KEYS = 9_000;

/** The metric of the admin function with the API keys of the account and region. */
export const API_KEYS_METRIC = 'ApiKeys';

/**
 * A part of the name of the rule that lets the admin function invite the administrators whom mappings make.
 * CloudFormation generates the name from the ID of the rule, and cuts it only after 13 characters.
 */
export const ADMINISTRATOR_TASKS_RULE = 'FunctionTasks';

/** The limit of the public OpenAPI document, which needs no credential. */
export const OPENAPI_LIMIT: AdminLimit = { requestsPerSecond: 10, burst: 20 };

/** The limit of each method that opens setup links, for all callers together. They have no credential yet. */
export const SETUP_LINK_LIMIT: AdminLimit = { requestsPerSecond: 50, burst: 100 };

/**
 * Returns the beginning of the values of the API keys of a stage. The values must be unique in an account and
 * region.
 */
export const adminUsageKeyPrefix = (stage: string): string => stageName('scim-admin-api', stage);

/**
 * Returns the value of a share's API key. API Gateway requires at least 20 characters. The value is not a
 * credential: the API accepts it only from its authorizer, never from a client.
 */
export const adminUsageKeyOf = (kind: AdminCallerKind, share: number, prefix: string): string =>
  `${prefix}-${kind}-${share}`;

/** Returns the API key of a caller. `salt` as in `shareOf`. */
export const adminUsageKey = (
  kind: AdminCallerKind,
  callerId: string,
  { salt, prefix }: { readonly salt: string; readonly prefix: string },
): string => adminUsageKeyOf(kind, shareOf(callerId, salt, ADMIN_CALLERS[kind].shares), prefix);
