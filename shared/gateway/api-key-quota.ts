/** API Gateway created no API key, because the account has as many as it can have in the region. */
export class ApiKeyQuotaError extends Error {
  override readonly name = 'ApiKeyQuotaError';

  constructor(quota: number) {
    super(`The AWS account has ${quota} API keys in this region, and cannot have more.`);
  }
}
