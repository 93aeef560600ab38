import type { Credential } from '../api/schema';
import { t } from './messages';

/** The ways in which Entra ID authenticates, by the type of the credential. */
export const ENTRA_ID_METHODS = {
  trust: {
    title: t('workloadIdentity'),
    description: t('entraIdSignsAssertionNo'),
  },
  'client-secret': {
    title: t('clientCredentials'),
    description: t('clientIdClientSecretRenew'),
  },
  'scim-key': {
    title: t('secretToken'),
    description: t('scimKeyEntraIdAccepts'),
  },
} as const satisfies Record<Credential['type'], { readonly title: string; readonly description: string }>;

export type EntraIdMethod = keyof typeof ENTRA_ID_METHODS;

/** The name of each method in Entra ID. */
export const METHOD_NAMES: Readonly<Record<EntraIdMethod, string>> = {
  trust: t('workloadIdentityBasedAuthentication'),
  'client-secret': t('oAuth2ClientCredentialsGrant'),
  'scim-key': t('bearerAuthentication'),
};

/** Returns the method in the address of the page. */
export const methodOf = (text: string | null): EntraIdMethod =>
  text !== null && Object.hasOwn(ENTRA_ID_METHODS, text) ? (text as EntraIdMethod) : 'trust';
