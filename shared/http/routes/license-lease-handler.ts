import type { APIGatewayProxyEvent } from 'aws-lambda';
import { JWKS_CACHE_SECONDS } from '../../license-lease';
import type { LicenseLease } from '../../service/licenses/license-lease';
import type { PublicKey } from '../../signing/public-key';
import { keyResponse, LicenseApiError, licenseApiHandler, licenseKeyIn } from './license-api';

export interface LicenseLeaseDependencies {
  readonly issue: (key: string, nonce?: string) => Promise<LicenseLease>;
  readonly publicKeys: () => Promise<readonly PublicKey[]>;
  /** The number of seconds for which the answer about an inactive or unknown key may be cached. */
  readonly otherCacheSeconds: number;
}

/**
 * Creates the handler of `GET /v1/lease` and `GET /v1/jwks`, which responds in plain JSON. `wire` is called
 * once, on the first request.
 */
export const licenseLeaseHandler = (wire: () => LicenseLeaseDependencies) =>
  licenseApiHandler({
    logAs: 'license lease',
    wire,
    respond: async (event, wired) => {
      if (event.resource === '/v1/jwks')
        return {
          status: 200,
          headers: { 'cache-control': `public, max-age=${JWKS_CACHE_SECONDS}` },
          body: { keys: await wired().publicKeys() },
        };
      const key = licenseKeyIn(event);
      const nonce = nonceIn(event);
      const { issue, otherCacheSeconds } = wired();
      const result = await issue(key, nonce);
      if (result.status !== 'active') return keyResponse(otherCacheSeconds, result);
      const { renewAfterSeconds, ...answer } = result;
      return keyResponse(renewAfterSeconds, answer);
    },
  });

function nonceIn({ queryStringParameters }: APIGatewayProxyEvent): string | undefined {
  const nonce = queryStringParameters?.nonce;
  if (nonce === undefined || /^[\w-]{1,64}$/.test(nonce)) return nonce;
  const detail = 'The nonce must be 1 to 64 letters, digits, "-", or "_". Send another one, or none.';
  throw new LicenseApiError(400, 'invalidNonce', detail);
}
