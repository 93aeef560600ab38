import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { METADATA_PATH, SCOPE, STANDARD_METADATA_PATH, TOKEN_PATH } from '../../credentials/oauth-paths';
import { docsPageUrl } from '../../docs-url';
import { logger, startInvocation } from '../../logging/telemetry';
import { headerOf } from '../chain/request';

/** Returns whether a request is for the metadata of the authorization server. */
export const isMetadataRequest = ({ httpMethod, resource }: APIGatewayProxyEvent): boolean =>
  httpMethod === 'GET' && (resource === METADATA_PATH || resource === STANDARD_METADATA_PATH);

/** Creates the handler of the metadata. `docsUrl` is the URL or path of the published docs/. */
export const metadataHandler =
  (docsUrl: () => string) =>
  (event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> => {
    const { requestId, domainName, stage } = event.requestContext;
    const cost = startInvocation(context, { requestId });
    const scheme = headerOf(event, 'x-forwarded-proto') ?? 'https';
    const issuer = `${scheme}://${domainName}/${stage}`;
    logger.info('request', {
      requestId,
      method: event.httpMethod,
      route: METADATA_PATH,
      status: 200,
      ...cost(),
    });
    return Promise.resolve({
      statusCode: 200,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'public, max-age=3600',
        'x-request-id': requestId,
      },
      body: JSON.stringify(serverMetadata(issuer, docsUrl())),
    });
  };

/** Returns the metadata of the authorization server (RFC 8414 §2). */
export const serverMetadata = (issuer: string, docsUrl: string): object => ({
  issuer,
  token_endpoint: issuer + TOKEN_PATH,
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: ['RS256', 'ES256'],
  grant_types_supported: ['client_credentials'],
  response_types_supported: [],
  scopes_supported: [SCOPE],
  service_documentation: docsPageUrl(docsUrl, 'api.md'),
});
