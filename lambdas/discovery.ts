import { ENV, requireEnv } from '../shared/env';
import { discoveryRoutes } from '../shared/http/routes/discovery-routes';
import { optionalCredential } from '../shared/http/chain/optional-credential';
import { scimHandler } from '../shared/http/chain/scim-handler';
import { readRatePlans } from '../shared/rate-plan';
import { openCredentialCheck } from '../shared/service/credentials/credential-check';

/**
 * Serves `/ServiceProviderConfig`, `/ResourceTypes`, and `/Schemas`. `GET /ServiceProviderConfig` comes without
 * an authorizer.
 */
export const handler = scimHandler(
  () => discoveryRoutes(readRatePlans(), requireEnv(ENV.docsUrl)),
  Date.now,
  optionalCredential(openCredentialCheck()),
);
