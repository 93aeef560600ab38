/** The known clients of the SCIM API, by the words of their names and user agents. */
const PROVIDERS: readonly (readonly [RegExp, string])[] = [
  [/okta/i, 'okta'],
  [/entra|azure|microsoft/i, 'entra-id'],
  [/onelogin/i, 'onelogin'],
  [/jumpcloud/i, 'jumpcloud'],
  [/\bping ?(?:identity|federate|one)/i, 'ping'],
  [/sailpoint/i, 'sailpoint'],
  [/cyberark|idaptive/i, 'cyberark'],
  [/\bgoogle\b/i, 'google'],
  [/keycloak/i, 'keycloak'],
  [/postman|bruno|curl|wget|python|node|undici|axios|go-http|okhttp|java|httpie|ruby|powershell/i, 'script'],
];

/**
 * Identifies the identity provider of a request: by the user agent, and otherwise by the name that an
 * administrator gave to the credential, because Entra ID sends no user agent. Returns one of a few fixed
 * words, never text of the client.
 */
export function identityProviderOf(userAgent: string | null | undefined, credentialName = ''): string {
  const find = (text: string) => PROVIDERS.find(([pattern]) => pattern.test(text))?.[1];
  const byAgent = find(userAgent ?? '');
  if (byAgent !== undefined && byAgent !== 'script') return byAgent;
  const byName = find(credentialName);
  if (byName !== undefined && byName !== 'script') return byName;
  return byAgent ?? (userAgent ? 'other' : 'unknown');
}
