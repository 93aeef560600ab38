/** The identity providers that can be simulated, as the command line names them. */
export const PROVIDER_IDS = ['okta', 'entra', 'onelogin', 'jumpcloud', 'keycloak'] as const;
export type ProviderId = (typeof PROVIDER_IDS)[number];
