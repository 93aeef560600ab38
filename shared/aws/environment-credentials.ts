import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Finds the credentials of the function in its environment, where Lambda puts them. In the bundles, this
 * module replaces `@aws-sdk/credential-provider-node` (lib/constructs/common/scim-function.ts), which
 * contains the clients of three more services.
 */
export const defaultProvider = fromEnv;
