import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { ENV, requireEnv } from '../shared/env';
import { catalogRoutes } from '../shared/http/routes/catalog-routes';
import { discoveryRoutes } from '../shared/http/routes/discovery-routes';
import { optionalCredential } from '../shared/http/chain/optional-credential';
import { scimHandler } from '../shared/http/chain/scim-handler';
import { isMetadataRequest, metadataHandler } from '../shared/http/token/metadata-handler';
import { readRatePlans } from '../shared/limits/rate-plan';
import { MappingStore } from '../shared/store/mappings/mapping-store';
import { openTable } from '../shared/store/table/table';
import { openCredentialCheck } from '../shared/service/credentials/credential-check';

const readMappings = async (domainId: string) =>
  (await new MappingStore(openTable(), domainId).read())?.mappings ?? [];

const docsUrl = () => requireEnv(ENV.docsUrl);
const metadata = metadataHandler(docsUrl);
const scim = scimHandler(
  () => [...discoveryRoutes(readRatePlans(), docsUrl()), ...catalogRoutes(readMappings)],
  Date.now,
  optionalCredential(openCredentialCheck()),
);

/**
 * Serves `/ServiceProviderConfig`, `/ResourceTypes`, and `/Schemas`, what clients can assign to users, and
 * the metadata of OAuth. `GET` of the first and of the last comes without an authorizer.
 */
export const handler = (event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> =>
  isMetadataRequest(event) ? metadata(event, context) : scim(event, context);
