/**
 * The secrets from which the service derives values, and the one that the portal sends. Operators can rotate
 * them.
 */
export const SECRET_NAMES = [
  'pepper',
  'access-token',
  'cursor',
  'license',
  'webhook',
  'portal-origin',
] as const;

export type SecretName = (typeof SECRET_NAMES)[number];
