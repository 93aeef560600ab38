import * as z from 'zod/mini';
import { IDENTITY_PROVIDERS } from '../../../../store/credentials/connection';
import { fields } from '../../fields';

/*
 * The shapes of the bodies about connections and SCIM keys. The rules for values are in
 * `shared/service/connections` and `shared/service/credentials`.
 */

const OPTIONAL_NAME = [z.optional(z.string()), 'a text'] as const;
const EXPIRE_TIME = [z.optional(z.string()), 'an RFC 3339 time, such as 2027-01-31T12:00:00Z'] as const;
const IDENTITY_PROVIDER = [
  z.optional(z.enum(IDENTITY_PROVIDERS)),
  `one of ${IDENTITY_PROVIDERS.join(', ')}`,
] as const;

export const NEW_CONNECTION = fields({
  name: [z.string(), 'a text'],
  identityProvider: IDENTITY_PROVIDER,
});

export const CONNECTION_CHANGE = fields({ name: OPTIONAL_NAME, identityProvider: IDENTITY_PROVIDER });

export const NEW_CLIENT_SECRET = fields({ name: OPTIONAL_NAME, expireTime: EXPIRE_TIME });

export const NEW_TRUST = fields({
  name: OPTIONAL_NAME,
  issuer: [z.string(), 'the text of the claim iss'],
  subject: [z.string(), 'the text of the claim sub'],
  audiences: [z.array(z.string()), 'a list of texts, the accepted values of the claim aud'],
  tenant: [z.optional(z.string()), 'the text of the claim tid'],
  jwksUrl: [z.string(), 'the URL of the public keys of the issuer'],
  expireTime: EXPIRE_TIME,
});

export const ASSERTION_TO_TEST = fields({ assertion: [z.string(), 'a signed JWT'] });

export const NEW_SCIM_KEY = fields({
  name: [z.string(), 'a text'],
  connectionId: [z.optional(z.string()), 'the id of a connection, as the list of connections shows it'],
  expireTime: EXPIRE_TIME,
});
