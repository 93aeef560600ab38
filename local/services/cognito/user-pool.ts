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
  /** The attributes that users may write through the client. */
  readonly writeAttributes: readonly string[];
  /** Whether users sign in by their address, which is then unique. */
  readonly signsInByEmail: boolean;
  /** The attributes that keep their value until the user enters the code sent to the new one. */
  readonly verifiedBeforeUpdate: readonly string[];
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
  WriteAttributes: z.array(z.string()).default([]),
});

const PoolProperties = z.object({
  UsernameAttributes: z.array(z.string()).default([]),
  Schema: z
    .array(
      z.object({
        Name: z.string(),
        Mutable: z.boolean().default(true),
        Required: z.boolean().default(false),
      }),
    )
    .default([]),
  UserAttributeUpdateSettings: z
    .object({ AttributesRequireVerificationBeforeUpdate: z.array(z.string()) })
    .optional(),
});

/** The attributes that every user of a client may write unless the client lists others. */
export const STANDARD_ATTRIBUTES: readonly string[] = [
  ...[
    'address',
    'birthdate',
    'email',
    'family_name',
    'gender',
    'given_name',
    'locale',
    'middle_name',
    'name',
  ],
  ...[
    'nickname',
    'phone_number',
    'picture',
    'preferred_username',
    'profile',
    'updated_at',
    'website',
    'zoneinfo',
  ],
];

/** Returns the pool's settings. Throws a `UserError` if one of them is not supported. */
export function poolOf(resources: readonly Resource[], poolId: string): UserPool {
  const [client, ...others] = resources.filter(
    ({ type, properties }) => type === 'AWS::Cognito::UserPoolClient' && properties.UserPoolId === poolId,
  );
  if (!client || others.length > 0) throw new UserError('A user pool of the template must have one client.');
  const { TokenValidityUnits: units, ...own } = readProperties(ClientProperties, client);
  const pool = resources.find(({ type, ref }) => type === 'AWS::Cognito::UserPool' && ref === poolId);
  const {
    Schema,
    UserAttributeUpdateSettings: updates,
    UsernameAttributes,
  } = pool ? readProperties(PoolProperties, pool) : PoolProperties.parse({});
  return {
    writeAttributes: writeAttributesOf(own.WriteAttributes, Schema),
    signsInByEmail: UsernameAttributes.includes('email'),
    verifiedBeforeUpdate: updates?.AttributesRequireVerificationBeforeUpdate ?? [],
    clientId: client.ref,
    redirectUris: own.CallbackURLs,
    logoutUris: own.LogoutURLs,
    scopes: own.AllowedOAuthScopes,
    idTokenTtl: own.IdTokenValidity * UNITS[units.IdToken],
    refreshTokenTtl: own.RefreshTokenValidity * UNITS[units.RefreshToken],
  };
}

/**
 * An empty list means the default. Cognito refuses a list without a required attribute, or with an immutable
 * one.
 */
function writeAttributesOf(
  listed: readonly string[],
  schema: z.output<typeof PoolProperties>['Schema'],
): readonly string[] {
  const immutable = schema.filter(({ Mutable }) => !Mutable).map(({ Name }) => Name);
  if (listed.length === 0) return STANDARD_ATTRIBUTES.filter((name) => !immutable.includes(name));
  const missing = schema.filter(({ Name, Required }) => Required && !listed.includes(Name));
  const wrong = [...missing.map(({ Name }) => Name), ...listed.filter((name) => immutable.includes(name))];
  if (wrong.length === 0) return listed;
  throw new UserError(`Invalid write attributes specified while creating a client: ${wrong.join(', ')}`);
}

/** Returns the URLs of a pool and of its domain in AWS. */
export function issuerUrls(resources: readonly Resource[], poolId: string): string[] {
  return resources.flatMap(({ type, ref, attributes, properties }) => {
    if (type === 'AWS::Cognito::UserPool' && ref === poolId) return attributes.ProviderURL ?? [];
    const isDomain = type === 'AWS::Cognito::UserPoolDomain' && properties.UserPoolId === poolId;
    return isDomain ? `https://${ref}.auth.${REGION}.amazoncognito.com` : [];
  });
}
