import type { Credential } from '../api/schema';

/** The ways in which Entra ID authenticates, by the type of the credential. */
export const ENTRA_ID_METHODS = {
  trust: {
    title: 'Workload identity',
    description: 'Entra ID signs an assertion. No secret exists, so none expires or leaks.',
  },
  'client-secret': {
    title: 'Client credentials',
    description: 'A client ID and a client secret, which you renew every one to three years.',
  },
  'scim-key': {
    title: 'Secret token',
    description: 'A SCIM key. Entra ID accepts it only for applications that are not from its gallery.',
  },
} as const satisfies Record<Credential['type'], { readonly title: string; readonly description: string }>;

export type EntraIdMethod = keyof typeof ENTRA_ID_METHODS;

/** The name of each method in Entra ID. */
export const METHOD_NAMES: Readonly<Record<EntraIdMethod, string>> = {
  trust: 'Workload identity-based authentication',
  'client-secret': 'OAuth2 client credentials grant',
  'scim-key': 'Bearer authentication',
};

/** Returns the method in the address of the page. */
export const methodOf = (text: string | null): EntraIdMethod =>
  text !== null && Object.hasOwn(ENTRA_ID_METHODS, text) ? (text as EntraIdMethod) : 'trust';
