/** The context keys that the local cloud provides. `many` marks keys that can have several values. */
const KEYS = {
  'aws:PrincipalArn': 'one',
  'aws:RequestedRegion': 'one',
  'aws:SecureTransport': 'one',
  'aws:SourceAccount': 'one',
  'aws:SourceArn': 'one',
  'aws:TagKeys': 'many',
  'dynamodb:Attributes': 'many',
  'dynamodb:EnclosingOperation': 'one',
  'dynamodb:LeadingKeys': 'many',
  'dynamodb:ReturnValues': 'one',
  'dynamodb:Select': 'one',
  'kms:CallerAccount': 'one',
  'kms:KeySpec': 'one',
  'kms:KeyUsage': 'one',
  'kms:MessageType': 'one',
  'kms:SigningAlgorithm': 'one',
  'kms:ViaService': 'one',
  'ses:FromAddress': 'one',
  'ses:FromDisplayName': 'one',
  'ses:Recipients': 'many',
} as const;

/** A key that names a tag: of the resource, or of the request that creates or tags it. */
type TagKey = `aws:${'RequestTag' | 'ResourceTag'}/${string}`;

/** A key that names a part of the encryption context of a request to KMS. */
type EncryptionKey = `kms:EncryptionContext:${string}`;

export type ContextKey = keyof typeof KEYS | TagKey | EncryptionKey;

/** The values of the context keys of a request. A function computes its values when a policy needs them. */
export type Context = Partial<Record<ContextKey, string | readonly string[] | (() => readonly string[])>>;

const BY_LOWER_CASE = new Map(Object.keys(KEYS).map((key) => [key.toLowerCase(), key as ContextKey]));

const TAG_KEYS = { 'aws:requesttag': 'aws:RequestTag', 'aws:resourcetag': 'aws:ResourceTag' } as const;

const ENCRYPTION_CONTEXT = 'kms:EncryptionContext:';

/**
 * Returns a key in its own spelling, because policies may write it in any case, except for the name of a tag
 * or of a part of an encryption context.
 */
export function contextKey(text: string): ContextKey | undefined {
  const [prefix = '', ...tag] = text.split('/');
  const kind = TAG_KEYS[prefix.toLowerCase() as keyof typeof TAG_KEYS];
  if (kind && tag.length > 0) return `${kind}/${tag.join('/')}`;
  if (text.toLowerCase().startsWith(ENCRYPTION_CONTEXT.toLowerCase()))
    return `kms:EncryptionContext:${text.slice(ENCRYPTION_CONTEXT.length)}`;
  return BY_LOWER_CASE.get(text.toLowerCase());
}

export const hasManyValues = (key: ContextKey): boolean =>
  Object.hasOwn(KEYS, key) && KEYS[key as keyof typeof KEYS] === 'many';

/** Returns the keys of the tags that a request sets, or that its resource has. */
export const tagContext = (
  kind: 'RequestTag' | 'ResourceTag',
  tags: Readonly<Record<string, string>>,
): Context => ({
  ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:${kind}/${name}`, value])),
  ...(kind === 'RequestTag' && { 'aws:TagKeys': Object.keys(tags) }),
});

/** Returns the values of a key; undefined if the request does not have the key. */
export function valuesOf(context: Context, key: ContextKey): readonly string[] | undefined {
  const value = context[key];
  if (typeof value === 'function') return value();
  return typeof value === 'string' ? [value] : value;
}
