/** The API keys that an AWS account can have in a region. AWS does not raise this quota. */
export const MAX_API_KEYS = 10_000;

/** The number of API keys above which an alarm goes off. */
export const MANY_API_KEYS = 9_000;

/** The metric of the admin function with the API keys of the account and region. */
export const API_KEYS_METRIC = 'ApiKeys';

/** API Gateway created no API key, because the account has as many as it can have in the region. */
export class ApiKeyQuotaError extends Error {
  override readonly name = 'ApiKeyQuotaError';

  constructor(quota: number) {
    super(`The AWS account has ${quota} API keys in this region, and cannot have more.`);
  }
}
