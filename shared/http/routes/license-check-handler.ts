import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { LicenseCheckCache } from '../../limits/license-check-limits';
import type { LicenseCheck } from '../../service/licenses/license-check';
import { keyResponse, licenseApiHandler, licenseKeyIn } from './license-api';

export interface LicenseCheckDependencies {
  readonly check: (
    key: string,
    options: { readonly includesOrganizations: boolean },
  ) => Promise<LicenseCheck>;
  readonly cacheSeconds: LicenseCheckCache;
}

/**
 * Creates the handler of `GET /v1/check`, which responds in plain JSON. `wire` is called once, on the first
 * request.
 */
export const licenseCheckHandler = (wire: () => LicenseCheckDependencies) =>
  licenseApiHandler({
    logAs: 'license check',
    wire,
    respond: async (event, wired) => {
      const key = licenseKeyIn(event);
      const { check, cacheSeconds } = wired();
      const includesOrganizations = includedParts(event).includes('organizations');
      const result = await check(key, { includesOrganizations });
      return keyResponse(result.status === 'active' ? cacheSeconds.active : cacheSeconds.other, result);
    },
  });

/**
 * Returns the parts of the answer that `?include=` asks for. Unknown parts are ignored, so that products may
 * ask for later ones.
 */
const includedParts = ({ queryStringParameters }: APIGatewayProxyEvent): string[] =>
  (queryStringParameters?.include ?? '').split(',').map((part) => part.trim());
