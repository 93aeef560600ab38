import * as z from 'zod';
import { REGION } from '../../cloud/template/account';
import { readProperties } from '../../cloud/template/properties';
import type { Resource } from '../../cloud/template/resources';
import { UserError } from '../../host/user-error';

/** The settings of a Cognito user pool and its one client that matter to an OpenID issuer. */
export interface UserPool {
  readonly clientId: string;
  readonly redirectUris: readonly string[];
  readonly logoutUris: readonly string[];
  readonly scopes: readonly string[];
  /** Seconds. */
  readonly idTokenTtl: number;
  readonly refreshTokenTtl: number;
}

const UNITS = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 };
const Unit = z.enum(['seconds', 'minutes', 'hours', 'days']);

const ClientProperties = z.object({
  UserPoolId: z.string(),
  AllowedOAuthFlows: z.tuple([z.literal('code')]),
  AllowedOAuthScopes: z.array(z.string()),
  CallbackURLs: z.array(z.string()),
  LogoutURLs: z.array(z.string()).default([]),
  GenerateSecret: z.literal(false, 'a web page cannot keep a secret'),
  IdTokenValidity: z.number(),
  RefreshTokenValidity: z.number(),
  TokenValidityUnits: z.object({ IdToken: Unit, RefreshToken: Unit }),
});

/** Returns the pool's settings. Throws a `UserError` if one of them is not supported. */
export function poolOf(resources: readonly Resource[], poolId: string): UserPool {
  const [client, ...others] = resources.filter(
    ({ type, properties }) => type === 'AWS::Cognito::UserPoolClient' && properties.UserPoolId === poolId,
  );
  if (!client || others.length > 0) throw new UserError('A user pool of the template must have one client.');
  const { TokenValidityUnits: units, ...own } = readProperties(ClientProperties, client);
  return {
    clientId: client.ref,
    redirectUris: own.CallbackURLs,
    logoutUris: own.LogoutURLs,
    scopes: own.AllowedOAuthScopes,
    idTokenTtl: own.IdTokenValidity * UNITS[units.IdToken],
    refreshTokenTtl: own.RefreshTokenValidity * UNITS[units.RefreshToken],
  };
}

/** Returns the URLs of a pool and of its domain in AWS. */
export function issuerUrls(resources: readonly Resource[], poolId: string): string[] {
  return resources.flatMap(({ type, ref, attributes, properties }) => {
    if (type === 'AWS::Cognito::UserPool' && ref === poolId) return attributes.ProviderURL ?? [];
    const isDomain = type === 'AWS::Cognito::UserPoolDomain' && properties.UserPoolId === poolId;
    return isDomain ? `https://${ref}.auth.${REGION}.amazoncognito.com` : [];
  });
}
