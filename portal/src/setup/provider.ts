/** The identity providers for which the setup has a guide. */
export const PROVIDERS = {
  okta: 'Okta',
  'entra-id': 'Microsoft Entra ID',
  other: 'Another one, or a script',
} as const;

export type Provider = keyof typeof PROVIDERS;

/** Makes Entra ID send PATCH requests that comply with RFC 7644. */
const COMPLIANCE_FLAG = '?aadOptscim062020';

/** Returns the URL that an identity provider needs, with the name of its field there. */
export function connectionUrl(provider: Provider, scimBaseUrl: string): { label: string; value: string } {
  switch (provider) {
    case 'okta':
      return { label: 'SCIM connector base URL', value: scimBaseUrl };
    case 'entra-id':
      return { label: 'Tenant URL', value: scimBaseUrl + COMPLIANCE_FLAG };
    case 'other':
      return { label: 'SCIM base URL', value: scimBaseUrl };
  }
}

/** Returns the suggested name of a connection. */
export const connectionName = (provider: Provider): string =>
  provider === 'other' ? 'Identity provider' : PROVIDERS[provider];
