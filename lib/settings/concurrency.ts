import * as z from 'zod';

/** The concurrent executions of Lambda that AWS keeps for functions without a reservation. */
const UNRESERVED = 100;
/** The account limit that AWS gives an established account. A new account starts lower. */
const DEFAULT_ACCOUNT_LIMIT = 1_000;

/**
 * The concurrent executions that are reserved for each function. A reservation is a guarantee and a ceiling:
 * the functions that administrators and authorizers need keep theirs, and requests of domains cannot take all
 * others.
 */
export const DEFAULT_CONCURRENCY = {
  authorizer: 50,
  adminAuthorizer: 20,
  licenseCheckAuthorizer: 20,
  token: 20,
  admin: 20,
  adminUsers: 20,
  licenseChanges: 40,
  mailOutbox: 5,
  dispatch: 40,
  promoter: 10,
  users: 200,
  groups: 100,
  bulk: 50,
  search: 20,
} as const;

export type ReservedFunction = keyof typeof DEFAULT_CONCURRENCY;

/** The reservations of a stage, and the limit of its account. */
export type Concurrency = Readonly<Record<ReservedFunction | 'accountLimit', number>>;

const executions = z.int().positive();

/** The schema of the setting. `null` reserves nothing. */
export const concurrencySchema = z
  .strictObject({
    accountLimit: executions.default(DEFAULT_ACCOUNT_LIMIT),
    authorizer: executions.default(DEFAULT_CONCURRENCY.authorizer),
    adminAuthorizer: executions.default(DEFAULT_CONCURRENCY.adminAuthorizer),
    licenseCheckAuthorizer: executions.default(DEFAULT_CONCURRENCY.licenseCheckAuthorizer),
    token: executions.default(DEFAULT_CONCURRENCY.token),
    admin: executions.default(DEFAULT_CONCURRENCY.admin),
    adminUsers: executions.default(DEFAULT_CONCURRENCY.adminUsers),
    licenseChanges: executions.default(DEFAULT_CONCURRENCY.licenseChanges),
    mailOutbox: executions.default(DEFAULT_CONCURRENCY.mailOutbox),
    dispatch: executions.default(DEFAULT_CONCURRENCY.dispatch),
    promoter: executions.default(DEFAULT_CONCURRENCY.promoter),
    users: executions.default(DEFAULT_CONCURRENCY.users),
    groups: executions.default(DEFAULT_CONCURRENCY.groups),
    bulk: executions.default(DEFAULT_CONCURRENCY.bulk),
    search: executions.default(DEFAULT_CONCURRENCY.search),
  })
  .nullable()
  .default(null);

/** Returns the account limit that the reservations need at least. */
export const requiredAccountLimit = ({ accountLimit: _, ...reserved }: Concurrency): number =>
  Object.values(reserved).reduce((sum, each) => sum + each, UNRESERVED);

/** Returns why AWS would refuse the reservations, or undefined if the account can have them. */
export function concurrencyProblem(concurrency: Concurrency): string | undefined {
  const required = requiredAccountLimit(concurrency);
  const { accountLimit } = concurrency;
  if (required <= accountLimit) return undefined;
  return (
    `concurrency: the functions reserve ${required - UNRESERVED} concurrent executions, and AWS keeps ` +
    `${UNRESERVED} unreserved. The account needs a limit of ${required}, but accountLimit is ${accountLimit}. ` +
    'Reserve less, or request a higher limit for Lambda in Service Quotas and set accountLimit to it.'
  );
}

/** Describes the account limit that the reservations need, for the output of synthesis. */
export const describeConcurrency = (concurrency: Concurrency): string => {
  const required = requiredAccountLimit(concurrency);
  return (
    `This stage reserves ${required - UNRESERVED} concurrent executions of Lambda. With the ${UNRESERVED} that AWS ` +
    `keeps unreserved, the account needs a limit of at least ${required} in this region, plus what its other ` +
    'functions reserve. `aws lambda get-account-settings` shows the limit as ConcurrentExecutions.'
  );
};
