/** A provider of the setting, which stays off. */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: () => false,
  configFileSelector: () => false,
  default: false,
};

/**
 * Leaves a client as it is. In the bundles, this module replaces `@aws-sdk/middleware-endpoint-discovery`
 * (lib/constructs/common/scim-function.ts). The client of DynamoDB contains its cache, and no command uses
 * it.
 */
export const resolveEndpointDiscoveryConfig = <T>(config: T): T => config;
